"""A log told in fives: one for all tables, agreeing with the public report, so that nobody can be counted out of them together."""

import random
from collections import Counter
from itertools import combinations
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.kernel.month import Month
from bureau.reports.domain.cells import AXIS, Coordinates
from bureau.reports.domain.crossing import Asked, TableImpossible, crossed, ensure_possible
from bureau.reports.domain.plan import CONSULTATIONS, HELD, UNMET
from bureau.reports.domain.release import Release, Sheet
from bureau.reports.domain.tabulating import Record, record, tabulate
from bureau.reports.domain.told_log import told_in_fives
from tests.beside import beside
from tests.reports.made import CATEGORIES, MONTHS, SECRET, Made
from tests.reports.own_tables import found_together, release_of
from tests.reports.protected import rounded

MONTH = MONTHS[0]
NEEDS = {service: need for need, services in CATEGORIES.items() for service in services}
SMALL = Made(2, months=1, partners=4)
kinds = st.builds(
    record, st.just(MONTH), st.just(CONSULTATIONS), st.integers(1, 9), organisation=st.sampled_from(("org-01", "org-02")),
    service=st.sampled_from(tuple(NEEDS)[:6]), language=st.sampled_from(("ar", "en")), status=st.sampled_from(("student", None)),
    sex=st.sampled_from(("f", "m")), age=st.just("0-17"), interpretation=st.just("none"), visit=st.just("first"),
    waiting=st.just("0-15"), outcome=st.just("solved"),
)  # fmt: skip


def sheet_of(made: Made) -> Sheet:
    return made.sheet(made.plan("rounding"), MONTH)


def in_fives(log: list[Record]) -> list[Record]:
    """Another log, of the same kinds."""
    return [Record(one.at, 5 * ((one.number + 1) // 5)) for one in log]


def people(release: Release, log: list[Record]) -> dict[Coordinates, int | None]:
    """What a log counts at each place where a release tells of people."""
    tables = [table for table in release.tables if table.counts_people]
    return dict(tabulate(log, tables, release.dimensions))


def shown(release: Release) -> dict[Coordinates, int | None]:
    """What the release tells there."""
    return {at: release.cells[at].value for at in people(release, [])}


@settings(max_examples=25, deadline=None)
@given(st.lists(kinds, min_size=1, max_size=30), st.lists(kinds, max_size=12))
def test_what_is_told_is_a_possible_log_that_would_be_published_and_told_exactly_so(
    log: list[Record], other: list[Record]
) -> None:
    release = release_of(sheet_of(SMALL), in_fives([*log, *other]))

    told = told_in_fives(log, release, SECRET)

    assert all(one.number % 5 == 0 for one in told)
    assert people(release, told) == shown(release)
    assert told_in_fives(told, release, b"another secret") == told


@pytest.mark.parametrize("seed", [1, 2])
def test_a_months_tables_agree_with_its_report_and_come_close_to_the_truth(seed: int) -> None:
    made = Made(seed, months=1)
    log = list(made.records)
    release = rounded(sheet_of(made), [], secret=SECRET)

    told = told_in_fives(log, release, SECRET)

    assert people(release, told) == shown(release)
    names = ("ORGANISATION", "NEED", "LANGUAGE", "STATUS", "SEX", "OUTCOME")
    away = [_away(log, told, *pair) for pair in combinations(names, 2)]
    assert mean(map(mean, away)) < 3
    assert max(map(max, away)) <= 15


def _away(log: list[Record], told: list[Record], *names: str) -> list[int]:
    true, found = _sums(log, *names), _sums(told, *names)
    return [abs(true[at] - found[at]) for at in true | found]


def _sums(log: list[Record], *names: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for one in log:
        if one.at.measure == CONSULTATIONS:
            codes = (NEEDS[one.at.service] if name == "NEED" else one.at[AXIS[name]] for name in names)
            found[tuple(codes)] += one.number
    return found


def test_nobody_is_found_in_reports_and_own_tables_together_and_would_be_were_they_drawn_apart() -> None:
    made = Made(3, months=1, partners=2)

    assert beside(found_together, made) == 0
    assert beside(found_together, made, told_of_another_draw=True) > 20


def test_it_is_told_the_same_each_time() -> None:
    made = Made(1, months=1)
    log, release = (
        list(made.records),
        release_of(sheet_of(made), in_fives(random.Random(1).choices(made.records, k=99))),
    )

    told = told_in_fives(log, release, SECRET)

    assert told_in_fives(log[::-1], release, SECRET) == told


def test_what_no_public_table_holds_is_told_as_near_to_the_truth_as_fives_are() -> None:
    sheet = sheet_of(SMALL)
    bare = release_of(Sheet(id=MONTH, order=1, tables=(), dimensions=sheet.dimensions, counts={}), [])
    log = [
        record(MONTH, UNMET, 12, service="info", language="ar"),
        record(MONTH, UNMET, 4, service="info", language="en"),
    ]

    told = told_in_fives(log, bare, SECRET)

    assert [(one.at.language, one.number) for one in told] == [("ar", 10), ("en", 5)]


def test_what_counts_nobody_stays_exact_and_what_was_taken_back_is_set_off() -> None:
    bands = {
        "interpretation": "none",
        "visit": "first",
        "waiting": "0-15",
        "outcome": "solved",
        "sex": "f",
        "age": None,
    }
    codes = {"organisation": "org-01", "service": "info", "language": "ar", "status": "student", **bands}
    log = [
        record(MONTH, HELD, 3, organisation="org-01"),
        record(MONTH, CONSULTATIONS, 6, **codes),
        record(MONTH, CONSULTATIONS, -1, **codes),
    ]
    release = release_of(sheet_of(SMALL), [record(MONTH, CONSULTATIONS, 5, **codes)])

    told = told_in_fives(log, release, SECRET)

    assert sorted((one.at.measure, one.number) for one in told) == [(CONSULTATIONS, 5), (HELD, 3)]


def asked(**values: object) -> Asked:
    month = Month.parse(MONTH)
    chosen = {"measure": CONSULTATIONS, "rows": "NEED", "columns": "LANGUAGE", "first": month, "last": month, **values}
    return Asked(**chosen)


def test_a_table_adds_up_by_rows_and_columns_and_leaves_empty_lines_out() -> None:
    log = [
        record(MONTH, CONSULTATIONS, 2, service="service-0", language="ar"),
        record(MONTH, CONSULTATIONS, 3, service="service-5", language="en"),
        record(MONTH, CONSULTATIONS, 1, service="service-6", language="ar"),
        record(MONTH, CONSULTATIONS, 0, service="service-9", language="fa"),
        record("2026-11", CONSULTATIONS, 9, service="service-0", language="ar"),
        record(MONTH, UNMET, 9, service="service-0", language="ar"),
    ]
    needs = {f"service-{number}": f"need-{number // 4}" for number in range(12)}

    table = crossed(log, asked(), needs, {"LANGUAGE": ["en", "ar"]})

    assert (table.rows, table.columns) == (("need-0", "need-1"), ("en", "ar"))
    assert table.number("need-1", None) == 4
    assert table.number(None, "ar") == 3
    assert table.number(None, None) == 6


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"columns": "NEED"}, "same"),
        ({"measure": HELD}, "split"),
        ({"measure": "people"}, "split"),
        ({"columns": "SECRET"}, "split"),
        ({"first": Month.parse("2023-10")}, "long"),
    ],
)
def test_tables_that_there_are_not(values: dict[str, object], reason: str) -> None:
    with pytest.raises(TableImpossible) as caught:
        ensure_possible(asked(**values))

    assert caught.value.params["reason"] == reason
