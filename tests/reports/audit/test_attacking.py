"""What a reader works out from published releases is found, exactly; what nobody can work out is not."""

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau.reports.audit.findings import Audit
from tests.reports.audit.attacked import attack
from tests.reports.audit.bundles import AREAS, KINDS, MONTHS, Files, Line, a_release

SOMETIMES = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
JANUARY = "2026-01"


def by_area(*shown: object, month: str = JANUARY, table: str = "area") -> list[Line]:
    """The table of areas: total, north, south."""
    return [(table, (month, code, "_T"), one) for code, one in zip(("_T", "north", "south"), shown, strict=True)]


def kinds(audit: Audit) -> set[str]:
    return {finding.kind for finding in audit.findings}


def test_two_hidden_cells_that_may_be_anything_up_to_their_sum_are_safe() -> None:
    audit = attack([a_release(by_area(9, None, None))])

    assert (audit.findings, audit.protected, audit.unproven) == ([], 2, 0)
    assert audit.clear


def test_one_hidden_cell_is_the_rest_of_its_total() -> None:
    audit = attack([a_release(by_area(9, 7, None))])

    assert [(one.kind, one.at, one.low, one.high) for one in audit.findings] == [
        ("exact", (JANUARY, "south", "_T"), 2, 2)
    ]


def test_hidden_cells_of_a_small_total_are_too_narrow() -> None:
    audit = attack([a_release(by_area(3, None, None))])

    assert kinds(audit) == {"narrow", "exact"}


def test_a_zero_that_is_public_elsewhere_makes_hidden_cells_surely_small() -> None:
    audit = attack([a_release(by_area(5, None, None), zeros="public")])

    assert kinds(audit) == {"certain-small"}


def test_a_second_table_that_adds_up_to_the_same_total_undoes_a_hidden_cell() -> None:
    crossed = [
        ("crossed", (JANUARY, area, kind), shown)
        for (area, kind), shown in {
            ("north", "legal"): None, ("north", "school"): 20, ("south", "legal"): 30, ("south", "school"): None,
        }.items()
    ]  # fmt: skip
    margins: list[Line] = [("kind", (JANUARY, "_T", "legal"), 33), ("kind", (JANUARY, "_T", "school"), 22)]

    audit = attack([a_release([*by_area(55, 23, 32), *margins, *crossed])])

    assert {(one.at[1:], one.low, one.high) for one in audit.findings} == {
        (("north", "legal"), 3, 3),
        (("south", "school"), 2, 2),
    }


def test_a_quarter_less_two_months_is_the_third() -> None:
    months = [
        a_release(by_area(40, None, None, month=f"2026-0{number}"), name=f"2026-0{number}") for number in (1, 2, 3)
    ]
    quarter = a_release(by_area(120, 20, 100, month="2026-Q1"), name="2026-Q1")

    assert attack(months).clear
    assert attack([*months, quarter]).clear
    told = a_release(
        [*by_area(40, 12, 28, month="2026-01", table="told"), *by_area(40, 5, 35, month="2026-02", table="told")]
    )
    found = attack([*months, quarter, told])

    assert (("2026-03", "north", "_T"), 3, 3) in {(one.at, one.low, one.high) for one in found.findings}


def test_a_number_that_is_published_again_otherwise_is_found() -> None:
    again = attack([a_release(by_area(20, 8, 12)), a_release(by_area(21, 8, 13))])

    assert "changed" in kinds(again)


def test_a_number_hidden_in_one_table_and_shown_in_another_is_found() -> None:
    audit = attack([a_release([*by_area(20, None, None), ("again", (JANUARY, "north", "_T"), 3)])])

    assert {"unsuppressed", "exact"} & kinds(audit)


def test_numbers_that_cannot_all_be_true_are_a_contradiction() -> None:
    assert "contradiction" in kinds(attack([a_release(by_area(20, 8, 13))]))


def test_cells_outside_the_plan_are_found() -> None:
    planned = [("area", "TIME_PERIOD", "AREA")]
    crossed: Line = ("area", (JANUARY, "north", "legal"), 8)

    assert attack([a_release(by_area(20, 8, 12))], planned=planned).clear
    assert "not-planned" in kinds(attack([a_release([*by_area(20, 8, 12), crossed])], planned=planned))
    assert "not-planned" in kinds(attack([a_release(by_area(20, 8, 12, table="other"))], planned=planned))


def test_a_small_number_that_is_simply_told_is_found() -> None:
    found = attack([a_release(by_area(20, 17, 3))]).findings

    assert [(one.kind, one.at[1], one.low, one.high) for one in found] == [("exact", "south", 3, 3)]


def test_hidden_cells_with_different_marks_tell_why_they_are_hidden() -> None:
    files = a_release(by_area(20, None, None))
    first, last = files["cells.csv"].decode().rstrip().rsplit("\r\n", 1)
    marked = {**files, "cells.csv": f"{first}\r\n{last.replace(',A,F,', ',Q,C,')}".encode()}

    assert "marked" in kinds(attack([marked]))


def test_a_code_that_came_later_hides_nothing_before() -> None:
    with_west = {"TIME_PERIOD": MONTHS, "AREA": {**AREAS, "west": "_T"}, "KIND": KINDS}
    january = a_release(by_area(20, None, 17))
    march = a_release(by_area(20, 20, 0, month="2026-03"), codes=with_west)

    found = attack([january, march]).findings

    assert [(one.kind, one.low, one.high) for one in found] == [("exact", 3, 3)]


def test_the_narrowest_span_of_what_may_be_small_is_told() -> None:
    assert attack([a_release(by_area(9, None, None))]).narrowest == 9
    assert attack([rounded(15, 15, 0)]).narrowest == 4
    assert attack([a_release(by_area(20, 8, 12))]).narrowest is None


def rounded(*shown: int, **release: Any) -> Files:
    return a_release(by_area(*shown), method="rounding", max_dev=4, require={"min_width": 4}, **release)


def test_rounded_numbers_that_add_up_are_safe() -> None:
    assert attack([rounded(15, 10, 5)]).clear


def test_a_series_that_was_hidden_in_one_year_may_be_rounded_in_the_next() -> None:
    hidden = a_release(by_area(9, None, None))
    lines = by_area(10, 10, 0, month="2026-02")

    assert attack([hidden, a_release(lines, method="rounding", max_dev=4, require={"min_width": 4})]).clear


@pytest.mark.parametrize(
    ("shown", "kind"), [((15, 10, 10), "not-additive"), ((15, 10, 0), "not-additive"), ((13, 8, 5), "not-rounded")]
)
def test_rounded_numbers_that_break_their_promise_are_found(shown: tuple[int, int, int], kind: str) -> None:
    assert kind in kinds(attack([rounded(*shown)]))


def test_rounding_to_the_nearest_five_tells_too_much() -> None:
    nearest = a_release(by_area(10, 10, 0), method="rounding", max_dev=2, require={"min_width": 2})

    assert {"weak", "narrow"} <= kinds(attack([nearest]))


def test_sums_over_time_must_be_sums_of_what_was_shown() -> None:
    months = [
        a_release(by_area(15, 10, 5, month=f"2026-0{number}"), method="rounding", max_dev=4) for number in (1, 2, 3)
    ]

    def quarter(*shown: int) -> Files:
        lines = by_area(*shown, month="2026-Q1", table="quarter")
        return a_release(lines, name="2026-Q1", method="rounding", max_dev=4, derived=["quarter"])

    assert attack([*months, quarter(45, 30, 15)]).clear
    assert "not-derived" in kinds(attack([*months, quarter(45, 31, 14)]))


CELLS = list(product(("north", "south"), ("legal", "school")))


@SOMETIMES
@given(
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
    st.sets(st.sampled_from(CELLS)),
    st.sets(st.sampled_from([("_T", "legal"), ("_T", "school"), ("north", "_T"), ("south", "_T")])),
)
def test_exactly_what_every_possible_truth_agrees_on_is_found(
    truth: list[int], hidden: set[tuple[str, str]], hidden_margins: set[tuple[str, str]]
) -> None:
    counts = _with_margins(dict(zip(CELLS, truth, strict=True)))
    lines: list[Line] = [
        ("crossed", (JANUARY, *at), None if at in hidden | hidden_margins else count) for at, count in counts.items()
    ]

    audit = attack([a_release(lines)])

    possible = [
        each
        for each in map(_with_margins, _truths(sum(truth)))
        if all(each[at] == counts[at] for at in counts if at not in hidden | hidden_margins)
    ]
    found = {one.at[1:]: (one.low, one.high) for one in audit.findings}
    for at in hidden:
        low, high = min(each[at] for each in possible), max(each[at] for each in possible)
        unsafe = (low == high and 1 <= low < 5) or (low >= 1 and high < 5) or (high - low < 5 and low < 5 and high >= 1)
        assert (at in found) is unsafe
        assert not unsafe or found[at] == (low, high)
    assert audit.unproven == 0


def _truths(total: int) -> Iterator[dict[tuple[str, str], int]]:
    """Every way to spread a total over the cells."""
    for ends in combinations(range(total + 3), 3):
        steps = zip((-1, *ends), (*ends, total + 3), strict=True)
        yield dict(zip(CELLS, (after - before - 1 for before, after in steps), strict=True))


def _with_margins(cells: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    counts = dict(cells)
    for area, kind in product(("_T", "north", "south"), ("_T", "legal", "school")):
        counts[area, kind] = sum(
            count for (here, what), count in cells.items() if area in ("_T", here) and kind in ("_T", what)
        )
    return counts
