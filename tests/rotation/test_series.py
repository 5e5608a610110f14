"""Sessions that come again every week, and the days on which they do not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, transaction
from bureau.kernel.errors import NotFound, Stale
from bureau.kernel.month import Month
from bureau.notices.domain import kinds
from bureau.notices.models import Notice
from bureau.organisations.models import Organisation, Room, Worker
from bureau.rotation import actions, queries
from bureau.rotation.actions.exchanging import exchange_slots
from bureau.rotation.domain.refusals import (
    NotOnThatDay,
    NotQualified,
    ReasonNeeded,
    SeriesEndsEarly,
    SlotPast,
    SlotTaken,
    WorkerBusy,
    WrongPhase,
)
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Slot
from bureau.rotation.queries.facts import problem_of
from bureau.web.languages import writing_in
from tests.factories.accounts import person
from tests.factories.organisations import a_closure, a_partnership, a_worker
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
)
from tests.holding import rows_held

THURSDAYS = [date(2026, 12, day) for day in (3, 10, 17, 24, 31)]
EVE = date(2026, 12, 24)
EVERYBODY = {"scope": EVERY_ORGANISATION, "actor": "7", "now": NOW}


@pytest.fixture
def owner(session: Session) -> Organisation:
    """A partner of the bureau that takes on much."""
    many = dict.fromkeys(("max_per_day", "max_per_week", "max_per_month", "max_at_once"), 30)
    return a_partner(bureau=a_small_bureau(), usual=many)


@pytest.fixture
def worker(owner: Organisation) -> Worker:
    """One who informs, in English and Arabic."""
    return a_worker(owner, services=("info",), languages=("en", "ar"))


@pytest.fixture
def round_(worker: Worker) -> RoundInfo:
    """December, open for booking."""
    return an_open_round(phase="proposing")


def thursday(round_: RoundInfo, day: date = THURSDAYS[0], room: str = "desk-a") -> Slot:
    """The slot of that day at ten."""
    return next(slot for slot in slots_of(round_, room) if slot.day == day)


def begin(
    slot: Slot, worker: Worker, *, until: date | None = None, by: Scope = EVERY_ORGANISATION, now: datetime = NOW
) -> int:
    """Let the worker come every week to inform in English."""
    return actions.begin_series(
        "golden-river", slot.id, worker_id=worker.id, services=["info"], languages=["en"], until=until,
        scope=by, actor="7", now=now,
    )  # fmt: skip


def live(series: int) -> list[PlannedSession]:
    """The series' sessions that are in the plan."""
    statement = select(PlannedSession).where(PlannedSession.series_id == series, PlannedSession.state == "booked")
    return list(db.session.scalars(statement.order_by(PlannedSession.starts_at)))


def days(series: int) -> list[date]:
    """Their days."""
    return [db.session.get_one(Slot, row.slot_id).day for row in live(series)]


def states(series: int) -> dict[date, str]:
    """What the page of the series says of each day."""
    info = queries.get_series("golden-river", series, scope=EVERY_ORGANISATION)
    return {
        one.day: one.why.code if one.why else one.state for one in queries.series_days("golden-river", info, now=NOW)
    }


def version(series: int) -> int:
    """As a page would show it."""
    return queries.get_series("golden-river", series, scope=EVERY_ORGANISATION).version


def test_a_series_is_booked_every_week_of_the_open_months_where_it_can_be(owner: Organisation, worker: Worker) -> None:
    a_closure(THURSDAYS[4])
    round_ = an_open_round(phase="proposing")
    an_open_round(month="2027-01", phase="reviewing")
    a_session(round_, a_worker(owner, "W2", languages=("en", "ar")), thursday(round_, THURSDAYS[1]))
    there = a_small_bureau("blue-hill")
    a_partnership(owner, there, usual={"max_at_once": 9, "max_per_week": 9})
    elsewhere = an_open_round(there, phase="proposing")
    a_session(elsewhere, worker, thursday(elsewhere, THURSDAYS[2]))
    actions.close_slot("golden-river", thursday(round_, EVE).id, actor="7", now=NOW)

    number = begin(thursday(round_), worker, until=date(2027, 1, 20), by=Scope(owner.id))

    assert days(number) == [THURSDAYS[0], date(2027, 1, 7), date(2027, 1, 14)]
    assert states(number) == {
        THURSDAYS[0]: "booked", THURSDAYS[1]: "slot_taken", THURSDAYS[2]: "worker_busy", EVE: "slot_closed",
        THURSDAYS[4]: "closure", date(2027, 1, 7): "booked", date(2027, 1, 14): "booked",
    }  # fmt: skip
    assert {(row.origin, row.pinned) for row in live(number)} == {("coordinator", True)}


def test_a_month_that_opens_later_gets_its_sessions(round_: RoundInfo, worker: Worker) -> None:
    number = begin(thursday(round_), worker)

    an_open_round(month="2027-01")

    assert days(number) == [*THURSDAYS, *(date(2027, 1, day) for day in (7, 14, 21, 28))]
    solver = problem_of(queries.get_round("golden-river", "2027-01"), now=NOW)
    assert [one["block"] for one in solver["pinned"]] == [f"2027-01-{day}T10:00" for day in ("07", "14", "21", "28")]


def test_a_month_opens_although_a_series_cannot_be_kept(round_: RoundInfo, owner: Organisation, worker: Worker) -> None:
    gone, elsewhere = begin(thursday(round_), worker), begin(thursday(round_, room="quiet"), a_worker(owner, "W2"))
    worker.active = False
    quiet = db.session.scalars(select(Room).where(Room.code == "quiet")).one()
    quiet.active = False
    db.session.commit()

    an_open_round(month="2027-01")

    january = [day for day in states(gone) if day.month == 1]
    assert {states(gone)[day] for day in january} == {"unknown_worker"}
    assert {states(elsewhere)[day] for day in january} == {"seat_gone"}
    assert len(days(gone)) == len(days(elsewhere)) == 5


def test_a_series_begins_with_a_session_that_is_booked(round_: RoundInfo, worker: Worker) -> None:
    first = a_session(round_, worker, thursday(round_))

    number = actions.repeat_session("golden-river", first.id, until=THURSDAYS[2], **EVERYBODY)

    assert days(number) == THURSDAYS[:3]
    assert live(number)[0].id == first.id
    assert actions.repeat_session("golden-river", first.id, until=None, **EVERYBODY) == number


def test_nothing_of_a_series_is_booked_in_a_month_in_which_nobody_may_book(round_: RoundInfo, worker: Worker) -> None:
    january = an_open_round(month="2027-01")
    number = begin(thursday(round_), worker)
    in_december = states(number)
    actions.leave_out("golden-river", number, date(2027, 1, 7), reason="", **EVERYBODY)

    again = actions.book_again("golden-river", number, **EVERYBODY)
    put_back = actions.put_back("golden-river", number, date(2027, 1, 7), **EVERYBODY)

    assert {in_december[day] for day in in_december if day.month == 1} == {"wrong_phase"}
    assert (again, put_back, days(number)) == (0, False, THURSDAYS)
    with pytest.raises(WrongPhase):
        begin(slots_of(january, "desk-a")[0], worker)


def test_what_could_not_be_booked_while_a_month_was_declared_is_booked_as_booking_begins(
    round_: RoundInfo, worker: Worker
) -> None:
    january = an_open_round(month="2027-01")
    number = begin(thursday(round_), worker)

    booked = []
    for step, phase in enumerate(("preparing", "declaring", "proposing")):
        actions.change_phase("golden-river", january.id, phase, version=january.version + step, actor="7", now=NOW)
        booked.append(len(days(number)))

    assert booked == [5, 5, 9]
    assert days(number) == [*THURSDAYS, *(date(2027, 1, day) for day in (7, 14, 21, 28))]


def test_a_series_does_not_begin_in_the_past(round_: RoundInfo, worker: Worker) -> None:
    slot = thursday(round_)

    with pytest.raises(SlotPast):
        begin(slot, worker, now=slot.starts_at + timedelta(minutes=5))


def test_a_session_that_comes_again_holds_slots_and_limits_before_sessions(round_: RoundInfo, worker: Worker) -> None:
    first = a_session(round_, worker, thursday(round_))

    with rows_held("slot", "offer", "planned_session") as held:
        actions.repeat_session("golden-river", first.id, until=None, **EVERYBODY)

    assert held == ["slot", "offer", "planned_session"]


def move(row: PlannedSession, day: date, round_: RoundInfo) -> None:
    """Move the session to the desk at ten on that day."""
    actions.move_session("golden-river", row.id, to=thursday(round_, day).id, version=row.version, **EVERYBODY)


def leaves_series(row: PlannedSession, slot: Slot) -> bool:
    """Whether that is said before the session is moved there."""
    looked = actions.look_at_move("golden-river", row.id, to=slot.id, scope=EVERY_ORGANISATION, now=NOW)
    return looked.leaves_series and looked.breaks == ()


def test_a_session_that_moves_to_another_week_leaves_its_series_which_does_not_come_back(
    round_: RoundInfo, worker: Worker
) -> None:
    number = begin(thursday(round_), worker)
    second = live(number)[1]
    said = [leaves_series(second, thursday(round_, day)) for day in (date(2026, 12, 11), date(2026, 12, 18))]

    move(second, date(2026, 12, 18), round_)

    assert said == [False, True]
    assert actions.book_again("golden-river", number, **EVERYBODY) == 0
    assert (second.series_id, second.state) == (None, "booked")
    assert states(number) == {day: "excepted" if day == THURSDAYS[1] else "booked" for day in THURSDAYS}


def test_a_session_that_left_its_series_comes_back_to_it_with_its_day(round_: RoundInfo, worker: Worker) -> None:
    number = begin(thursday(round_), worker)
    second = live(number)[1]
    move(second, date(2026, 12, 18), round_)
    move(second, THURSDAYS[1], round_)

    put_back = actions.put_back("golden-river", number, THURSDAYS[1], **EVERYBODY)

    assert (put_back, second.series_id, days(number)) == (True, number, THURSDAYS)


def test_a_session_that_is_exchanged_into_another_week_leaves_its_series(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    number = begin(thursday(round_), worker)
    second = live(number)[1]
    other = a_session(round_, a_worker(owner, "W2"), thursday(round_, date(2026, 12, 18)))

    with transaction():
        both = select(PlannedSession).where(PlannedSession.id.in_([second.id, other.id]))
        mine, theirs = db.session.scalars(both.options(joinedload(PlannedSession.slot)).order_by(PlannedSession.id))
        exchange_slots([(mine, theirs.slot), (theirs, mine.slot)], why="agreed", actor="7", now=NOW)

    assert (second.series_id, states(number)[THURSDAYS[1]]) == (None, "excepted")
    assert actions.book_again("golden-river", number, **EVERYBODY) == 0


def test_a_session_that_was_moved_within_its_week_is_given_back_with_the_day(round_: RoundInfo, worker: Worker) -> None:
    number = begin(thursday(round_), worker)
    second = live(number)[1]
    friday = date(2026, 12, 11)
    move(second, friday, round_)
    moved = states(number)

    actions.leave_out("golden-river", number, THURSDAYS[1], reason="away", **EVERYBODY)

    assert moved[friday] == "booked"
    assert (second.state, second.reason) == ("released", "away")
    assert states(number)[THURSDAYS[1]] == "excepted"
    assert friday not in states(number)


def test_a_day_is_over_when_it_is_over_at_the_bureau(round_: RoundInfo, worker: Worker) -> None:
    db.session.delete(thursday(round_, THURSDAYS[1]))
    db.session.commit()
    number = begin(thursday(round_), worker)
    info = queries.get_series("golden-river", number, scope=EVERY_ORGANISATION)

    def listed(now: datetime) -> bool:
        return THURSDAYS[1] in {one.day for one in queries.series_days("golden-river", info, now=now)}

    before_midnight = datetime(2026, 12, 10, 21, 30, tzinfo=UTC)  # half past eleven in Sofia
    assert listed(before_midnight)
    assert not listed(before_midnight + timedelta(hours=1))


def told(organisation: Organisation) -> list[str]:
    """What its coordinators were told since, in English."""
    with writing_in("en"):
        return [kinds.sentence(one.kind, one.values) for one in db.session.scalars(
            select(Notice).where(Notice.organisation_id == organisation.id).order_by(Notice.id)
        )]  # fmt: skip


def test_an_organisation_is_told_of_the_series_that_others_begin_change_and_continue_for_it(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    person(coordinates=[owner])
    colleague = a_worker(owner, "W2", languages=("en",))
    number = begin(thursday(round_), worker)
    begun = told(owner)
    actions.change_series(
        "golden-river", number, worker_id=colleague.id, services=["info"], languages=["en"],
        version=version(number), **EVERYBODY,
    )  # fmt: skip
    changed = told(owner)[len(begun) :]

    an_open_round(month="2027-01")

    opened = told(owner)[len(begun) + len(changed) :]
    first_lines = [[one.splitlines()[0] for one in part] for part in (begun, changed, opened)]
    assert first_lines == [["Your weekly sessions have changed"]] * 3
    assert [one.count("10:00") for one in (*begun, *changed, *opened)] == [5, 5, 4]


def test_an_organisation_is_not_told_of_what_it_did_to_its_series_itself(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    person(coordinates=[owner])

    begin(thursday(round_), worker, by=Scope(owner.id))

    assert told(owner) == []


def test_a_manager_who_speaks_for_the_organisation_too_is_not_told_of_a_series_that_they_begin_for_it(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    both, other = person(coordinates=[owner]), person(coordinates=[owner])
    slot = thursday(round_)

    actions.begin_series(
        "golden-river", slot.id, worker_id=worker.id, services=["info"], languages=["en"], until=None,
        scope=EVERY_ORGANISATION, actor=str(both.id), now=NOW,
    )  # fmt: skip

    assert set(db.session.scalars(select(Notice.person_id))) == {other.id}


def test_what_the_worker_has_at_that_hour_already_belongs_to_the_series(round_: RoundInfo, worker: Worker) -> None:
    first, second = (a_session(round_, worker, thursday(round_, day)) for day in THURSDAYS[:2])
    elsewhere = a_session(round_, worker, thursday(round_, THURSDAYS[2], "quiet"))
    second.origin = "solver"
    db.session.commit()

    number = actions.repeat_session("golden-river", first.id, until=None, **EVERYBODY)

    assert [row.id for row in live(number)][:3] == [first.id, second.id, elsewhere.id]
    assert days(number) == THURSDAYS
    assert {(row.pinned, row.origin) for row in live(number)[1:2]} == {(True, "coordinator")}


def test_a_series_whose_first_day_cannot_be_is_not_begun(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    a_session(round_, a_worker(owner, "W2", languages=("en", "ar")), thursday(round_))

    with pytest.raises(SlotTaken):
        begin(thursday(round_), worker)
    with pytest.raises(SeriesEndsEarly):
        begin(thursday(round_, THURSDAYS[1]), worker, until=THURSDAYS[0])

    assert queries.series_at("golden-river", scope=EVERY_ORGANISATION, today=THURSDAYS[0]) == ()


def test_the_organisations_own_limits_hold_over_a_series(session: Session) -> None:
    worker = a_worker(a_partner(bureau=a_small_bureau()), services=("info",))
    round_ = an_open_round()
    an_offer(round_, [worker], max_per_month=3)
    to_phase(round_, "proposing")

    number = begin(thursday(round_), worker)

    assert days(number) == THURSDAYS[:3]
    assert states(number)[EVE] == "limit_reached"


def test_a_session_given_back_is_an_exception_until_it_is_taken_back(round_: RoundInfo, worker: Worker) -> None:
    number = begin(thursday(round_), worker)
    row = live(number)[3]

    actions.release_session("golden-river", row.id, reason="Christmas Eve", version=row.version, **EVERYBODY)
    released = states(number)
    again = actions.book_again("golden-river", number, **EVERYBODY)
    actions.take_back("golden-river", row.id, version=row.version, **EVERYBODY)

    assert (released[EVE], again) == ("excepted", 0)
    assert states(number)[EVE] == "booked"


def test_an_excepted_day_is_not_brought_back_by_opening_proposing_or_accepting(
    round_: RoundInfo, worker: Worker
) -> None:
    number = begin(thursday(round_), worker)
    january = date(2027, 1, 14)
    for day in (EVE, january):
        actions.leave_out("golden-river", number, day, reason="away", **EVERYBODY)
    an_open_round(month="2027-01")
    to_phase(round_, "declaring")
    an_offer(round_, [worker], max_per_day=9, max_per_week=9, max_at_once=9)
    to_phase(round_, "proposing")
    plan = a_proposal([(worker, f"{EVE}T10:00", "desk-a-1"), (worker, "2026-12-01T10:00", "desk-a-1")])

    accepted = actions.accept_proposal("golden-river", plan, actor="7", now=NOW)

    offered = {team["id"]: team for team in problem_of(round_, now=NOW)["teams"]}[f"w{worker.id}"]
    assert [one.why.code for one in accepted.left_out] == ["time_withdrawn"]
    hours = {(one["date"], one["start"]) for one in offered["available"]}
    assert (str(EVE), "10:00") not in hours
    assert {(str(EVE), "13:00"), ("2026-12-22", "10:00")} <= hours
    assert states(number)[EVE] == states(number)[january] == "excepted"
    assert {EVE, january}.isdisjoint(days(number))


def test_a_day_that_was_left_out_is_put_back_if_it_is_still_free(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    number = begin(thursday(round_), worker)
    for day in THURSDAYS[1:3]:
        actions.leave_out("golden-river", number, day, reason="away", **EVERYBODY)
    a_session(round_, a_worker(owner, "W2", languages=("en", "ar")), thursday(round_, THURSDAYS[2]))

    put_back = [actions.put_back("golden-river", number, day, **EVERYBODY) for day in THURSDAYS[1:3]]

    assert put_back == [True, False]
    assert (states(number)[THURSDAYS[1]], states(number)[THURSDAYS[2]]) == ("booked", "slot_taken")
    with pytest.raises(NotFound):
        actions.put_back("golden-river", number, THURSDAYS[1], **EVERYBODY)


def test_a_series_that_ends_gives_back_what_is_later(round_: RoundInfo, worker: Worker) -> None:
    number = begin(thursday(round_), worker)

    with pytest.raises(ReasonNeeded):
        actions.end_series("golden-river", number, last=THURSDAYS[1], reason=" ", version=version(number), **EVERYBODY)
    given_back = actions.end_series(
        "golden-river", number, last=THURSDAYS[1], reason="moves away", version=version(number), **EVERYBODY
    )
    an_open_round(month="2027-01")

    assert given_back == 3
    assert days(number) == THURSDAYS[:2]


def test_a_deleted_series_leaves_its_sessions_as_single_ones(round_: RoundInfo, worker: Worker) -> None:
    number = begin(thursday(round_), worker)
    actions.leave_out("golden-river", number, EVE, reason="away", **EVERYBODY)
    kept = {row.id for row in live(number)}

    with pytest.raises(Stale):
        actions.delete_series("golden-river", number, version=1000, **EVERYBODY)
    actions.delete_series("golden-river", number, version=version(number), **EVERYBODY)
    an_open_round(month="2027-01")

    rows = db.session.scalars(select(PlannedSession).where(PlannedSession.state == "booked")).all()
    assert {row.id for row in rows} == kept
    assert {row.series_id for row in rows} == {None}


def test_a_series_goes_over_to_a_colleague_who_is_free_and_gives_it(
    round_: RoundInfo, owner: Organisation, worker: Worker
) -> None:
    number = begin(thursday(round_), worker)
    colleague, busy = a_worker(owner, "W2"), a_worker(owner, "W3", languages=("en",))
    a_session(round_, busy, thursday(round_, EVE, "quiet"))

    def change(other: Worker, languages: list[str]) -> None:
        actions.change_series(
            "golden-river", number, worker_id=other.id, services=["info"], languages=languages,
            version=version(number), **EVERYBODY,
        )  # fmt: skip

    with pytest.raises(NotQualified):
        change(colleague, ["ar"])
    with pytest.raises(WorkerBusy):
        change(busy, ["en"])
    change(colleague, ["en"])

    assert {row.worker_id for row in live(number)} == {colleague.id}


def test_a_series_belongs_to_its_organisation(round_: RoundInfo, worker: Worker) -> None:
    number = begin(thursday(round_), worker)
    stranger = Scope(a_partner("good-well").id)

    assert queries.series_at("golden-river", scope=stranger, today=EVE) == ()
    with pytest.raises(NotFound):
        queries.get_series("golden-river", number, scope=stranger)
    with pytest.raises(NotFound):
        actions.leave_out("golden-river", number, EVE, reason="away", scope=stranger, actor="7", now=NOW)
    with pytest.raises(NotOnThatDay):
        actions.leave_out("golden-river", number, EVE + timedelta(days=1), reason="away", **EVERYBODY)


def test_the_days_of_a_series_are_its_weekdays_within_its_time(round_: RoundInfo, worker: Worker) -> None:
    info = queries.get_series(
        "golden-river", begin(thursday(round_, THURSDAYS[1]), worker, until=EVE), scope=EVERY_ORGANISATION
    )

    assert list(info.days_in(Month.parse(DECEMBER))) == THURSDAYS[1:4]
