"""What people see of a month."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.rotation import queries
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_bureau, a_room, a_worker, opening_hours
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


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SELECTs sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine = db.session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_board_shows_who_is_where_and_what_is_mine(session: Session) -> None:
    bureau = a_small_bureau()
    mine = a_worker(a_partner(bureau=bureau), "M1", services=("info", "forms"), languages=("en", "ar"))
    theirs = a_worker(a_partner("good-well", bureau), "T1")
    round_ = an_open_round(bureau, phase="proposing")
    first, beside, closed = slots_of(round_)[:3]
    closed.closed = True
    a_session(round_, mine, first)
    a_session(round_, theirs, beside)

    board = queries.board(round_, scope=Scope(mine.organisation_id), now=NOW)

    cells = [cell for day in board.days for block in day.blocks for cell in block.cells if cell is not None]
    one, two = cells[0].session, cells[1].session
    assert one is not None
    assert two is not None
    assert (one.mine, one.worker, two.mine, two.worker) == (True, "M1", False, None)
    assert [service.code for service in one.services] == ["info", "forms"]
    assert {language.tag for language in one.languages} == {"en", "ar"}
    assert [cell.free for cell in cells[:4]] == [False, False, False, True]
    assert [seat.code for seat in board.seats] == ["desk-a-1", "quiet-1"]
    assert board.blocks == ((time(10), time(12)), (time(13), time(15)), (time(15), time(17)))
    assert len(board.days) == 23


@pytest.mark.parametrize("seats", [1, 9])
def test_the_board_takes_the_same_few_queries_whatever_its_size(session: Session, seats: int) -> None:
    bureau = a_bureau()
    a_room(bureau, seats=seats)
    opening_hours(bureau)
    partner = a_partner(
        bureau=bureau, usual={"max_per_day": 99, "max_per_week": 99, "max_per_month": 99, "max_at_once": 9}
    )
    workers = [a_worker(partner, f"W{number}") for number in range(seats)]
    round_ = an_open_round(bureau, phase="proposing")
    for worker, slot in zip(workers, slots_of(round_), strict=False):
        a_session(round_, worker, slot)
    db.session.expire_all()

    with counted() as sent:
        board = queries.board(queries.get_round("golden-river", DECEMBER), scope=EVERY_ORGANISATION, now=NOW)

    assert sum(len(block.cells) for day in board.days for block in day.blocks) == 69 * seats
    assert len(sent) == 3


def test_a_coordinator_is_asked_to_declare_and_then_offered_open_slots(session: Session) -> None:
    bureau = a_small_bureau()
    a_service("legal", needs_private_room=True)
    owner = a_partner(bureau=bureau)
    own, worker = Scope(owner.id), a_worker(owner, "L1", services=("legal",))
    round_ = an_open_round(bureau)

    before = queries.my_month("golden-river", DECEMBER, "open-gate", scope=own, now=NOW)
    an_offer(round_, [worker])
    answered = queries.my_month("golden-river", DECEMBER, "open-gate", scope=own, now=NOW)

    assert [(ask.kind, ask.until, ask.done) for ask in before.asks] == [
        ("declare", round_.deadlines.declaring_until, False)
    ]
    assert [ask.done for ask in answered.asks] == [True]
    assert answered.open_slots == ()


def test_open_slots_are_those_that_somebody_of_mine_can_take(session: Session) -> None:
    bureau = a_small_bureau()
    a_service("legal", needs_private_room=True)
    owner = a_partner(bureau=bureau)
    worker = a_worker(owner, "L1", services=("legal",))
    round_ = an_open_round(bureau, phase="proposing")
    booked = a_session(round_, worker, slots_of(round_, "quiet")[0])

    month = queries.my_month("golden-river", DECEMBER, "open-gate", scope=Scope(owner.id), now=NOW)

    assert [one.session.id for one in month.sessions] == [booked.id]
    assert {one.seat.room for one in month.open_slots} == {"quiet"}
    assert booked.slot_id not in {one.slot_id for one in month.open_slots}
    assert [one.label for one in month.open_slots[0].candidates] == ["L1"]


def test_a_slot_shows_who_could_take_it_and_who_is_busy(session: Session) -> None:
    bureau = a_small_bureau()
    owner = a_partner(bureau=bureau)
    busy, free = a_worker(owner, "B1"), a_worker(owner, "F1")
    round_ = an_open_round(bureau, phase="proposing")
    first, beside = slots_of(round_)[:2]
    a_session(round_, busy, first)

    detail = queries.slot_detail("golden-river", beside.id, scope=Scope(owner.id), now=NOW)

    assert [(one.label, one.busy) for one in detail.candidates] == [("B1", True), ("F1", False)]
    assert free.id == detail.candidates[1].worker_id


def test_the_cockpit_counts_coverage_fairness_and_gaps(session: Session) -> None:
    bureau = a_small_bureau()
    owner, other = a_partner(bureau=bureau), a_partner("good-well", bureau)
    worker = a_worker(owner, services=("info",), languages=("ar",))
    round_ = an_open_round(bureau)
    an_offer(round_, [worker], promised=10, max_per_day=9, max_per_week=9)
    a_demand(bureau, "week", target=2, minimum=1, service_id=a_service("info").id, language_tag="ar")
    to_phase(round_, "proposing")
    a_session(round_, worker)

    seen = queries.cockpit(queries.get_round("golden-river", DECEMBER), now=NOW)

    assert [(step.phase, step.state) for step in seen.phases][:4] == [
        ("preparing", "done"), ("declaring", "done"), ("proposing", "now"), ("reviewing", "next"),
    ]  # fmt: skip
    assert [(one.organisation.code, one.answered_at) for one in seen.answers] == [(other.code, None), (owner.code, NOW)]
    assert [(one.organisation.code, one.promised, one.fair, one.given) for one in seen.shares] == [
        ("open-gate", 10, 9, 1)
    ]
    row = seen.coverage.rows[0]
    assert [language.tag for language in seen.coverage.languages] == ["ar"]
    assert (row.cells[0].have, row.cells[0].target, row.cells[0].state) == (1, 9, "thin")
    assert (seen.gaps[0].where, seen.gaps[0].have, seen.gaps[0].target) == ("2026-W50", 0, 2)
    assert [one.code for one in seen.gaps[0].qualified] == ["open-gate"]
    assert (seen.slots, seen.taken, seen.published_number) == (138, 1, None)


def test_coverage_by_week_cuts_the_wish_of_a_cut_week(session: Session) -> None:
    bureau = a_small_bureau()
    a_demand(bureau, "week", target=5, service_id=a_service("info").id)
    round_ = an_open_round(bureau)

    seen = queries.coverage_by_week(queries.board(round_, scope=EVERY_ORGANISATION, now=NOW))

    weeks = {week.week: week.rows[0].any_language.target for week in seen}

    assert weeks == {"2026-W49": 4, "2026-W50": 5, "2026-W51": 5, "2026-W52": 5, "2026-W53": 4}


def test_the_round_people_work_on_is_the_first_not_yet_published(session: Session) -> None:
    bureau = a_small_bureau()
    an_open_round(bureau, "2026-12", phase="published")
    an_open_round(bureau, "2027-01")
    an_open_round(bureau, "2027-02")

    now_, later = NOW, NOW + timedelta(days=200)

    assert [str(one.month) for one in queries.rounds_of("golden-river")] == ["2027-02", "2027-01", "2026-12"]
    current = [queries.current_round("golden-river", now=moment) for moment in (now_, later)]
    assert [str(one.month) for one in current if one] == ["2027-01", "2027-02"]
