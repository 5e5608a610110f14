"""Taking slots and giving them back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.audit import AuditEntry
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound, Refused, Stale
from bureau.organisations.models import Organisation, Worker
from bureau.rotation import actions, queries
from bureau.rotation.domain.booking import cover_from, usual_cover_from
from bureau.rotation.domain.refusals import (
    CoverTooLate,
    LimitReached,
    NeedsPrivateRoom,
    NothingGiven,
    NotQualified,
    ReasonNeeded,
    SessionOver,
    SlotClosed,
    SlotPast,
    SlotTaken,
    UnknownWorker,
    WorkerBusy,
    WrongPhase,
)
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Slot
from bureau.web.wording import word
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    NOW,
    a_partner,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
)


@pytest.fixture
def owner(session: Session) -> Organisation:
    """A partner of the bureau."""
    return a_partner(bureau=a_small_bureau(), usual={"max_per_day": 9, "max_per_week": 9, "max_at_once": 9})


@pytest.fixture
def worker(owner: Organisation) -> Worker:
    """One who informs, in English and Arabic."""
    return a_worker(owner, services=("info",), languages=("en", "ar"))


@pytest.fixture
def round_(worker: Worker) -> RoundInfo:
    """December, open for booking."""
    return an_open_round(phase="proposing")


def book(slot: Slot, worker: Worker, *, by: Scope = EVERY_ORGANISATION, **given: object) -> int:
    """Book, unless told otherwise, for information in English."""
    values = {"services": ["info"], "languages": ["en"], "now": NOW, **given}
    return actions.book_slot("golden-river", slot.id, worker_id=worker.id, scope=by, actor="7", **values).session_id


def test_a_coordinator_books_and_it_is_stored_and_audited(round_: RoundInfo, worker: Worker) -> None:
    slot = slots_of(round_)[0]

    number = book(slot, worker, by=Scope(worker.organisation_id))

    row = db.session.get_one(PlannedSession, number)
    audited = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "session.booked"))
    assert (row.slot_id, row.state, row.origin, row.starts_at) == (slot.id, "booked", "coordinator", slot.starts_at)
    assert audited is not None
    assert (audited.actor, audited.thing) == ("7", f"session:{row.uid}")


def test_the_second_to_a_slot_is_told_what_is_free_near(round_: RoundInfo, owner: Organisation, worker: Worker) -> None:
    first, beside, later = slots_of(round_)[:3]
    book(first, worker)
    other = a_worker(owner, "W2")

    with pytest.raises(SlotTaken) as refusal:
        book(first, other)

    assert [one.slot_id for one in refusal.value.params["near"]][:2] == [beside.id, later.id]
    assert word(refusal.value) == (
        "This slot was just taken by another organisation. Free near this time: "
        "Tuesday 1 December, 10:00–12:00, quiet; Tuesday 1 December, 13:00–15:00, desk-a; "
        "Tuesday 1 December, 13:00–15:00, quiet"
    )


def test_a_worker_is_in_one_place_at_a_time(round_: RoundInfo, worker: Worker) -> None:
    first, beside = slots_of(round_)[:2]
    book(first, worker)

    with pytest.raises(WorkerBusy) as refusal:
        book(beside, worker)

    assert word(refusal.value) == "W1 is already in another session at this time."


def test_what_the_worker_does_not_give_is_refused(round_: RoundInfo, worker: Worker) -> None:
    slot = slots_of(round_)[0]

    with pytest.raises(NotQualified):
        book(slot, worker, services=["legal"])
    with pytest.raises(NotQualified):
        book(slot, worker, languages=["fr"])
    with pytest.raises(NothingGiven):
        book(slot, worker, services=[])


def test_a_private_talk_needs_the_quiet_room(session: Session, owner: Organisation) -> None:
    a_service("legal", needs_private_room=True)
    lawyer = a_worker(owner, "L1", services=("legal", "info"))
    round_ = an_open_round(phase="proposing")
    desk, quiet = slots_of(round_, "desk-a")[0], slots_of(round_, "quiet")[0]

    with pytest.raises(NeedsPrivateRoom) as refusal:
        book(desk, lawyer, services=["legal"])
    book(quiet, lawyer, services=["legal"])

    assert word(refusal.value) == "“legal” is given in a quiet room. Please choose a slot there."


def test_who_also_gives_something_open_may_sit_at_a_desk(session: Session, owner: Organisation) -> None:
    a_service("social", needs_private_room=True)
    worker = a_worker(owner, "S1", services=("social", "info"))
    round_ = an_open_round(phase="proposing")

    assert book(slots_of(round_, "desk-a")[0], worker, services=["social", "info"])


@pytest.mark.parametrize(
    ("limits", "places", "said"),
    [
        ({"max_at_once": 1}, [0, 1], "Your organisation takes at most 1 session at the same time."),
        ({"max_per_day": 1, "max_at_once": 2}, [0, 2], "Your organisation takes at most 1 session a day."),
        ({"max_per_day": 9, "max_per_week": 2}, [0, 2, 6], "Your organisation takes at most 2 sessions a week."),
        (
            {"max_per_day": 9, "max_per_week": 9, "max_per_month": 2},
            [0, 40, 80],
            "Your organisation takes at most 2 sessions a month.",
        ),
    ],
)
def test_the_organisations_own_limits_hold(
    session: Session, owner: Organisation, limits: dict[str, int], places: list[int], said: str
) -> None:
    workers = [a_worker(owner, f"W{number}") for number in range(3)]
    round_ = an_open_round()
    an_offer(round_, workers, **limits)
    to_phase(round_, "proposing")
    *before, last = [slots_of(round_)[place] for place in places]
    for slot, worker in zip(before, workers, strict=False):
        book(slot, worker)

    with pytest.raises(LimitReached) as refusal:
        book(last, workers[-1])

    assert word(refusal.value) == said


def test_nothing_is_booked_in_the_wrong_phase_a_closed_slot_or_the_past(worker: Worker) -> None:
    round_ = an_open_round(phase="proposing")
    closed, gone = slots_of(round_)[0], slots_of(round_)[2]
    actions.close_slot("golden-river", closed.id, actor="test", now=NOW)

    with pytest.raises(SlotClosed):
        book(closed, worker)
    with pytest.raises(SlotPast):
        book(gone, worker, now=gone.starts_at)
    to_phase(round_, "declaring")
    with pytest.raises(WrongPhase):
        book(gone, worker)


def test_nobody_books_with_another_organisations_worker_or_in_another_bureau(round_: RoundInfo, worker: Worker) -> None:
    stranger = Scope(a_partner("good-well").id)
    slot = slots_of(round_)[0]

    with pytest.raises(UnknownWorker):
        book(slot, worker, by=stranger)
    with pytest.raises(NotFound):
        actions.book_slot(
            "elsewhere", slot.id, worker_id=worker.id, services=["info"], languages=["en"],
            scope=EVERY_ORGANISATION, actor="7", now=NOW,
        )  # fmt: skip


def test_a_released_slot_is_free_and_can_be_taken_back(round_: RoundInfo, worker: Worker) -> None:
    own = Scope(worker.organisation_id)
    row = a_session(round_, worker)
    actions.release_session("golden-river", row.id, reason="ill", version=row.version, scope=own, actor="7", now=NOW)
    released = queries.session_detail("golden-river", row.id, scope=own)

    actions.take_back("golden-river", row.id, version=row.version, scope=own, actor="7", now=NOW)

    again = queries.session_detail("golden-river", row.id, scope=own)
    assert (released.session.state, released.reason) == ("released", "ill")
    assert (again.session.state, again.reason, again.session.uid) == ("booked", "", row.uid)


def test_what_somebody_else_took_meanwhile_is_not_taken_back(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    row = a_session(round_, worker)
    slot = db.session.get_one(Slot, row.slot_id)
    actions.release_session(
        "golden-river", row.id, reason="ill", version=1, scope=EVERY_ORGANISATION, actor="7", now=NOW
    )
    book(slot, a_worker(owner, "W2"))

    with pytest.raises(SlotTaken):
        actions.take_back("golden-river", row.id, version=row.version, scope=EVERY_ORGANISATION, actor="7", now=NOW)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": " "}, ReasonNeeded),
        ({"version": 9}, Stale),
        ({"scope": Scope(10_000)}, NotFound),
        ({"now": NOW + timedelta(days=60)}, SessionOver),
    ],
)
def test_a_release_that_cannot_be_is_refused(
    round_: RoundInfo, worker: Worker, changed: dict[str, object], error: type[Refused]
) -> None:
    row = a_session(round_, worker)
    values = {"reason": "ill", "version": 1, "scope": EVERY_ORGANISATION, "actor": "7", "now": NOW, **changed}

    with pytest.raises(error):
        actions.release_session("golden-river", row.id, **values)


def test_a_session_is_pinned_and_unpinned(round_: RoundInfo, worker: Worker) -> None:
    row = a_session(round_, worker)

    actions.pin_session("golden-river", row.id, pinned=True, version=row.version, actor="7", now=NOW)
    pinned = queries.session_detail("golden-river", row.id, scope=EVERY_ORGANISATION).session.pinned
    actions.pin_session("golden-river", row.id, pinned=False, version=row.version, actor="7", now=NOW)

    assert pinned
    assert not queries.session_detail("golden-river", row.id, scope=EVERY_ORGANISATION).session.pinned


def test_a_session_that_somebody_changed_meanwhile_is_not_pinned(round_: RoundInfo, worker: Worker) -> None:
    row = a_session(round_, worker)
    seen = row.version
    actions.release_session(
        "golden-river", row.id, reason="ill", version=seen, scope=EVERY_ORGANISATION, actor="7", now=NOW
    )

    with pytest.raises(Stale):
        actions.pin_session("golden-river", row.id, pinned=True, version=seen, actor="7", now=NOW)

    assert not db.session.get_one(PlannedSession, row.id).pinned


def test_a_release_that_was_undone_and_made_again_is_not_undone_by_an_old_page(
    round_: RoundInfo, worker: Worker
) -> None:
    row = a_session(round_, worker)
    everybody = {"scope": EVERY_ORGANISATION, "actor": "7", "now": NOW}
    actions.release_session("golden-river", row.id, reason="ill", version=row.version, **everybody)
    seen = row.version
    actions.take_back("golden-river", row.id, version=seen, **everybody)
    actions.release_session("golden-river", row.id, reason="ill after all", version=row.version, **everybody)

    with pytest.raises(Stale):
        actions.take_back("golden-river", row.id, version=seen, **everybody)

    assert db.session.get_one(PlannedSession, row.id).reason == "ill after all"


@pytest.mark.parametrize(
    ("hours_ahead", "asked_after"), [(2, 0), (48, 0), (60, 12), (120, 72), (500, 72)], ids=lambda hours: f"{hours}h"
)
def test_cover_is_sought_at_once_for_what_is_soon_and_later_after_days_of_looking_oneself(
    hours_ahead: int, asked_after: int
) -> None:
    starts_at = NOW + timedelta(hours=hours_ahead)

    assert usual_cover_from(starts_at, now=NOW) == NOW + timedelta(hours=asked_after)


def test_cover_is_sought_before_the_session_begins_or_the_moment_is_refused() -> None:
    starts_at = NOW + timedelta(days=4)

    with pytest.raises(CoverTooLate):
        cover_from(starts_at, starts_at, now=NOW)

    assert cover_from(starts_at, NOW - timedelta(days=1), now=NOW) == NOW
    assert cover_from(starts_at, starts_at - timedelta(hours=1), now=NOW) == starts_at - timedelta(hours=1)
