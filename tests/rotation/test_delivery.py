"""How it went: held by itself, missed with a reason, and what fairness makes of it."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.audit import AuditEntry
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import Invalid, NotFound, Refused, Stale
from bureau.organisations.models import Worker
from bureau.rotation import actions, queries
from bureau.rotation.domain.delivery import Happened, Tally, tally
from bureau.rotation.domain.ledger import MonthGiven, entries_of
from bureau.rotation.domain.refusals import MonthClosed, ReasonNeeded, SessionNotOver, SessionOver
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.exports import delivery_csv
from bureau.rotation.jobs import SESSIONS_OVER
from bureau.rotation.models import PlannedSession
from bureau.scheduling.models import JobRun
from bureau.scheduling.runner import Runner
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

AFTERWARDS = NOW + timedelta(days=45)


@pytest.fixture
def worker(session: Session) -> Worker:
    """One who informs."""
    return a_worker(a_partner(bureau=a_small_bureau(), usual={"max_per_day": 9, "max_per_week": 9, "max_at_once": 9}))


@pytest.fixture
def round_(worker: Worker) -> RoundInfo:
    """December, open for booking."""
    return an_open_round(phase="proposing")


def booked(round_: RoundInfo, worker: Worker, *places: int) -> list[int]:
    """Sessions at the desk, by the number of their slots in the month."""
    desk = slots_of(round_, "desk-a")
    return [a_session(round_, worker, desk[place]).id for place in places or (0,)]


def row(number: int) -> PlannedSession:
    """A session as it is stored."""
    return db.session.get_one(PlannedSession, number)


def missed(number: int, because: str = "ill", words: str = "", **changed: object) -> None:
    """Say that the session did not take place."""
    values = {"scope": EVERY_ORGANISATION, "now": AFTERWARDS, "version": row(number).version, **changed}
    actions.say_missed("golden-river", number, because=because, words=words, actor="7", **values)


def test_what_is_over_is_marked_held_once_and_nothing_else(app: Flask, round_: RoundInfo, worker: Worker) -> None:
    first, second, later = booked(round_, worker, 0, 1, 30)
    released = booked(round_, worker, 2)[0]
    actions.release_session(
        "golden-river", released, reason="ill", version=1, scope=EVERY_ORGANISATION, actor="7", now=NOW
    )
    clock: list[datetime] = []
    runner = Runner(app, [SESSIONS_OVER], clock=lambda: clock[-1])

    for moment in (
        row(first).ends_at - timedelta(minutes=1),
        row(first).ends_at,
        row(second).ends_at,
        row(second).ends_at,
    ):
        clock.append(moment + timedelta(seconds=1))
        runner.renew()
        runner.attend(SESSIONS_OVER)

    assert [row(number).state for number in (first, second, later, released)] == ["held", "held", "booked", "released"]
    assert len(db.session.scalars(select(JobRun)).all()) == 2
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "sessions.held")).all()) == 2


def test_a_session_did_not_take_place_with_a_reason_and_took_place_after_all(round_: RoundInfo, worker: Worker) -> None:
    [number] = booked(round_, worker)

    missed(number, "other", " the \u202etram stood ")
    said = (row(number).state, row(number).missed_for, row(number).reason)
    actions.say_held(
        "golden-river",
        number,
        version=row(number).version,
        scope=Scope(worker.organisation_id),
        actor="7",
        now=AFTERWARDS,
    )

    assert said == ("missed", "other", "the tram stood")
    assert (row(number).state, row(number).missed_for, row(number).reason) == ("held", None, "")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"because": "lazy"}, Invalid),
        ({"because": "other", "words": " "}, ReasonNeeded),
        ({"now": NOW}, SessionNotOver),
        ({"version": 9}, Stale),
        ({"scope": Scope(10_000)}, NotFound),
    ],
)
def test_what_cannot_be_said_is_refused(
    round_: RoundInfo, worker: Worker, changed: dict[str, object], error: type[Refused]
) -> None:
    [number] = booked(round_, worker)

    with pytest.raises(error):
        missed(number, **changed)

    assert row(number).state == "booked"


def test_nothing_is_said_of_a_closed_month_or_of_what_was_given_back(round_: RoundInfo, worker: Worker) -> None:
    number, released = booked(round_, worker, 0, 1)
    actions.release_session(
        "golden-river", released, reason="ill", version=1, scope=EVERY_ORGANISATION, actor="7", now=NOW
    )

    with pytest.raises(SessionOver):
        missed(released)
    to_phase(round_, "closed")
    with pytest.raises(MonthClosed):
        missed(number)


def test_residents_programme_does_not_change_by_what_took_place(round_: RoundInfo, worker: Worker) -> None:
    gone, ill = booked(round_, worker, 0, 1)
    actions.publish_programme("golden-river", "2026-12", actor="7", now=NOW)

    actions.mark_held(actor="scheduler", now=AFTERWARDS)
    missed(ill)

    document, changed = queries.next_programme(queries.get_round("golden-river", "2026-12"), now=AFTERWARDS)
    assert [row(number).state for number in (gone, ill)] == ["held", "missed"]
    assert list(changed) == []
    assert [one.change for one in document.sessions] == [None, None]


def test_a_month_is_counted_by_organisation_and_by_service(round_: RoundInfo, worker: Worker) -> None:
    other = a_worker(a_partner("good-well", usual={"max_per_day": 9}), services=("info", "forms"))
    held, ill = booked(round_, worker, 0, 1)
    booked(round_, other, 2, 60)
    released = booked(round_, worker, 4)[0]
    actions.release_session(
        "golden-river", released, reason="ill", version=1, scope=EVERY_ORGANISATION, actor="7", now=NOW
    )
    soon = row(held).ends_at + timedelta(days=2)
    actions.mark_held(actor="scheduler", now=soon)
    missed(ill, now=soon)
    at = {"organisation": None, "now": soon}

    whole = queries.delivery_of(round_, scope=EVERY_ORGANISATION, **at)
    own = queries.delivery_of(round_, scope=Scope(worker.organisation_id), **at)

    ours = Tally(planned=2, held=1, missed=1, ahead=0, given_back=1)
    theirs = Tally(planned=2, held=1, missed=0, ahead=1)
    assert {one.code: one.tally for one in whole.organisations} == {"open-gate": ours, "good-well": theirs}
    assert {one.code: one.tally for one in whole.services} == {
        "info": Tally(planned=4, held=2, missed=1, ahead=1, given_back=1), "forms": theirs,
    }  # fmt: skip
    assert (whole.sessions, [one.code for one in own.organisations]) == ((), ["open-gate"])
    assert [(one.session.id, one.missed_for) for one in own.sessions] == [(ill, "ill"), (held, None)]
    assert own.services == whole.services
    table = delivery_csv(own, lambda text: text.in_("en")).decode("utf-8-sig").splitlines()
    assert table[1] == "organisation,open-gate,open-gate,2,1,1,0,1"


def test_the_states_of_sessions_are_counted() -> None:
    states = ("held", "held", "missed", "booked", "proposed", "released")

    counted = tally(Happened(organisation="a", services=(), state=state) for state in states)

    assert counted == Tally(planned=5, held=2, missed=1, ahead=2, given_back=1)


def test_a_session_missed_through_nobodys_fault_is_neither_given_nor_owed() -> None:
    promised = {"a": 4, "b": 4}

    ill = entries_of([MonthGiven(month="2026-12", promised=promised, given={"a": 4, "b": 3}, excused={"b": 1})])
    careless = entries_of([MonthGiven(month="2026-12", promised=promised, given={"a": 5, "b": 3}, missed={"b": 1})])

    assert [(one.organisation, one.share, one.balance) for one in ill] == [("a", 4, 0), ("b", 3, 0)]
    assert [(one.organisation, one.share, one.balance) for one in careless] == [("a", 4, 1), ("b", 4, -1)]


def test_illness_leaves_the_balance_of_the_ledger_as_it_is(round_: RoundInfo, worker: Worker) -> None:
    busy = a_worker(a_partner("busy"), "B1")
    to_phase(round_, "declaring")
    for one in (worker, busy):
        an_offer(round_, [one], promised=2, max_per_day=9, max_per_week=9)
    to_phase(round_, "proposing")
    booked(round_, busy, 0, 1)
    kept, ill = booked(round_, worker, 2, 3)
    actions.publish_programme("golden-river", "2026-12", actor="7", now=NOW)
    actions.mark_held(actor="scheduler", now=AFTERWARDS)

    missed(ill)
    excused = {one.organisation: one for one in queries.ledger_of(round_.bureau_id)}
    missed(ill, "mixup")
    careless = {one.organisation: one for one in queries.ledger_of(round_.bureau_id)}

    assert row(kept).state == "held"
    assert {code: (one.given, one.excused, one.missed, one.balance) for code, one in excused.items()} == {
        "busy": (2, 0, 0, 0), "open-gate": (1, 1, 0, 0),
    }  # fmt: skip
    assert {code: (one.given, one.excused, one.missed, one.balance) for code, one in careless.items()} == {
        "busy": (2, 0, 0, 0), "open-gate": (1, 0, 1, 0),
    }  # fmt: skip
