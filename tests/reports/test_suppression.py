"""Hiding: small numbers are hidden, others with them, and each hidden cell has its proof."""

import pytest

from bureau.reports.disclosure.suppression import WIDTH, Suppressed
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.cells import HIDDEN, Coordinates
from bureau.reports.domain.plan import CONSULTATIONS, Plan, ShownTable, Table
from bureau.reports.domain.release import Release, Sheet
from bureau.reports.domain.tabulating import Record, record, tabulate
from tests.reports.audit.attacked import attack
from tests.reports.made import MONTHS, Made, dimensions
from tests.reports.protected import suppressed

CODES = dimensions(3)
BY_LANGUAGE = Plan(
    year=2026, method="suppression",
    tables=(Table(id="languages", measure=CONSULTATIONS, dimensions=("LANGUAGE",)),),
)  # fmt: skip
PARTNERS = Table(id="partners", measure=CONSULTATIONS, dimensions=("ORGANISATION",))


@pytest.fixture(scope="module")
def made() -> Made:
    """A small bureau and its first quarter."""
    return Made(2, months=3, partners=6)


@pytest.fixture(scope="module")
def quarter(made: Made) -> list[Suppressed]:
    """Its three releases."""
    found: list[Suppressed] = []
    for month in MONTHS[:3]:
        earlier = [one.release for one in found]
        plan = made.plan("suppression")
        found.append(suppressed(made.sheet(plan, month), earlier, made.records, plan))
    return found


def log(month: str, **numbers: int) -> list[Record]:
    """A month by language."""
    return [record(month, CONSULTATIONS, number, language=language) for language, number in numbers.items()]


def publish(records: list[Record], months: int) -> list[Release]:
    """The first months of that log."""
    releases: list[Release] = []
    for number, month in enumerate(MONTHS[:months], 1):
        tables = BY_LANGUAGE.tables_of(month, MONTHS[0])
        sheet = Sheet(id=month, order=number, tables=tables, dimensions=CODES, counts=tabulate(records, tables, CODES))
        releases.append(suppressed(sheet, releases, records, BY_LANGUAGE).release)
    return releases


def hidden(release: Release, period: str) -> set[str]:
    """The languages whose number is hidden in that period."""
    return {at.language for at, cell in release.cells.items() if cell == HIDDEN and at.time_period == period}


def test_a_small_number_is_hidden_and_the_cheapest_other_one_with_it() -> None:
    release = publish(log("2026-01", ar=40, uk=3, fa=12, fr=20), 1)[0]

    assert hidden(release, "2026-01") == {"uk", "fa"}
    assert release.cells[Coordinates("2026-01", CONSULTATIONS)].value == 75


def test_two_small_numbers_that_are_known_together_need_a_third() -> None:
    release = publish(log("2026-01", ar=40, uk=1, fa=1, fr=20), 1)[0]

    assert hidden(release, "2026-01") == {"uk", "fa", "fr"}


def test_what_never_happened_this_year_is_shown_as_zero_and_protects_nobody() -> None:
    release = publish(log("2026-01", ar=40, uk=3, fr=20), 1)[0]

    assert hidden(release, "2026-01") == {"uk", "fr"}
    assert release.cells[Coordinates("2026-01", CONSULTATIONS, language="en")].value == 0


def test_what_january_hides_is_not_told_by_the_quarter() -> None:
    records = [
        *log("2026-01", ar=40, uk=3, fa=12),
        *log("2026-02", ar=40, uk=30, fa=12),
        *log("2026-03", ar=40, uk=30, fa=12),
    ]

    march = publish(records, 3)[2]

    assert "uk" in hidden(march, "2026-03") | hidden(march, "2026-Q1")


def test_the_plain_number_of_the_year_pays_for_what_one_month_hides_and_december_is_shown() -> None:
    records = [
        entry
        for month in MONTHS
        for entry in log(month, ar=90, uk=3 if month == MONTHS[1] else 30, fa=12 if month == MONTHS[1] else 40)
    ]

    december = publish(records, 12)[-1]

    assert hidden(december, "2026-12") == hidden(december, "2026-Q4") == set()
    assert hidden(december, "2026") == {"uk", "fa"}


def test_a_partner_who_was_not_there_in_a_month_protects_nobody() -> None:
    records = [
        record("2026-01", CONSULTATIONS, 10, organisation="org-03"),
        *(record("2026-02", CONSULTATIONS, number, organisation=f"org-0{one}") for one, number in ((1, 30), (2, 3))),
    ]
    tables = (ShownTable(id="partners", measure=CONSULTATIONS, dimensions=("ORGANISATION",), period="2026-02"),)
    sheet = Sheet(id="2026-02", order=1, tables=tables, dimensions=CODES, counts=tabulate(records, tables, CODES))

    release = suppressed(sheet, [], records, BY_LANGUAGE).release

    assert {at.organisation for at, cell in release.cells.items() if cell.hidden} == {"org-01", "org-02"}


def test_a_partner_who_comes_in_march_hides_nothing_before() -> None:
    plan = Plan(year=2026, method="suppression", tables=(PARTNERS,))
    records = [
        record(month, CONSULTATIONS, number, organisation=f"org-0{one}")
        for month in MONTHS[:3]
        for one, number in ((1, 30), (2, 3 if month == MONTHS[0] else 20), (4, 20 if month == MONTHS[2] else 0))
        if number
    ]
    releases: list[Release] = []
    for order, month in enumerate(MONTHS[:3], 1):
        codes, tables = dimensions(4 if order == 3 else 3), plan.tables_of(month, MONTHS[0])
        counts = tabulate(records, tables, codes)
        sheet = Sheet(id=month, order=order, tables=tables, dimensions=codes, counts=counts)
        releases.append(suppressed(sheet, releases, records, plan).release)

    found = attack([bundle_of(one) for one in releases], planned=plan.allowed())

    assert found.findings == []
    assert releases[0].cells[Coordinates(MONTHS[0], CONSULTATIONS, organisation="org-02")].hidden


def test_no_small_number_is_shown(made: Made, quarter: list[Suppressed]) -> None:
    for one in quarter:
        sheet = made.sheet(made.plan("suppression"), one.release.id)
        people = {at for table in sheet.tables if table.counts_people for at in table.coordinates(sheet.dimensions)}

        assert all(one.release.cells[at].value == sheet.counts[at] or one.release.cells[at].hidden for at in people)
        assert not [at for at in people if 0 < (one.release.cells[at].value or 0) < 5]


def test_nothing_can_be_found_in_releases_with_hidden_cells(made: Made, quarter: list[Suppressed]) -> None:
    found = attack([bundle_of(one.release) for one in quarter], planned=made.plan("suppression").allowed())

    assert (found.findings, found.unproven) == ([], 0)


def test_every_hidden_cell_has_two_whole_tables_that_add_up_and_are_far_apart_in_it(
    made: Made, quarter: list[Suppressed]
) -> None:
    known = {at: cell for one in quarter for at, cell in one.release.cells.items()}
    of = {one.at: one for one in quarter[-1].witnesses}

    assert of.keys() == {at for at, cell in known.items() if cell.hidden}
    for witness in of.values():
        assert witness.high.get(witness.at, 0) - witness.low.get(witness.at, 0) >= WIDTH
        for change in (witness.low, witness.high):
            table = {at: count + change.get(at, 0) for at, count in quarter[-1].truth.items()}
            whole = {at: table.get(at, cell.value) for at, cell in known.items() if at.measure == witness.at.measure}
            assert all(value is not None and value >= 0 for at, value in whole.items())
            _adds_up({at: value or 0 for at, value in whole.items()}, made)


def _adds_up(whole: dict[Coordinates, int], made: Made) -> None:
    """Totals by hand: over languages, over services of the quarter, over months."""
    quarter = Coordinates("2026-Q1", next(iter(whole)).measure)
    months = [quarter.at(time_period=month) for month in MONTHS[:3]]
    assert whole[quarter] == sum(whole[month] for month in months)
    for at in (quarter, *months):
        if at.at(language="ar") in whole:
            languages = made.dimensions["LANGUAGE"].children["_T"]
            assert whole[at] == sum(whole[at.at(language=code)] for code in languages)


def test_hiding_is_the_same_every_time(made: Made, quarter: list[Suppressed]) -> None:
    again = suppressed(made.sheet(made.plan("suppression"), MONTHS[0]), [], made.records, made.plan("suppression"))

    assert bundle_of(again.release) == bundle_of(quarter[0].release)


def test_a_table_with_one_code_hides_its_total_too() -> None:
    tables = (ShownTable(id="sexes", measure=CONSULTATIONS, dimensions=("SEX",), period="2026-01"),)
    records = [record("2026-01", CONSULTATIONS, 3, sex="f")]

    release = suppressed(
        Sheet(id="2026-01", order=1, tables=tables, dimensions=CODES, counts=tabulate(records, tables, CODES)),
        [],
        records,
        BY_LANGUAGE,
    ).release

    assert [cell.hidden for cell in release.cells.values()] == [True, True, False, False, False]
