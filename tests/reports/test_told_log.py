"""A log told in fives: one for all tables, so that nobody can be counted out of any of them, nor of all together."""

import random
from collections import Counter
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.kernel.month import Month
from bureau.reports.domain.cells import AXIS, COLUMNS
from bureau.reports.domain.crossing import Asked, TableImpossible, crossed, ensure_possible
from bureau.reports.domain.plan import CONSULTATIONS, HELD, UNMET
from bureau.reports.domain.tabulating import Record, record
from bureau.reports.domain.told_log import told_in_fives

MONTH, SECRET = "2026-10", b"k" * 32
SERVICES = tuple(f"service-{number}" for number in range(12))
NEEDS = {code: f"need-{place // 4}" for place, code in enumerate(SERVICES)}
kinds = st.builds(
    record, st.just(MONTH), st.sampled_from((CONSULTATIONS, UNMET)), st.integers(1, 9),
    organisation=st.sampled_from(("a", "b", "c")), service=st.sampled_from(SERVICES), language=st.sampled_from(("ar", "en")),
)  # fmt: skip


def a_log(seed: int, number: int = 300) -> list[Record]:
    """A month as a bureau has it: a few services and languages often, most seldom."""
    draw = random.Random(seed)

    def one(codes: list[str]) -> str:
        return draw.choices(codes, [1 / (1 + place) for place in range(len(codes))])[0]

    return [
        record(
            MONTH,
            CONSULTATIONS,
            organisation=one([f"o{place}" for place in range(18)]),
            service=one(list(SERVICES)),
            language=one(["ar", "en", "fa", "uk", "ru", "fr", "bg"]),
            status=one(["a", "b", "c"]),
            sex=one(["f", "m", "x"]),
            waiting=one(["0-15", "16-30", "31-60", "60+"]),
            outcome=one(["solved", "referred", "not-helped"]),
        )
        for _ in range(number)
    ]


def sums(records: list[Record], *names: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for one in records:
        found[tuple(one.at[AXIS[name]] for name in names)] += one.number
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(kinds, max_size=40))
def test_each_kind_is_told_as_the_five_below_or_above_and_the_whole_as_the_nearest(log: list[Record]) -> None:
    true, told = sums(log, *COLUMNS), sums(told_in_fives(log, NEEDS, SECRET), *COLUMNS)

    assert all(number % 5 == 0 and abs(number - true[at]) < 5 for at, number in told.items())
    assert all(true[at] < 5 for at in true if at not in told)
    for measure in (CONSULTATIONS, UNMET):
        whole = sums([Record(one.at, one.number) for one in log], "MEASURE")[(measure,)]
        assert sum(number for at, number in told.items() if at[1] == measure) == 5 * ((whole + 2) // 5)


@settings(max_examples=25, deadline=None)
@given(st.lists(kinds, max_size=40))
def test_what_is_told_is_a_possible_log_without_small_numbers_that_would_be_told_exactly_so(log: list[Record]) -> None:
    told = told_in_fives(log, NEEDS, SECRET)

    again = told_in_fives(told, NEEDS, b"another secret")

    assert again == told


def test_it_is_told_the_same_each_time_and_otherwise_with_another_secret() -> None:
    log = a_log(1)

    told = [told_in_fives(log, NEEDS, SECRET), told_in_fives(log[::-1], NEEDS, SECRET)]

    assert told[0] == told[1]
    assert told_in_fives(log, NEEDS, b"another") != told[0]


def test_sums_of_one_thing_and_of_two_come_close_to_the_true_ones() -> None:
    away: list[int] = []
    crossed_away: list[int] = []
    for seed in range(3):
        log = a_log(seed)
        told = told_in_fives(log, NEEDS, SECRET)
        for name in ("ORGANISATION", "SERVICE", "LANGUAGE", "STATUS", "SEX", "WAITING", "OUTCOME"):
            true, shown = sums(log, name), sums(told, name)
            away += [abs(shown[at] - number) for at, number in true.items()]
        true, shown = sums(log, "SERVICE", "LANGUAGE"), sums(told, "SERVICE", "LANGUAGE")
        crossed_away += [abs(shown[at] - number) for at, number in true.items()]

    assert mean(away) < 3
    assert max(away) < 15
    assert mean(crossed_away) < 4


def test_what_counts_nobody_stays_exact_and_what_was_taken_back_is_set_off() -> None:
    log = [
        record(MONTH, HELD, 3, organisation="a"),
        record(MONTH, CONSULTATIONS, 6, service="s"),
        record(MONTH, CONSULTATIONS, -1, service="s"),
    ]

    told = told_in_fives(log, {}, SECRET)

    assert sorted((one.at.measure, one.number) for one in told) == [(CONSULTATIONS, 5), (HELD, 3)]


def asked(**values: object) -> Asked:
    month = Month.parse(MONTH)
    chosen = {"measure": CONSULTATIONS, "rows": "NEED", "columns": "LANGUAGE", "first": month, "last": month, **values}
    return Asked(**chosen)  # type: ignore[arg-type]


def test_a_table_adds_up_by_rows_and_columns_and_leaves_empty_lines_out() -> None:
    log = [
        record(MONTH, CONSULTATIONS, 2, service="service-0", language="ar"),
        record(MONTH, CONSULTATIONS, 3, service="service-5", language="en"),
        record(MONTH, CONSULTATIONS, 1, service="service-6", language="ar"),
        record(MONTH, CONSULTATIONS, 0, service="service-9", language="fa"),
        record("2026-11", CONSULTATIONS, 9, service="service-0", language="ar"),
        record(MONTH, UNMET, 9, service="service-0", language="ar"),
    ]

    table = crossed(log, asked(), NEEDS, {"LANGUAGE": ["en", "ar"]})

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
        ({"first": Month.parse("2024-10")}, "long"),
    ],
)
def test_tables_that_there_are_not(values: dict[str, object], reason: str) -> None:
    with pytest.raises(TableImpossible) as caught:
        ensure_possible(asked(**values))

    assert caught.value.params["reason"] == reason
