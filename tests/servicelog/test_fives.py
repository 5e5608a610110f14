"""What is told in fives: nobody can be counted out of it, whatever is added or subtracted."""

from collections import defaultdict
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.kernel.month import Month
from bureau.servicelog.domain.fives import BASE, in_fives, total_in_fives
from bureau.servicelog.domain.telling import (
    TOLD_OF_BUREAU,
    Line,
    Moment,
    Share,
    Tables,
    charts,
    tables_in_fives,
    tables_of,
)

SMALL = range(1, BASE)
NOVEMBER = Month(2026, 11)
COUNTED = st.tuples(
    st.sampled_from(["consultation", "unmet", "group"]), st.sampled_from("abc"), st.sampled_from(["info", "legal", "forms"]),
    st.sampled_from(["ar", "en"]), st.sampled_from([None, 9, 10]), st.sampled_from([None, "0-15"]), st.integers(1, 9),
)  # fmt: skip


def told_of(counted: list[tuple]) -> tuple[Tables, Tables]:
    """The true tables of a month, and what is told of them."""
    lines = [Line(month=NOVEMBER, kind=k, service=s, language=t, number=n) for k, _, s, t, _, _, n in counted]
    shares = [Share(month=NOVEMBER, kind=k, organisation=o, number=n) for k, o, *_, n in counted]
    moments = [
        Moment(month=NOVEMBER, hour=hour, waiting=waiting, number=n)
        for kind, _, _, _, hour, waiting, n in counted
        if kind == "consultation"
    ]
    true = tables_of(lines, moments, shares, NOVEMBER)
    return true, tables_in_fives(true)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(-4, 60), max_size=30))
def test_each_number_is_the_five_below_or_above_and_together_they_add_up(table: dict[str, int]) -> None:
    told = in_fives(table)

    assert all(number % BASE == 0 and abs(number - table[key]) < BASE for key, number in told.items())
    assert sum(told.values()) == total_in_fives(table)
    assert abs(total_in_fives(table) - sum(table.values())) <= BASE // 2


@settings(max_examples=25, deadline=None)
@given(st.lists(COUNTED, max_size=40))
def test_what_a_page_tells_is_itself_a_log_that_would_be_told_so_and_has_no_number_from_one_to_four(
    counted: list[tuple],
) -> None:
    true, told = told_of(counted)

    again = tables_in_fives(told)
    sums = {kind: {sum(told[key].values()) for key in told if key[0] == kind} for kind, _ in told}

    assert again == told
    assert all(len(both) == 1 for both in sums.values())  # tables of one way and one sum: there is such a log
    small = [(key, code) for key, table in true.items() for code, number in table.items() if number in SMALL]
    assert all(told[key][code] not in SMALL for key, code in small)


def test_whoever_knows_the_rule_and_tries_every_log_is_left_with_a_choice_for_each_small_number() -> None:
    logs = defaultdict(set)
    for first, second, third, other in product(range(6), range(6), range(6), range(16)):
        rest = first + second + third - other
        if rest < 0:
            continue
        one, two = {"a": first, "b": second, "c": third}, {"x": other, "y": rest}
        logs[(*in_fives(one).values(), *in_fives(two).values())].add((first, second, third, other, rest))

    pinned = [
        (told, column)
        for told, possible in logs.items()
        for column in range(5)
        if max(told[:3]) <= BASE  # so that every log that is told so was tried
        if len({log[column] for log in possible}) == 1 and next(iter(possible))[column] in SMALL
    ]

    assert len(logs) > 15
    assert pinned == []


def test_the_order_of_a_chart_tells_no_more_than_its_numbers() -> None:
    def chart(info: int, legal: int) -> object:
        counted = [
            ("consultation", "a", "info", "en", None, None, info),
            ("consultation", "a", "legal", "en", None, None, legal),
        ]
        _, told = told_of(counted)
        order = {"service": ["legal", "info"], "organisation": ["a"], "language": ["en"], "hour": [], "waiting": []}
        return charts(TOLD_OF_BUREAU, told, told, order)

    assert chart(11, 9) == chart(9, 11)
