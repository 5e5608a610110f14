"""Months, and wall-clock times of a place as instants."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import Invalid
from bureau.kernel.localtime import instant, is_real
from bureau.kernel.month import Month

SOFIA = "Europe/Sofia"
MONTHS = st.builds(Month, st.integers(1000, 8000), st.integers(1, 12))


@given(MONTHS)
def test_a_month_is_read_back_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize("text", ["0000-01", "0001-01", "0999-12", "9000-01", "9999-12"])
def test_a_month_at_the_very_ends_of_the_calendar_is_none(text: str) -> None:
    with pytest.raises(Invalid):
        Month.parse(text)


@given(MONTHS, st.integers(-500, 500))
def test_moving_there_and_back_is_the_same_month(month: Month, months: int) -> None:
    assert month.shifted(months).shifted(-months) == month


@given(MONTHS)
def test_a_month_has_its_days_and_no_others(month: Month) -> None:
    days = list(month.days())

    assert (days[0], days[-1], len(days)) == (month.first, month.last, month.last.day)
    assert {Month.of(day) for day in days} == {month}


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "26-12", "2026-1", "2026-12-01", " 2026-12", "2026-12\n", "٢٠٢٦-١٢ "]
)
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Month.parse(text)

    assert refusal.value.field == "month"


def test_months_are_in_order_across_years() -> None:
    assert sorted([Month(2027, 1), Month(2026, 12), Month(2026, 2)]) == [
        Month(2026, 2),
        Month(2026, 12),
        Month(2027, 1),
    ]


def test_wall_time_is_an_hour_earlier_in_utc_in_summer() -> None:
    winter, summer = instant(date(2026, 12, 9), time(10), SOFIA), instant(date(2026, 7, 9), time(10), SOFIA)

    assert (winter, summer) == (datetime(2026, 12, 9, 8, tzinfo=UTC), datetime(2026, 7, 9, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "wall", "real"),
    [
        (date(2027, 3, 28), time(2, 59), True),
        (date(2027, 3, 28), time(3, 0), False),
        (date(2027, 3, 28), time(3, 59), False),
        (date(2027, 3, 28), time(4, 0), True),
        (date(2026, 10, 25), time(3, 30), True),
    ],
)
def test_the_hour_that_clocks_skip_is_not_real(day: date, wall: time, real: bool) -> None:
    assert is_real(day, wall, SOFIA) is real


def test_the_hour_that_comes_twice_means_the_first() -> None:
    assert instant(date(2026, 10, 25), time(3, 30), SOFIA) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_day_of_a_place_begins_at_its_own_midnight() -> None:
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)

    assert (local_date(late, SOFIA), local_date(late, "America/Lima")) == (date(2026, 11, 23), date(2026, 11, 22))


def test_the_clock_tells_aware_time_in_utc() -> None:
    assert utcnow().tzinfo is UTC
