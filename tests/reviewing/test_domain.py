"""When a plan counts as agreed, what moved since last month, what a meeting settles."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.kernel.errors import Invalid
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.reviewing.domain.agenda import Agenda, Item, Settled, agenda_of, gap_key
from bureau.reviewing.domain.comments import said
from bureau.reviewing.domain.consent import (
    ANYHOW,
    OrganisationReview,
    Terms,
    ensure_agreed,
    ensure_may_answer,
    standing_of,
)
from bureau.reviewing.domain.habits import Given, beside
from bureau.reviewing.domain.refusals import NotAgreed, NothingSaid, NotShownYet, ReviewOver
from bureau.rotation.domain.cockpit import Gap
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.refusals import DeadlinePassed
from bureau.rotation.domain.rounds import Deadlines, RoundInfo

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(days=2)
ROUND = RoundInfo(
    id=1, bureau_id=1, bureau="golden-river", bureau_name=LocalisedText(), timezone="Europe/Sofia",
    month=Month(2026, 12), phase="reviewing", advances_itself=True, version=1,
    deadlines=Deadlines(declaring_until=NOW, proposing_until=NOW, reviewing_until=UNTIL),
)  # fmt: skip


def partner(number: int, **values: object) -> OrganisationReview:
    """Where a partner stands; it was asked unless ``values`` say otherwise."""
    whose = OrganisationInfo(id=number, code=f"partner-{number}", name=LocalisedText({"en": f"Partner {number}"}))
    return replace(OrganisationReview(organisation=whose, asked=True), **values)


@pytest.mark.parametrize(
    ("asked", "percent", "needed"), [(10, 60, 6), (10, 61, 7), (3, 50, 2), (15, 100, 15), (7, 0, 0), (0, 80, 0)]
)
def test_a_quorum_is_a_share_of_those_asked_rounded_up(asked: int, percent: int, needed: int) -> None:
    standing = standing_of([partner(number) for number in range(asked)], percent)

    assert standing.needed == needed


def test_an_answer_to_an_older_plan_and_one_of_somebody_not_asked_do_not_count_for_the_quorum() -> None:
    present = partner(1, answer="accepted")
    older = partner(2, answer="accepted", outdated=True)
    stranger = partner(3, asked=False, answer="accepted")

    standing = standing_of([present, older, stranger], 60)

    assert (standing.asked, standing.answered, standing.quorate) == (2, 1, False)


@pytest.mark.parametrize(("outcome", "agreed"), [("open", False), ("answered", True), ("carried", True)])
def test_an_objection_stands_in_the_way_until_it_is_answered_or_carried(outcome: str, agreed: bool) -> None:
    standing = standing_of([partner(1, answer="objected", outcome=outcome)], 100)

    assert standing.agreed is agreed


def test_somebody_who_was_not_asked_may_still_object() -> None:
    standing = standing_of([partner(1, answer="accepted"), partner(2, asked=False, answer="objected")], 100)

    assert (standing.quorate, standing.agreed) == (True, False)


@settings(max_examples=25, deadline=None)
@given(
    asked=st.integers(min_value=1, max_value=20),
    answered=st.integers(min_value=0, max_value=20),
    percent=st.integers(0, 100),
)
def test_one_more_answer_never_undoes_a_quorum(asked: int, answered: int, percent: int) -> None:
    done = min(answered, asked - 1)
    before = [partner(number, answer="accepted" if number < done else None) for number in range(asked)]
    after = [partner(number, answer="accepted" if number <= done else None) for number in range(asked)]

    assert standing_of(after, percent).quorate >= standing_of(before, percent).quorate
    assert standing_of([partner(number, answer="accepted") for number in range(asked)], percent).agreed


def test_publishing_in_spite_of_something_holds_for_exactly_what_was_asked_about() -> None:
    one = standing_of([partner(1, answer="objected", version=1)], 0)
    two = standing_of([partner(1, answer="objected", version=1), partner(2, answer="objected", version=1)], 0)

    with pytest.raises(NotAgreed) as first:
        ensure_agreed(one, "")
    with pytest.raises(NotAgreed):
        ensure_agreed(two, str(first.value.params["over"]))
    assert ensure_agreed(one, str(first.value.params["over"]))
    assert ensure_agreed(two, ANYHOW)


def test_nothing_is_published_in_spite_of_anything_where_everybody_agrees() -> None:
    standing = standing_of([partner(1, answer="accepted")], 100)

    assert ensure_agreed(standing, ANYHOW) is False


def test_a_plan_in_the_making_is_answered_only_once_it_is_shown() -> None:
    making = replace(ROUND, phase="proposing")

    with pytest.raises(NotShownYet):
        ensure_may_answer(making, Terms(), by_manager=True, now=NOW)
    ensure_may_answer(making, Terms(shown_early=True), by_manager=False, now=NOW)


def test_after_the_deadline_only_the_manager_notes_an_answer_and_nobody_once_the_month_is_public() -> None:
    with pytest.raises(DeadlinePassed):
        ensure_may_answer(ROUND, Terms(), by_manager=False, now=UNTIL)
    ensure_may_answer(ROUND, Terms(), by_manager=True, now=UNTIL)
    with pytest.raises(ReviewOver):
        ensure_may_answer(replace(ROUND, phase="published"), Terms(), by_manager=True, now=NOW)


# Beside last month


def sessions(worker: int, *days: date, hour: int = 10) -> list[Given]:
    """The worker's sessions at one hour."""
    return [Given(who=worker, day=day, starts=time(hour), ends=time(hour + 2), slot_id=day.day) for day in days]


THURSDAYS_BEFORE, THURSDAYS = (date(2026, 11, 5), date(2026, 11, 12)), (date(2026, 12, 3), date(2026, 12, 10))
MONDAYS = (date(2026, 12, 7), date(2026, 12, 14))


def test_a_habit_that_stays_is_the_same_on_whatever_dates_it_falls() -> None:
    (change,) = beside(sessions(1, *THURSDAYS_BEFORE), sessions(1, *THURSDAYS))

    assert (change.kind, change.habit.weekday, len(change.habit.sessions)) == ("same", 4, 2)
    assert change.was is not None
    assert [one.day for one in change.was.sessions] == list(THURSDAYS_BEFORE)


def test_what_went_and_what_came_of_one_worker_is_a_move_and_of_two_workers_is_not() -> None:
    (moved,) = beside(sessions(1, *THURSDAYS_BEFORE), sessions(1, *MONDAYS, hour=13))
    two = beside(sessions(1, *THURSDAYS_BEFORE), sessions(2, *MONDAYS))

    assert (moved.kind, moved.habit.weekday, moved.was and moved.was.weekday) == ("moved", 1, 4)
    assert [(one.kind, one.habit.who) for one in two] == [("new", 2), ("gone", 1)]


@settings(max_examples=25, deadline=None)
@given(
    before=st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 28), st.sampled_from([10, 13])), unique=True, max_size=12
    ),
    present=st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 28), st.sampled_from([10, 13])), unique=True, max_size=12
    ),
)
def test_no_session_of_either_month_is_lost_or_told_twice(
    before: list[tuple[int, int, int]], present: list[tuple[int, int, int]]
) -> None:
    was = [one for worker, day, hour in before for one in sessions(worker, date(2026, 11, day), hour=hour)]
    now = [one for worker, day, hour in present for one in sessions(worker, date(2026, 12, day), hour=hour)]

    changes = beside(was, now)

    told_now = [one for change in changes if change.kind != "gone" for one in change.habit.sessions]
    gone = [one for change in changes if change.kind == "gone" for one in change.habit.sessions]
    told_before = gone + [one for change in changes if change.was for one in change.was.sessions]
    key = repr
    assert sorted(told_now, key=key) == sorted(now, key=key)
    assert sorted(told_before, key=key) == sorted(was, key=key)


# The meeting

GAP = Gap(per="week", where="2026-W50", service=None, language=None, have=1, minimum=1, target=3, qualified=())


def test_a_meeting_begins_with_gaps_then_objections_and_no_acceptances() -> None:
    agenda = agenda_of([GAP], {}, [partner(1, answer="accepted"), partner(2, answer="objected")], [])

    assert [(item.kind, item.settled) for item in agenda.items] == [("gap", False), ("objection", False)]


@pytest.mark.parametrize(("have", "outcome"), [(1, "carried"), (2, "carried"), (0, "open")])
def test_a_settled_gap_is_open_again_once_less_is_there_than_when_it_was_settled(have: int, outcome: str) -> None:
    settled = {gap_key(GAP): Settled(outcome="carried", have=1)}

    agenda = agenda_of([replace(GAP, have=have)], settled, [], [])

    assert agenda.items[0].outcome == outcome


def test_after_one_thing_the_meeting_goes_on_to_the_next_open_one_and_then_to_those_left_behind() -> None:
    agenda = Agenda(
        items=tuple(
            Item(kind="gap", key=str(place), outcome=outcome)
            for place, outcome in enumerate(("open", "answered", "carried", "open"), start=1)
        )
    )

    assert (agenda.settled, agenda.number_after(1), agenda.number_after(4)) == (2, 4, 1)
    assert Agenda(items=agenda.items[1:3]).number_after(1) == 1


def test_a_comment_is_plain_text_that_says_something_and_ends() -> None:
    assert said(" Who \u202einterprets?\r\n\r\n\r\n\x07<b>Ali</b> ") == "Who interprets?\n\n<b>Ali</b>"
    with pytest.raises(NothingSaid):
        said(" \u202e\n ")
    with pytest.raises(Invalid):
        said("a" * 1001)
