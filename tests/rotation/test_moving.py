"""Moving a session: what is said of a move before it is made is what the move does."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound, Refused, Stale
from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.notices.models import Notice
from bureau.organisations.models import Worker, whole_worker
from bureau.rotation import actions
from bureau.rotation.actions.hooks import Booking, before_booking
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.booking import Presence
from bureau.rotation.domain.moving import Move, breaks, ensure_can_move
from bureau.rotation.domain.offers import DeclaredOffer, NamedService, SpokenLanguage, WorkerChoice
from bureau.rotation.domain.refusals import SlotTaken, UndoOver
from bureau.rotation.domain.rounds import PHASES, Block, RoundInfo
from bureau.rotation.models import PlannedSession, Slot
from tests.factories.accounts import person
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    DECEMBER,
    NOW,
    a_demand,
    a_partner,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
)
from tests.holding import rows_held

FIRST = date(2026, 12, 7)
HOURS = ((time(10), time(12)), (time(13), time(15)))
TALK = NamedService(
    code="talk", name=LocalisedText(), category="social", icon="social", needs_private_room=True, mode="individual"
)

INFO, LAW = replace(TALK, code="info", needs_private_room=False), replace(TALK, code="law", needs_private_room=False)
ENGLISH = SpokenLanguage(tag="en", own_name="English", direction="ltr")
GIVER = WorkerChoice(
    id=1, organisation_id=1, label="L1", role=LocalisedText(), services=(TALK, INFO), languages=(ENGLISH,)
)


def block(day: int, hour: int) -> Block:
    """A block of that week."""
    when, (starts, ends) = FIRST + timedelta(days=day), HOURS[hour]
    starts_at, ends_at = (instant(when, wall, "Europe/Sofia") for wall in (starts, ends))
    return Block(day=when, starts=starts, ends=ends, starts_at=starts_at, ends_at=ends_at)


def present_in(one: Block) -> Presence:
    """Being there in that block."""
    return Presence(day=one.day, starts_at=one.starts_at, ends_at=one.ends_at)


blocks = st.builds(block, st.integers(0, 4), st.integers(0, 1))
moves = st.builds(
    Move,
    state=st.sampled_from(["booked", "booked", "proposed", "released", "held"]),
    starts_at=blocks.map(lambda one: one.starts_at),
    worker=st.just("L1"),
    giver=st.sampled_from([GIVER, GIVER, None]),
    services=st.sampled_from([(INFO,), (TALK,), (LAW,)]),
    languages=st.just(("en",)),
    stays=st.booleans(),
    phase=st.sampled_from(PHASES),
    block=blocks,
    seat=st.sampled_from(["desk", "private"]).map(
        lambda kind: Seat(
            room_id=1, room="a", number=1, seats_in_room=1, name=LocalisedText(), kind=kind, features=()
        )
    ),
    closed=st.booleans(),
    taken=st.booleans(),
    busy=st.lists(blocks.map(present_in), max_size=2).map(tuple),
    present=st.lists(blocks.map(present_in), max_size=4).map(tuple),
    limits=st.builds(
        DeclaredOffer, promised=st.just(0), max_per_day=st.integers(1, 2), max_per_week=st.integers(1, 4),
        max_per_month=st.integers(1, 4), max_at_once=st.integers(1, 2),
    ),
)  # fmt: skip


def allowed(move: Move, now: datetime) -> bool:
    """The rules once more, in words of their own, so that a mistake in one does not agree with itself."""
    here, week = move.block, move.block.day.isocalendar()[:2]
    same_time = [one for one in move.present if one.starts_at == here.starts_at]
    return (
        move.state in ("proposed", "booked")
        and min(move.starts_at, here.starts_at) > now
        and move.phase in ("proposing", "reviewing", "published")
        and not (move.closed or move.taken or move.stays)
        and here.starts_at not in [one.starts_at for one in move.busy]
        and move.giver is not None
        and move.services != (LAW,)
        and (move.services != (TALK,) or move.seat.kind == "private")
        and len(same_time) < move.limits.max_at_once
        and len([one for one in move.present if one.day == here.day]) < move.limits.max_per_day
        and len([one for one in move.present if one.day.isocalendar()[:2] == week]) < move.limits.max_per_week
        and len(move.present) < move.limits.max_per_month
    )


@given(move=moves, day=st.integers(-1, 5))
@settings(max_examples=25, deadline=None)
def test_a_move_breaks_nothing_exactly_when_every_rule_allows_it(move: Move, day: int) -> None:
    now = instant(FIRST + timedelta(days=day), time(11), "Europe/Sofia")

    broken = breaks(move, now=now)

    assert (not broken) == allowed(move, now)
    assert bool(broken) == _is_refused(move, now)


def _is_refused(move: Move, now: datetime) -> bool:
    try:
        ensure_can_move(move, now=now)
    except Refused:
        return True
    return False


def test_each_rule_that_a_move_breaks_is_named_at_once() -> None:
    free = block(1, 0)
    move = Move(
        state="booked", starts_at=block(0, 0).starts_at, worker="L1", giver=GIVER, services=(TALK,), languages=("en",), stays=False, phase="proposing",
        block=free, seat=Seat(room_id=1, room="a", number=1, seats_in_room=1, name=LocalisedText(), kind="desk",
        features=()), closed=False, taken=True, busy=(present_in(free),), present=(present_in(free),),
        limits=DeclaredOffer(promised=1),
    )  # fmt: skip

    found = [one.code for one in breaks(move, now=NOW)]
    elsewhere = replace(move, services=(INFO,), taken=False, busy=(), present=())

    assert found == ["slot_taken", "worker_busy", "needs_private_room", "limit_reached"]
    assert breaks(elsewhere, now=NOW) == ()


@pytest.fixture
def month(session: Session) -> RoundInfo:
    """December, proposed on, in a bureau with a desk and a quiet room."""
    return an_open_round(a_small_bureau(), phase="proposing")


def look(session_id: int, slot: Slot, scope: Scope = EVERY_ORGANISATION, now: datetime = NOW) -> list[str]:
    """What the move is said to break."""
    seen = actions.look_at_move("golden-river", session_id, to=slot.id, scope=scope, now=now)
    return [one.code for one in seen.breaks]


def move(row: PlannedSession, slot: Slot, scope: Scope = EVERY_ORGANISATION, now: datetime = NOW) -> str:
    """Make the move: how it was refused, or nothing."""
    try:
        actions.move_session(
            "golden-river", row.id, to=slot.id, version=row.version, scope=scope, actor="test", now=now
        )
    except Refused as refusal:
        return refusal.code
    return ""


def test_what_is_said_of_a_move_is_what_the_move_does(month: RoundInfo) -> None:
    a_service("legal", needs_private_room=True)
    owner = a_partner(usual={"max_per_day": 1, "max_per_week": 2, "max_per_month": 20, "max_at_once": 1})
    lawyer, clerk = a_worker(owner, "L1", services=("legal",)), a_worker(owner, "C1")
    neighbour = a_worker(a_partner("good-well"), "N1")
    desks, quiet = slots_of(month, "desk-a"), slots_of(month, "quiet")
    moved = a_session(month, lawyer, quiet[0])
    a_session(month, clerk, desks[3])
    a_session(month, neighbour, quiet[4])
    quiet[5].closed = True
    db.session.commit()

    said, done = {}, {}
    for slot in (quiet[0], quiet[1], desks[1], quiet[3], quiet[4], quiet[5], quiet[9]):
        said[slot.id] = look(moved.id, slot)
        done[slot.id] = move(db.session.get_one(PlannedSession, moved.id), slot)

    assert {slot: codes[:1] for slot, codes in said.items()} == {
        slot: [code] if code else [] for slot, code in done.items()
    }
    assert list(done.values()) == [
        "invalid",
        "",
        "needs_private_room",
        "limit_reached",
        "slot_taken",
        "slot_closed",
        "",
    ]


def test_a_moved_session_stays_the_same_one_at_its_new_time(month: RoundInfo) -> None:
    owner = a_partner()
    row = a_session(month, a_worker(owner, "L1"))
    uid, later = row.uid, slots_of(month)[8]

    refused = move(row, later, Scope(owner.id))

    db.session.expire_all()
    assert (refused, row.uid, row.slot_id, row.starts_at, row.ends_at) == (
        "", uid, later.id, later.starts_at, later.ends_at,
    )  # fmt: skip
    assert (row.state, row.origin, row.version) == ("booked", "coordinator", 2)


def test_what_was_moved_since_it_was_booked_is_not_undone_as_if_it_had_never_been(month: RoundInfo) -> None:
    row, minute = a_session(month, a_worker(a_partner()), slots_of(month)[0]), NOW + timedelta(minutes=1)
    actions.move_session(
        "golden-river", row.id, to=slots_of(month)[4].id, version=row.version, scope=EVERY_ORGANISATION, actor="test",
        now=minute,
    )  # fmt: skip

    with pytest.raises(UndoOver):
        actions.undo_booking(
            "golden-river", row.id, version=row.version, scope=EVERY_ORGANISATION, actor="test", now=minute
        )
    assert row.state == "booked"


def test_a_move_holds_the_slot_and_the_limits_before_the_session(month: RoundInfo) -> None:
    row = a_session(month, a_worker(a_partner(), "L1"))
    later = slots_of(month)[8]

    with rows_held("slot", "offer", "planned_session") as held:
        move_plainly(row, later)

    assert held == ["slot", "offer", "planned_session"]


def test_a_session_is_not_moved_for_a_worker_who_left_or_no_longer_gives_it(month: RoundInfo) -> None:
    worker = a_worker(a_partner(), "L1", languages=("en", "ar"))
    row, slots = a_session(month, worker), slots_of(month)
    statement = select(Worker).where(Worker.id == row.worker_id).options(*whole_worker())
    worker = db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).one()
    worker.languages = [one for one in worker.languages if one.tag != "ar"]
    db.session.commit()

    forgotten = look(row.id, slots[8]), move(row, slots[8])
    worker.active = False
    db.session.commit()
    left = look(row.id, slots[8]), move(row, slots[8])

    assert forgotten == (["not_qualified"], "not_qualified")
    assert left == (["unknown_worker"], "unknown_worker")


def test_the_organisation_is_told_of_a_move_that_the_manager_makes_and_not_of_its_own(month: RoundInfo) -> None:
    owner = a_partner()
    person(coordinates=[owner])
    row, slots = a_session(month, a_worker(owner, "L1")), slots_of(month)
    move(row, slots[8], Scope(owner.id))
    own = told_of_moves()

    move(row, slots[16])

    [told] = told_of_moves()
    assert own == []
    assert (told["was"]["day"], told["day"]) == (slots[8].day.isoformat(), slots[16].day.isoformat())


def told_of_moves() -> list[dict[str, Any]]:
    """What was told of moves, to anybody."""
    statement = select(Notice.values).where(Notice.kind == "session.moved")
    return list(db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())))


def test_a_neighbours_session_and_one_of_another_month_are_not_moved(month: RoundInfo) -> None:
    row = a_session(month, a_worker(a_partner(), "L1"))
    other = a_partner("good-well")
    january = slots_of(an_open_round(month="2027-01", phase="proposing"))[0]

    with pytest.raises(NotFound):
        move_plainly(row, slots_of(month)[8], Scope(other.id))
    with pytest.raises(NotFound):
        move_plainly(row, january)


def move_plainly(row: PlannedSession, slot: Slot, scope: Scope = EVERY_ORGANISATION, version: int = 1) -> None:
    """Make the move."""
    actions.move_session("golden-river", row.id, to=slot.id, version=version, scope=scope, actor="test", now=NOW)


def test_who_looked_at_an_older_version_is_told_so(month: RoundInfo) -> None:
    row = a_session(month, a_worker(a_partner(), "L1"))
    move_plainly(row, slots_of(month)[8])

    with pytest.raises(Stale):
        move_plainly(row, slots_of(month)[9], version=1)


def test_a_feature_above_that_keeps_a_slot_for_somebody_is_heard_before_and_during_the_move(month: RoundInfo) -> None:
    row, kept = a_session(month, a_worker(a_partner(), "L1")), slots_of(month)[8]

    def keep(booking: Booking) -> None:
        if booking.slot_id == kept.id:
            raise SlotTaken(near=())

    before_booking.append(keep)
    try:
        outcome = look(row.id, kept), move(row, kept)
    finally:
        before_booking.remove(keep)

    assert outcome == (["slot_taken"], "slot_taken")


def test_a_move_tells_which_wish_loses_cover_in_which_week_and_which_gains(month: RoundInfo) -> None:
    worker = a_worker(a_partner(), "L1", services=("info",), languages=("ar",))
    a_demand(a_small_bureau(), "week", minimum=1, target=2, service_id=a_service("info").id, language_tag="ar")
    row = a_session(month, worker)
    slots = slots_of(month)
    same_week = next(one for one in slots if one.day == row_day(row) and one.starts == time(13))
    next_week = next(one for one in slots if one.day == date(2026, 12, 8))

    near = actions.look_at_move("golden-river", row.id, to=same_week.id, scope=EVERY_ORGANISATION, now=NOW).difference
    far = actions.look_at_move("golden-river", row.id, to=next_week.id, scope=EVERY_ORGANISATION, now=NOW).difference

    assert (near.lost, near.gained, near.worsens) == ((), (), False)
    assert [(gap.where, gap.have, gap.target) for gap in far.lost] == [("2026-W49", 0, 2)]
    assert [(gap.where, gap.have, gap.target) for gap in far.gained] == [("2026-W50", 1, 2)]
    assert far.worsens


def row_day(row: PlannedSession) -> date:
    """The day on which a session is."""
    return db.session.get_one(Slot, row.slot_id).day


def test_a_move_tells_what_becomes_of_a_known_hour_and_of_a_preference(session: Session) -> None:
    bureau = a_small_bureau()
    worker = a_worker(a_partner(), "L1")
    november = an_open_round(bureau, "2026-11", phase="proposing")
    known = next(one for one in slots_of(november) if one.day.isoweekday() == 3 and one.starts_at > NOW)
    a_session(november, worker, known)
    month = an_open_round(bureau)
    an_offer(month, [worker], level="preferred")
    month = to_phase(month, "proposing")
    at_known = next(one for one in slots_of(month) if one.day.isoweekday() == 3 and one.starts == known.starts)
    row = a_session(month, worker, at_known)
    other = next(one for one in slots_of(month) if one.day.isoweekday() == 4)

    found = actions.look_at_move("golden-river", row.id, to=other.id, scope=EVERY_ORGANISATION, now=NOW).difference

    assert (str(month.month), found.habit, found.liked, found.worsens) == (DECEMBER, "left", (), True)
