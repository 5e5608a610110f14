"""Rounding to fives: every cell near the truth, every column right, the same on every machine."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.reports.disclosure.rounding import draw
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.plan import CONSULTATIONS, ShownTable
from bureau.reports.domain.release import Release, Sheet
from bureau.reports.domain.tabulating import record, tabulate
from tests.reports.audit.attacked import attack
from tests.reports.made import MONTHS, SECRET, Made, dimensions
from tests.reports.protected import rounded

CODES = dimensions(4)
TREE = tuple(
    ShownTable(id=f"t-{number}", measure=CONSULTATIONS, dimensions=pair, period="2026-01")
    for number, pair in enumerate([("ORGANISATION", "SERVICE"), ("SERVICE", "LANGUAGE"), ("LANGUAGE", "STATUS")])
)


@pytest.fixture(scope="module")
def quarter() -> tuple[list[Sheet], list[Release]]:
    """Three months of a small bureau."""
    made = Made(3, months=3, partners=6)
    releases: list[Release] = []
    sheets = [made.sheet(made.plan("rounding"), month) for month in MONTHS[:3]]
    for sheet in sheets:
        releases.append(rounded(sheet, releases, secret=SECRET))
    return sheets, releases


def sheet_of(log: list[tuple[str, str, str, str, int]]) -> Sheet:
    """A month of crossed tables from (organisation, service, language, status, number)."""
    records = [
        record("2026-01", CONSULTATIONS, number, organisation=who, service=what, language=spoken, status=status)
        for who, what, spoken, status, number in log
    ]
    return Sheet(id="2026-01", order=1, tables=TREE, dimensions=CODES, counts=tabulate(records, TREE, CODES))


def values(release: Release) -> Mapping[Coordinates, int]:
    """The shown numbers."""
    return {at: cell.value for at, cell in release.cells.items() if cell.value is not None}


def codes(name: str) -> st.SearchStrategy[str]:
    """A leaf of a dimension."""
    return st.sampled_from([one.code for one in CODES[name].codes if one.code not in CODES[name].children])


LOGS = st.lists(
    st.tuples(codes("ORGANISATION"), codes("SERVICE"), codes("LANGUAGE"), codes("STATUS"), st.integers(1, 9)),
    max_size=30,
)


@settings(max_examples=20, deadline=None)
@given(log=LOGS)
def test_every_cell_is_a_multiple_of_five_near_the_truth_and_every_total_is_the_sum_of_its_parts(
    log: list[tuple[str, str, str, str, int]],
) -> None:
    sheet = sheet_of(log)

    release = rounded(sheet, [], secret=SECRET)

    shown = values(release)
    assert shown.keys() == sheet.counts.keys()
    assert all(value % 5 == 0 and abs(value - sheet.counts[at]) <= release.max_dev for at, value in shown.items())
    for at, value in shown.items():
        for name, field in (("SERVICE", "service"), ("LANGUAGE", "language"), ("ORGANISATION", "organisation")):
            parts = [at.at(**{field: code}) for code in CODES[name].children.get(getattr(at, field), ())]
            present = [shown[part] for part in parts if part in shown]
            assert not present or sum(present) == value


def test_months_show_every_planned_cell_within_four(quarter: tuple[list[Sheet], list[Release]]) -> None:
    for sheet, release in zip(*quarter, strict=True):
        month = [table for table in release.tables if table.counts_people and not table.derived]
        away = [
            abs((release.cells[at].value or 0) - sheet.counts[at])
            for table in month for at in release.coordinates(table) if sheet.counts[at]
        ]  # fmt: skip

        assert (release.max_dev, max(away) <= 4, sum(away) <= 2 * len(away)) == (4, True, True)


def test_a_quarter_is_the_sum_of_the_months_as_they_were_shown(quarter: tuple[list[Sheet], list[Release]]) -> None:
    months = [values(release) for release in quarter[1]]
    march = quarter[1][2]

    derived = {at for table in march.tables if table.derived for at in march.coordinates(table)}

    assert derived
    for at in derived:
        assert months[2][at] == sum(
            shown[at.at(time_period=month)] for month, shown in zip(MONTHS, months, strict=False)
        )


def test_nothing_can_be_found_in_rounded_releases(quarter: tuple[list[Sheet], list[Release]]) -> None:
    found = attack([bundle_of(release) for release in quarter[1]], planned=Made(3).plan("rounding").allowed())

    assert (found.findings, found.unproven) == ([], 0)


def test_sessions_are_shown_as_they_are(quarter: tuple[list[Sheet], list[Release]]) -> None:
    sheets, releases = quarter

    held = {at: cell.value for at, cell in releases[0].cells.items() if at.measure == "sessions-held"}

    assert held == {at: count for at, count in sheets[0].counts.items() if at.measure == "sessions-held"}


def test_the_same_log_and_secret_give_the_same_bytes_and_another_secret_other_ones() -> None:
    sheet = Made(5, months=1, partners=6).sheet(Made(5).plan("rounding"), MONTHS[0])

    first, again, other, salted = (
        bundle_of(rounded(sheet, [], secret=secret, salt=salt))
        for secret, salt in ((SECRET, 0), (SECRET, 0), (b"another", 0), (SECRET, 1))
    )

    assert first == again
    assert len({one["cells.csv"] for one in (first, other, salted)}) == 3


def test_a_rounded_month_is_what_it_was_when_this_was_written() -> None:
    """A release is made again from the log after a disaster: a new version of the optimiser must not change it."""
    shown = values(
        rounded(
            sheet_of(
                [
                    (f"org-0{n % 4 + 1}", service, language, "family", n % 7 + 1)
                    for n, (service, language) in enumerate(WRITTEN)
                ]
            ),
            [],
            secret=SECRET,
        )
    )

    inner = [
        value
        for at, value in sorted(shown.items())
        if at.service in {"info", "housing"} and at.language in {"ar", "uk", "fa"}
    ]

    assert inner == [5, 10, 0, 10, 0, 10]


WRITTEN = [("info", "ar"), ("info", "uk"), ("housing", "ar"), ("housing", "fa"), ("school", "ar"), ("forms", "fa")] * 3


def test_each_cell_draws_a_number_of_its_own() -> None:
    places = [Coordinates(month, CONSULTATIONS, sex=sex) for month in MONTHS for sex in ("f", "m", "x")]

    drawn = [draw(SECRET, at) / 2**32 for at in places]

    assert len(set(drawn)) == len(places)
    assert 0.35 < sum(drawn) / len(drawn) < 0.65


def test_a_partner_who_comes_in_march_is_shown_with_nothing_before() -> None:
    made = Made(4, months=2, partners=2)
    early, late = made.plan("rounding"), Made(4, months=3, partners=3)
    january = rounded(made.sheet(early, MONTHS[0]), [], secret=SECRET)
    february = rounded(made.sheet(early, MONTHS[1]), [january], secret=SECRET)

    march = rounded(late.sheet(early, MONTHS[2]), [january, february], secret=SECRET)

    before = Coordinates("2026-01", CONSULTATIONS, organisation="org-03")
    assert (before in january.cells, march.cells[before].value) == (False, 0)
    found = attack([bundle_of(release) for release in (january, february, march)], planned=early.allowed())
    assert {one.kind for one in found.findings} == set()
