"""When jobs and mails are tried again, and how periods are named."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bureau.scheduling.domain import MOST_ATTEMPTS, every_day_from, mail_pause_after, may_retry, pause_after

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_failed_job_waits_longer_each_time_but_an_hour_at_most() -> None:
    pauses = [pause_after(attempts) for attempts in (1, 2, 3, 7, 100)]

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 60, 60)]


def test_a_mail_waits_longer_each_time_but_six_hours_at_most() -> None:
    pauses = [mail_pause_after(attempts) for attempts in (1, 2, 3, 100)]

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 4, 16, 360)]


@pytest.mark.parametrize(
    ("attempts", "minutes", "expected"),
    [(1, 0, False), (1, 1, True), (2, 1, False), (2, 2, True), (MOST_ATTEMPTS, 10_000, False)],
)
def test_a_failed_run_is_due_again_after_its_pause_until_it_is_given_up(
    attempts: int, minutes: int, expected: bool
) -> None:
    due = may_retry(attempts=attempts, failed_at=NOON, now=NOON + timedelta(minutes=minutes))

    assert due is expected


def test_a_daily_job_begins_at_its_local_time_and_is_made_up_later_the_same_day() -> None:
    period_of = every_day_from(time(6), "Europe/Sofia")

    periods = [period_of(datetime(2026, 11, 22, hour, tzinfo=UTC)) for hour in (3, 4, 21)]

    assert periods == ["", "2026-11-22", "2026-11-22"]


def test_the_hour_that_comes_twice_in_october_names_one_period() -> None:
    period_of = every_day_from(time(2), "Europe/Sofia")
    begin = datetime(2026, 10, 24, 21, tzinfo=UTC)  # midnight in Sofia; clocks go back at 04:00 summer time

    periods = {period_of(begin + timedelta(minutes=minutes)) for minutes in range(0, 24 * 60, 10)}

    assert periods == {"", "2026-10-25"}


def test_the_hour_that_is_missing_in_march_loses_no_day() -> None:
    period_of = every_day_from(time(4), "Europe/Sofia")
    begin = datetime(2027, 3, 27, 22, tzinfo=UTC)  # midnight in Sofia; clocks go from 03:00 to 04:00

    periods = {period_of(begin + timedelta(minutes=minutes)) for minutes in range(0, 12 * 60, 10)}

    assert periods == {"", "2027-03-28"}


@pytest.mark.parametrize("wall", [time(3), time(3, 30), time(3, 59)])
def test_nothing_may_be_scheduled_in_the_hour_that_clocks_skip_and_repeat(wall: time) -> None:
    with pytest.raises(ValueError, match="outside 03:00-04:00"):
        every_day_from(wall, "Europe/Sofia")
