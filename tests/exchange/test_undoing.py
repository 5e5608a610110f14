"""Undoing a booking that others count on: what was agreed is given back with a reason, what was sought is sought again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bureau.exchange import actions, jobs
from bureau.exchange.models import CoverCall
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.notices.models import Notice
from bureau.organisations.models import Worker
from bureau.rotation import actions as rota
from bureau.rotation.domain.refusals import UndoOver
from bureau.rotation.models import PlannedSession
from tests.factories.accounts import person
from tests.factories.exchange import a_month, desk_slot, live, one_each, own
from tests.factories.organisations import an_organisation
from tests.factories.rotation import NOW

HERE = "golden-river"
SOON = NOW + timedelta(minutes=2)
pytestmark = pytest.mark.usefixtures("session")


def book(slot_id: int, worker: Worker) -> PlannedSession:
    """Book the slot by hand."""
    booked = rota.book_slot(
        HERE, slot_id, worker_id=worker.id, services=["info"], languages=["en"], scope=own(worker), actor="test",
        now=SOON,
    )  # fmt: skip
    return db.session.get_one(PlannedSession, booked.session_id)


def undo(row: PlannedSession) -> None:
    """Take the booking back a minute later."""
    rota.undo_booking(
        HERE, row.id, version=row.version, scope=EVERY_ORGANISATION, actor="test", now=SOON + timedelta(minutes=1)
    )


def test_a_new_booking_that_was_swapped_is_not_undone() -> None:
    round_, workers = a_month()
    [theirs] = one_each(round_, workers[1:2])
    ours = book(desk_slot(round_, 5).id, workers[0])
    seen = [(ours.id, ours.version), (theirs.id, theirs.version)]
    swap = actions.ask_swap(HERE, seen, scope=own(workers[0]), actor="test", now=SOON)
    actions.accept_swap(HERE, swap, organisation_id=theirs.organisation_id, actor="test", now=SOON)
    before = live()

    for row in (ours, theirs):
        with pytest.raises(UndoOver):
            undo(row)

    assert live() == before


def test_what_was_taken_over_from_others_is_not_undone() -> None:
    round_, workers = a_month()
    [theirs] = one_each(round_, workers[:1])
    cover = actions.Cover(worker_id=workers[1].id, services=("info",), languages=("en",))
    swap = actions.ask_cover(
        HERE, (theirs.id, theirs.version), None, scope=own(workers[0]), actor="test", now=SOON
    )  # fmt: skip
    actions.accept_swap(
        HERE, swap, organisation_id=workers[1].organisation_id, cover=cover, actor="test", now=SOON
    )  # fmt: skip
    before = live()
    [taken] = before

    with pytest.raises(UndoOver):
        undo(db.session.get_one(PlannedSession, taken))

    assert live() == before


def test_a_booking_that_nobody_else_counts_on_is_undone() -> None:
    round_, workers = a_month()
    ours = book(desk_slot(round_, 5).id, workers[0])

    undo(ours)

    assert live() == {}


def test_when_the_booking_that_ended_a_call_for_cover_is_undone_cover_is_sought_again() -> None:
    round_, workers = a_month()
    person(coordinates=[an_organisation("good-well")])
    [ours] = one_each(round_, workers[:1])
    rota.release_session(
        HERE, ours.id, reason="ill", cover_from=NOW, version=ours.version, scope=EVERY_ORGANISATION, actor="test",
        now=NOW,
    )  # fmt: skip
    jobs.call_for_cover(NOW)
    taken = book(ours.slot_id, workers[2])
    jobs.call_for_cover(SOON)
    ended = db.session.scalars(select(CoverCall.ended_at)).one()

    undo(taken)
    due = jobs.calls_due(SOON + timedelta(minutes=1))
    done = jobs.call_for_cover(SOON + timedelta(minutes=1))

    sought = db.session.scalars(select(Notice).where(Notice.kind == "exchange.cover_sought")).all()
    assert ended == SOON
    assert (bool(due), done) == (True, "1 called, 0 ended")
    assert len(sought) == 2
