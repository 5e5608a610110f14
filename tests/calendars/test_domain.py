"""Choosing what a page shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.calendars.domain import selection
from bureau.calendars.domain.opening import hours_on, merged, next_open_day
from bureau.calendars.domain.place import Places, places_of
from bureau.calendars.domain.weeks import weeks_of
from bureau.calendars.site.pieces import Pieces
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedBlock
from tests.factories.programmes import DECEMBER, a_block, a_programme, a_session, with_changes

WEDNESDAY = date(2026, 12, 9)
MONTHS = st.builds(Month, st.integers(2024, 2040), st.integers(1, 12))
TIMES = st.tuples(st.integers(0, 20), st.integers(1, 3)).map(lambda pair: (time(pair[0]), time(pair[0] + pair[1])))


def blocks_of(day: date = WEDNESDAY) -> list[PublishedBlock]:
    """The usual three blocks."""
    return [a_block(day, time(10), time(12)), a_block(day, time(13), time(15)), a_block(day, time(15), time(17))]


# The door


def test_hours_of_a_day_join_what_touches() -> None:
    assert hours_on(blocks_of(), WEDNESDAY) == ((time(10), time(12)), (time(13), time(17)))


def test_the_next_open_day_is_after_today_even_where_today_is_open() -> None:
    friday = WEDNESDAY + timedelta(days=2)

    assert next_open_day([*blocks_of(), *blocks_of(friday)], WEDNESDAY) == friday


@given(st.lists(TIMES))
def test_merged_hours_cover_exactly_the_same_minutes_and_never_touch(times: list[tuple[time, time]]) -> None:
    together = merged(times)

    covered = {hour for starts, ends in times for hour in range(starts.hour, ends.hour)}
    assert {hour for starts, ends in together for hour in range(starts.hour, ends.hour)} == covered
    assert all(one[1] < other[0] for one, other in pairwise(together))


# Sessions


def test_the_next_day_skips_days_on_which_everything_was_withdrawn() -> None:
    tomorrow, later = WEDNESDAY + timedelta(days=1), WEDNESDAY + timedelta(days=5)
    gone = replace(a_session(tomorrow), change="cancelled")

    assert selection.next_day((a_session(WEDNESDAY), gone, a_session(later)), WEDNESDAY) == (a_session(later),)


def test_moments_put_together_what_starts_and_ends_together() -> None:
    long = a_session(WEDNESDAY, ends=time(13), room="group")
    sessions = (a_session(WEDNESDAY, room="private"), long, a_session(WEDNESDAY))

    found = [(moment.starts, moment.ends, len(moment.sessions)) for moment in selection.moments(sessions)]

    assert found == [(time(10), time(12), 2), (time(10), time(13), 1)]


@pytest.mark.parametrize(("sessions", "expected"), [((), 1), ((9, 1), 1), ((2, 4, 1), 2), ((1, 1, 1), 3)])
def test_times_stand_open_while_their_sessions_are_few_and_the_first_always_does(
    sessions: tuple[int, ...], expected: int
) -> None:
    found = [
        selection.Moment(day=WEDNESDAY, starts=time(10), ends=time(12), sessions=(a_session(WEDNESDAY),) * number)
        for number in sessions
    ]

    assert selection.at_once(found) == expected


def test_a_need_is_met_by_any_of_its_services() -> None:
    (place,) = places_of([a_programme()])

    found = place.index.with_need("legal")

    given_ = {code for session in found for code in session.services}
    assert given_ == {"legal-asylum", "legal-residence", "temporary-protection"}


def test_every_session_is_selected_by_its_own_language_service_and_organisation() -> None:
    (place,) = places_of([a_programme()])

    for session in place.sessions:
        assert session in selection.spoken_in(place.sessions, session.languages[0])
        assert session in selection.with_service(place.sessions, session.services[0])
        assert session in selection.of_organisation(place.sessions, session.organisation)


# Several months and bureaux


def test_a_place_knows_the_names_that_were_published_last_and_keeps_what_is_no_longer_given() -> None:
    old = a_programme(Month(2026, 11))
    renamed = replace(old.services[0], name=old.services[1].name)
    new = a_programme(published_at=old.published_at + timedelta(days=9), services=(renamed,))

    (place,) = places_of([old, new])

    assert (place.services[renamed.code].name, len(place.services)) == (renamed.name, len(old.services))


def test_each_bureau_is_a_place_of_its_own() -> None:
    assert [place.bureau.code for place in places_of([a_programme(), a_programme(code="blue-hill")])] == [
        "blue-hill",
        "golden-river",
    ]


def test_the_months_with_a_page_are_those_published_this_one_and_the_one_to_come() -> None:
    (place,) = places_of([a_programme(Month(2026, 10)), a_programme(Month(2026, 11))])

    assert [str(month) for month in place.months(WEDNESDAY)] == ["2026-10", "2026-11", "2026-12", "2027-01"]


def test_a_session_published_in_two_months_counts_once_as_it_was_last() -> None:
    first = a_programme(Month(2026, 11))
    moved = replace(first.sessions[-1], sequence=3)
    second = a_programme(sessions=(moved,))

    (place,) = places_of([first, second])

    assert [one.sequence for one in place.sessions if one.uid == moved.uid] == [3]


# Weeks


@given(MONTHS)
def test_weeks_hold_every_working_day_once_monday_first(month: Month) -> None:
    weeks = weeks_of(a_programme(month, sessions=(), blocks=()), month.first)

    days = [day.date for week in weeks for day in week.days]
    assert days == [day for day in month.days() if day.isoweekday() <= 5]
    assert all(week.days[0].date.isoweekday() == 1 for week in weeks[1:])


@given(MONTHS, st.integers(1, 28))
def test_every_session_stands_in_exactly_one_stretch_of_its_day(month: Month, day: int) -> None:
    document = a_programme(month)

    weeks = weeks_of(document, month.first.replace(day=day))

    drawn = [
        (day.date, one.uid) for week in weeks for day in week.days for part in day.stretches for one in part.sessions
    ]
    assert sorted(drawn) == sorted((one.day, one.uid) for one in document.sessions)


def test_a_saturday_is_drawn_where_something_happens_on_it() -> None:
    saturday = date(2026, 12, 12)
    document = a_programme(sessions=(a_session(saturday),))

    week = weeks_of(document, WEDNESDAY)[1]

    assert ([day.date.day for day in week.days], week.columns) == ([7, 8, 9, 10, 11, 12], 6)


def test_every_day_of_a_week_has_the_same_times_so_that_rows_agree() -> None:
    document = with_changes(a_programme(), datetime(2026, 12, 5, tzinfo=UTC))

    for week in weeks_of(document, WEDNESDAY):
        assert {tuple((part.starts, part.ends) for part in day.stretches) for day in week.days} == {week.times}


def test_a_closed_day_is_known_with_its_reason() -> None:
    christmas = date(2026, 12, 25)
    document = a_programme(closed=[christmas])

    day = next(day for week in weeks_of(document, WEDNESDAY) for day in week.days if day.date == christmas)

    assert (day.open, day.empty, day.closure and day.closure.reason.in_("en")) == (False, True, "Christmas")


def test_past_and_today_are_told_apart() -> None:
    days = {day.date.day: (day.past, day.today) for week in weeks_of(a_programme(), WEDNESDAY) for day in week.days}

    assert (days[8], days[9], days[10]) == ((True, False), (False, True), (False, False))


def test_a_month_outside_today_is_all_past_or_all_to_come() -> None:
    assert all(week.past for week in weeks_of(a_programme(DECEMBER), date(2027, 1, 1)))
    assert not any(week.past for week in weeks_of(a_programme(DECEMBER), date(2026, 11, 30)))


def test_a_piece_is_made_once_and_the_one_that_nobody_asked_for_longest_makes_room() -> None:
    pieces, made = Pieces[str](most=2), []

    def get(key: str) -> str:
        return pieces.get("river", key, lambda: made.append(key) or key.upper())

    said = [get(key) for key in ("a", "b", "a", "c", "a", "b")]

    assert said == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]


@pytest.mark.parametrize(("packed", "made_again"), [(1000, []), (0, ["river a", "river b"])])
def test_what_another_bureau_needs_room_for_is_packed_and_there_again_as_long_as_that_has_room(
    packed: int, made_again: list[str]
) -> None:
    pieces, made = Pieces[str](most=2, packed=packed), []

    def get(whose: str, key: str) -> str:
        return pieces.get(whose, key, lambda: made.append(f"{whose} {key}") or key.upper())

    said = [get(whose, key) for whose in ("river", "hill", "river") for key in ("a", "b")]

    assert said == ["A", "B"] * 3
    assert made == ["river a", "river b", "hill a", "hill b", *made_again]


def test_a_place_is_looked_through_again_only_where_something_was_published() -> None:
    known, river, hill = Places(), a_programme(), a_programme(code="blue-hill")
    before = known.of([river, hill])

    after = known.of([river, replace(hill, number=2)])

    assert after[1] is before[1]
    assert after[0] is not before[0]
    assert [place.programmes[DECEMBER].number for place in after] == [2, 1]
