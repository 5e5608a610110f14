"""Two people at the same instant, on both kinds of database: one of them is first, the other is told kindly."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from bureau.kernel.database import EVERY_ORGANISATION, db, transaction
from bureau.kernel.localised import LocalisedText
from bureau.rotation import actions
from bureau.rotation.actions.excepting import except_day
from bureau.rotation.actions.proposals import create_proposal
from bureau.rotation.domain.programme import from_json
from bureau.rotation.models import LIVE, PlannedSession, Programme, Proposal, SeriesException, Slot
from bureau.rotation.queries import get_round
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    DECEMBER,
    NOW,
    a_partner,
    a_proposal,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
    worker_row,
)
from tests.meeting import Deed, at_once

TUESDAY, WEDNESDAY = "2026-12-01T10:00", "2026-12-02T10:00"
ROUNDS = 2
"""So often each pair meets: which of them is first changes from time to time."""

pytestmark = pytest.mark.parametrize("meeting", range(ROUNDS))


@pytest.fixture
def december(installation: Flask) -> Flask:
    """December proposed on, with two partners of one worker each."""
    with installation.app_context():
        bureau = a_small_bureau()
        workers = [a_worker(a_partner(code, bureau), code).id for code in ("open-gate", "good-well")]
        db.session.commit()
        round_ = an_open_round(bureau)
        for number in workers:
            an_offer(round_, [worker_row(number)], max_per_day=2)
        to_phase(round_, "proposing")
    return installation


def numbers() -> tuple[int, int]:
    """The ids of the two workers."""
    rows = db.session.execute(select(PlannedSession.worker.property.mapper.class_.id).execution_options(
        **EVERY_ORGANISATION.options()))  # fmt: skip
    one, other = sorted(row[0] for row in rows)
    return one, other


def first_slot() -> Slot:
    """The first slot of the month."""
    return slots_of(get_round("golden-river", DECEMBER))[0]


def live() -> list[tuple[int, int]]:
    """Worker and slot of every live session."""
    rows = db.session.scalars(select(PlannedSession).where(PlannedSession.state.in_(LIVE)).order_by(PlannedSession.id))
    return [(row.worker_id, row.slot_id) for row in rows]


def accept(number: int) -> Deed:
    """To accept that proposal."""
    return lambda: actions.accept_proposal("golden-river", number, actor="test", now=NOW)


def publish(minutes: int = 0) -> Deed:
    """To publish the month."""
    moment = NOW + timedelta(minutes=minutes)
    return lambda: actions.publish_programme("golden-river", DECEMBER, actor="test", now=moment).number


def programmes() -> list[int]:
    """The numbers that were given out."""
    return list(db.session.scalars(select(Programme.number).order_by(Programme.number)))


def test_of_two_plans_accepted_at_once_each_is_carried_out_whole(december: Flask, meeting: int) -> None:
    with december.app_context():
        one, other = map(worker_row, numbers())
        first = a_proposal([(one, TUESDAY, "desk-a-1"), (other, WEDNESDAY, "desk-a-1")])
        second = a_proposal([(other, TUESDAY, "desk-a-1"), (one, WEDNESDAY, "desk-a-1")])

    outcomes = at_once(december, accept(first), accept(second))

    with december.app_context():
        states = list(db.session.scalars(select(Proposal.state)))
        assert all(isinstance(outcome, actions.Accepted) for outcome in outcomes), outcomes
        assert states == ["accepted", "accepted"]
        assert len(live()) == 2
        assert sorted(done.withdrawn for done in outcomes if isinstance(done, actions.Accepted)) == [0, 2]


def test_one_plan_accepted_by_two_at_once_is_carried_out_once(december: Flask, meeting: int) -> None:
    with december.app_context():
        number = a_proposal([(worker_row(numbers()[0]), TUESDAY, "desk-a-1")])

    outcomes = at_once(december, accept(number), accept(number))

    with december.app_context():
        assert sorted(str(getattr(outcome, "new", outcome)) for outcome in outcomes) == ["1", "proposal_not_ready"]
        assert len(live()) == 1


def test_a_plan_accepted_and_put_aside_at_once_is_one_or_the_other(december: Flask, meeting: int) -> None:
    with december.app_context():
        number = a_proposal([(worker_row(numbers()[0]), TUESDAY, "desk-a-1")])

    accepted, discarded = at_once(
        december, accept(number), lambda: actions.discard_proposal("golden-river", number, actor="test", now=NOW)
    )

    with december.app_context():
        state = db.session.get_one(Proposal, number).state
        if state == "accepted":
            assert (isinstance(accepted, actions.Accepted), discarded, len(live())) == (True, "proposal_not_ready", 1)
        else:
            assert (state, accepted, discarded, live()) == ("discarded", "proposal_not_ready", None, [])


def test_a_slot_booked_while_a_plan_wants_it_is_given_once(december: Flask, meeting: int) -> None:
    with december.app_context():
        one, other = numbers()
        number = a_proposal([(worker_row(one), TUESDAY, "desk-a-1"), (worker_row(one), WEDNESDAY, "desk-a-1")])
        slot = first_slot().id

    accepted, booked = at_once(december, accept(number), booking(slot, other))

    with december.app_context():
        assert isinstance(accepted, actions.Accepted), accepted
        assert booked == "slot_taken" or isinstance(booked, int)
        assert [code.why.code for code in accepted.left_out] == ([] if booked == "slot_taken" else ["slot_taken"])
        assert len(live()) == len({slot for _, slot in live()}) == 2


def booking(slot: int, worker: int) -> Deed:
    """To book that slot for that worker."""
    return lambda: actions.book_slot(
        "golden-river", slot, worker_id=worker, services=["info"], languages=["en"],
        scope=EVERY_ORGANISATION, actor="test", now=NOW,
    ).session_id  # fmt: skip


def test_a_limit_holds_over_a_plan_and_a_booking_at_once(december: Flask, meeting: int) -> None:
    with december.app_context():
        one, _ = numbers()
        places = [TUESDAY, "2026-12-01T13:00"]  # two a day is the most
        number = a_proposal([(worker_row(one), place, "desk-a-1") for place in places])
        slot = slots_of(get_round("golden-river", DECEMBER), "desk-a")[2].id

    accepted, booked = at_once(december, accept(number), booking(slot, one))

    with december.app_context():
        assert isinstance(accepted, actions.Accepted), accepted
        assert booked == "limit_reached" or isinstance(booked, int)
        assert len(live()) == 2


def test_a_month_published_by_two_at_once_has_one_programme_more(december: Flask, meeting: int) -> None:
    with december.app_context():
        a_session(get_round("golden-river", DECEMBER), worker_row(numbers()[0]))

    outcomes = at_once(december, publish(), publish(minutes=1))

    with december.app_context():
        assert sorted(map(str, outcomes)) == ["1", "nothing_to_publish"]
        assert programmes() == [1]


def test_a_session_given_back_while_the_month_is_published_is_in_this_programme_or_out_of_the_next(
    december: Flask, meeting: int
) -> None:
    with december.app_context():
        one, other = numbers()
        round_ = get_round("golden-river", DECEMBER)
        a_session(round_, worker_row(one))
        row = a_session(round_, worker_row(other), slots_of(round_)[1])
        number, version, uid = row.id, row.version, row.uid

    published, released = at_once(
        december,
        publish(),
        lambda: actions.release_session(
            "golden-river", number, reason="ill", version=version, scope=EVERY_ORGANISATION, actor="test", now=NOW
        ),
    )
    with december.app_context():
        [document] = map(from_json, db.session.scalars(select(Programme.document)))
        announced = uid in {session.uid for session in document.sessions}
    [after] = at_once(december, publish(minutes=1))

    with december.app_context():
        assert (published, released) == (1, None)
        assert after == (2 if announced else "nothing_to_publish")
        assert programmes() == ([1, 2] if announced else [1])


def test_a_slot_closed_while_it_is_booked_is_closed_or_booked(december: Flask, meeting: int) -> None:
    with december.app_context():
        slot, worker = first_slot().id, numbers()[0]

    closed, booked = at_once(
        december,
        lambda: actions.close_slot("golden-river", slot, actor="test", now=NOW),
        booking(slot, worker),
    )

    with december.app_context():
        shut = db.session.get_one(Slot, slot).closed
        if shut:
            assert (closed, booked, live()) == (None, "slot_closed", [])
        else:
            assert (closed, live()) == ("slot_occupied", [(worker, slot)])


def test_a_day_cancelled_while_somebody_books_on_it_is_cancelled_with_the_booking_or_without_it(
    december: Flask, meeting: int
) -> None:
    with december.app_context():
        slot, (one, other) = first_slot(), numbers()
        a_session(
            get_round("golden-river", DECEMBER), worker_row(other), slots_of(get_round("golden-river", DECEMBER))[1]
        )
        day, number = slot.day, slot.id
    why = LocalisedText({"en": "No electricity"})

    cancelled, booked = at_once(
        december, lambda: actions.cancel_day("golden-river", day, why, actor="test", now=NOW), booking(number, one)
    )
    with december.app_context():
        first = live()
    [restored] = at_once(december, lambda: actions.restore_day("golden-river", day, actor="test", now=NOW))

    with december.app_context():
        assert first == []
        assert (cancelled, booked) == (1, "slot_closed") or (cancelled == 2 and isinstance(booked, int))
        assert restored == actions.Restored(back=cancelled, left=0)
        assert len(live()) == cancelled


def test_a_series_begun_while_one_of_its_days_is_booked_leaves_that_day_out(december: Flask, meeting: int) -> None:
    with december.app_context():
        one, other = numbers()
        desk = [slot for slot in slots_of(get_round("golden-river", DECEMBER), "desk-a") if slot.day.isoweekday() == 4]
        first, contested = desk[0].id, next(slot.id for slot in desk if slot.day > desk[0].day)

    series, booked = at_once(
        december,
        lambda: actions.begin_series(
            "golden-river", first, worker_id=one, services=["info"], languages=["en"], until=None,
            scope=EVERY_ORGANISATION, actor="test", now=NOW,
        ),
        booking(contested, other),
    )  # fmt: skip

    with december.app_context():
        assert isinstance(series, int), series
        assert booked == "slot_taken" or isinstance(booked, int)
        assert sorted(slot for _, slot in live()) == sorted({slot for _, slot in live()})
        assert {slot: worker for worker, slot in live()}[contested] == (one if booked == "slot_taken" else other)
        assert len(live()) == 5


def test_of_two_sessions_moved_to_one_slot_at_once_one_goes_there(december: Flask, meeting: int) -> None:
    with december.app_context():
        round_ = get_round("golden-river", DECEMBER)
        slots = [slot.id for slot in slots_of(round_, "desk-a")]
        for worker, slot in zip(numbers(), slots[:2], strict=True):
            a_session(round_, worker_row(worker), db.session.get_one(Slot, slot))
        [one, other] = [row.id for row in db.session.scalars(select(PlannedSession).order_by(PlannedSession.id))]

    outcomes = at_once(december, moving(one, slots[6]), moving(other, slots[6]))

    with december.app_context():
        assert sorted(map(str, outcomes)) == ["None", "slot_taken"]
        assert sorted(slot for _, slot in live()) == sorted([slots[6], slots[outcomes.index("slot_taken")]])


def test_a_session_moved_to_two_slots_at_once_is_in_one(december: Flask, meeting: int) -> None:
    with december.app_context():
        round_ = get_round("golden-river", DECEMBER)
        slots = [slot.id for slot in slots_of(round_, "desk-a")]
        number = a_session(round_, worker_row(numbers()[0])).id

    outcomes = at_once(december, moving(number, slots[6]), moving(number, slots[8]))

    with december.app_context():
        assert sorted(map(str, outcomes)) == ["None", "stale"]
        assert [slot for _, slot in live()] == [(slots[6], slots[8])[outcomes.index(None)]]


def moving(session: int, slot: int) -> Deed:
    """To move that session, as it was first made, to that slot."""
    return lambda: actions.move_session(
        "golden-river", session, to=slot, version=1, scope=EVERY_ORGANISATION, actor="test", now=NOW
    )


def test_a_day_left_out_of_a_series_by_two_at_once_is_left_out(december: Flask, meeting: int) -> None:
    with december.app_context():
        slot, worker = first_slot(), numbers()[0]
        day = slot.day + timedelta(days=7 * 20)  # in no month that is open
        number = actions.begin_series(
            "golden-river", slot.id, worker_id=worker, services=["info"], languages=["en"], until=None,
            scope=EVERY_ORGANISATION, actor="test", now=NOW,
        )  # fmt: skip

    outcomes = at_once(december, *(leaving_out(number, day, why) for why in ("away", "ill")))

    with december.app_context():
        [exception] = db.session.scalars(select(SeriesException))
        assert outcomes == [None, None]
        assert exception.reason in ("away", "ill")


def leaving_out(series: int, day: date, why: str) -> Deed:
    """To say that the series does not take place on that day."""

    def leave_out() -> None:
        with transaction():
            except_day(series, day, why)

    return leave_out


def test_two_proposals_are_not_begun_for_one_bureau_at_once(december: Flask, meeting: int) -> None:
    with december.app_context():
        bureau = a_small_bureau()
        january = an_open_round(bureau, "2027-01")
        an_offer(january, [worker_row(numbers()[0])])

    def propose(month: str) -> Deed:
        return lambda: create_proposal("golden-river", month, seconds=1, actor="test", now=NOW)

    outcomes = at_once(december, propose(DECEMBER), propose("2027-01"), propose(DECEMBER))

    with december.app_context():
        assert sorted(outcome for outcome in outcomes if isinstance(outcome, str)) == ["proposal_running"] * 2
        assert len(db.session.scalars(select(Proposal.id)).all()) == 1
