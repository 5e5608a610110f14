"""When the bureau is open, and what may be said of places and partners."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.kernel.errors import Invalid
from bureau.kernel.month import Month
from bureau.organisations.domain.hours import (
    Block,
    EndsBeforeStart,
    HoursOverlap,
    UntilBeforeFrom,
    WeeklyBlock,
    blocks_of,
    ensure_week,
    lost_blocks,
)
from bureau.organisations.domain.place import (
    LastLanguage,
    ensure_coordinates,
    ensure_languages,
    ensure_timezone,
    has_valid_agreement,
)
from bureau.organisations.domain.usual import MinimumAbovePromise, Usual, UsualHours
from bureau.organisations.models import Agreement

SOFIA = "Europe/Sofia"
MONDAY = WeeklyBlock(weekday=1, starts=time(10), ends=time(12), valid_from=date(2025, 1, 1))


def test_a_month_has_a_block_for_each_open_weekday() -> None:
    found = blocks_of(Month(2026, 12), [MONDAY], set(), SOFIA)

    assert [block.day.day for block in found] == [7, 14, 21, 28]
    assert found[0] == Block(
        day=date(2026, 12, 7), starts=time(10), ends=time(12),
        starts_at=datetime(2026, 12, 7, 8, tzinfo=UTC), ends_at=datetime(2026, 12, 7, 10, tzinfo=UTC),
    )  # fmt: skip


def test_closed_days_have_no_blocks() -> None:
    found = blocks_of(Month(2026, 12), [MONDAY], {date(2026, 12, 14)}, SOFIA)

    assert [block.day.day for block in found] == [7, 21, 28]


def test_a_month_without_open_days_has_no_blocks() -> None:
    assert blocks_of(Month(2026, 12), [], set(), SOFIA) == []


def test_hours_count_only_while_they_are_valid() -> None:
    until = replace(MONDAY, valid_until=date(2026, 12, 14))

    found = blocks_of(Month(2026, 12), [until], set(), SOFIA)

    assert [block.day.day for block in found] == [7, 14]


@pytest.mark.parametrize(("starts", "ends"), [(time(3, 30), time(5)), (time(1), time(3, 30))])
def test_a_block_at_an_hour_that_does_not_exist_is_left_out_and_named(starts: time, ends: time) -> None:
    night = replace(MONDAY, weekday=7, starts=starts, ends=ends)

    kept = blocks_of(Month(2027, 3), [night], set(), SOFIA)
    lost = lost_blocks(Month(2027, 3), [night], set(), SOFIA)

    assert [block.day.day for block in kept] == [7, 14, 21]
    assert lost == [(date(2027, 3, 28), starts, ends)]


def test_a_block_across_a_change_of_clocks_has_its_real_length() -> None:
    night = replace(MONDAY, weekday=7, starts=time(2), ends=time(5))

    (short,) = [block for block in blocks_of(Month(2027, 3), [night], set(), SOFIA) if block.day.day == 28]

    assert (short.ends_at - short.starts_at).total_seconds() == 2 * 3600


def test_overlapping_hours_of_a_weekday_are_refused() -> None:
    with pytest.raises(HoursOverlap):
        ensure_week([MONDAY, replace(MONDAY, starts=time(11), ends=time(13))])


def test_hours_that_touch_or_follow_one_another_do_not_overlap() -> None:
    later = replace(MONDAY, valid_from=date(2027, 1, 1))

    ensure_week([MONDAY, replace(MONDAY, starts=time(12), ends=time(14)), replace(MONDAY, weekday=2)])
    ensure_week([replace(MONDAY, valid_until=date(2026, 12, 31)), later])


def test_hours_that_end_before_they_start_are_refused() -> None:
    with pytest.raises(EndsBeforeStart):
        ensure_week([replace(MONDAY, ends=time(9))])


def test_hours_valid_until_before_they_are_valid_are_refused() -> None:
    with pytest.raises(UntilBeforeFrom):
        ensure_week([replace(MONDAY, valid_until=date(2024, 1, 1))])


@given(st.lists(st.tuples(st.integers(0, 22), st.integers(1, 4)), max_size=5), st.integers(1, 12))
def test_hours_that_are_allowed_never_give_blocks_that_overlap(times: list[tuple[int, int]], month: int) -> None:
    week = [replace(MONDAY, starts=time(a), ends=time(min(a + b, 23))) for a, b in times]
    try:
        ensure_week(week)
    except (HoursOverlap, EndsBeforeStart):
        return

    found = blocks_of(Month(2027, month), week, set(), SOFIA)

    assert all(one.ends_at <= other.starts_at for one, other in pairwise(found))


def test_an_agreement_is_valid_from_its_first_to_its_last_day() -> None:
    term = Agreement(starts=date(2026, 1, 1), ends=date(2026, 12, 31))

    assert has_valid_agreement([term], date(2026, 12, 31))
    assert not has_valid_agreement([term], date(2027, 1, 1))
    assert not has_valid_agreement([], date(2026, 6, 1))


def test_a_bureau_keeps_one_language_at_least_and_only_known_ones() -> None:
    assert ensure_languages(["bg", "en", "bg"], ["bg", "en"]) == ["bg", "en"]
    with pytest.raises(LastLanguage):
        ensure_languages([], ["bg"])
    with pytest.raises(Invalid):
        ensure_languages(["xx"], ["bg"])


def test_coordinates_come_in_pairs_and_on_this_earth() -> None:
    ensure_coordinates(None, None)
    ensure_coordinates(42.7, 23.3)
    with pytest.raises(Invalid):
        ensure_coordinates(42.7, None)
    with pytest.raises(Invalid):
        ensure_coordinates(91.0, 0.0)


def test_an_unknown_timezone_is_refused() -> None:
    with pytest.raises(Invalid):
        ensure_timezone("Europe/Zlatna")


def test_what_is_usual_survives_being_kept() -> None:
    window = UsualHours(worker="L1", weekday=3, starts=time(10), ends=time(12), level="preferred", weeks=(1, 3))
    usual = Usual(promised=9, minimum=6, max_per_week=2, pattern=(window,))

    assert Usual.from_json(usual.as_json()) == usual


def test_the_most_wished_window_that_holds_a_block_counts() -> None:
    wide = UsualHours(worker="L1", weekday=3, starts=time(10), ends=time(17))
    wished = UsualHours(worker="L1", weekday=3, starts=time(10), ends=time(12), level="preferred", weeks=(1,))
    usual = Usual(pattern=(wide, wished))

    assert usual.level_at("L1", date(2026, 12, 2), time(10), time(12)) == "preferred"
    assert usual.level_at("L1", date(2026, 12, 9), time(10), time(12)) == "possible"
    assert usual.level_at("L1", date(2026, 12, 10), time(10), time(12)) is None


def test_a_minimum_above_the_promise_is_refused() -> None:
    with pytest.raises(MinimumAbovePromise):
        Usual.from_json({"promised": 2, "minimum": 3})


@pytest.mark.parametrize("bad", [{"promised": "many"}, {"max_per_day": 0}, {"promised": -1}])
def test_numbers_that_cannot_be_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        Usual.from_json(bad)
