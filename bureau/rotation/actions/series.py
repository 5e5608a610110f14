"""Sessions that come again every week: begun, changed, ended, and booked in every month that is open."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, Scope, broken_constraint, db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.kernel.text import clean_text
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.domain import booking as booking_rules
from bureau.rotation.domain import series as rules
from bureau.rotation.domain.refusals import NotOnThatDay, ReasonNeeded, UnknownWorker, WorkerBusy
from bureau.rotation.domain.series import SeriesInfo
from bureau.rotation.models import PlannedSession, Series, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import block_of, seat, worker_choice
from bureau.rotation.queries.series import series_info, series_row

from .excepting import except_day, forget_exception
from .rows import get_session, get_slot
from .telling import tell_of_series
from .weekly import adopt, book_all, give_back, hold_series, in_one, tell_of_booked, to_come


def begin_series(
    bureau: str,
    slot_id: int,
    *,
    worker_id: int,
    services: Collection[str],
    languages: Collection[str],
    until: date | None,
    scope: Scope,
    actor: str,
    now: datetime,
) -> int:
    """Book the slot and the same one of every week that is open; the series' number. What a later week does not allow
    is left out, and said on its page.

    Refuses what ``book_slot`` refuses of the first day, and SeriesEndsEarly.
    """

    def begin() -> int:
        slot = get_slot(bureau, slot_id)
        booking_rules.ensure_open(slot.round.phase, block_of(slot), closed=slot.closed, now=now)
        row = _new_series(slot, _worker(slot.round.bureau_id, worker_id, scope), until=until, now=now)
        _give(row, services, languages)
        info = _stored(row, actor=actor, now=now)
        days = book_all(info, slot.round.bureau_id, actor=actor, now=now)
        first = next(one for one in days if one.day == slot.day)
        if first.why is not None:
            raise first.why
        tell_of_booked(days, scope=scope, actor=actor, now=now)
        return row.id

    return in_one(begin)


def repeat_session(bureau: str, session_id: int, *, until: date | None, scope: Scope, actor: str, now: datetime) -> int:
    """Let a booked session come again every week; the series' number (SessionOver, SeriesEndsEarly)."""

    def begin() -> int:
        session = get_session(bureau, session_id, scope)
        booking_rules.ensure_can_leave(session.state, session.starts_at, now=now)
        if session.series_id is not None:
            return session.series_id
        worker = _worker(session.slot.round.bureau_id, session.worker_id, scope)
        row = _new_series(session.slot, worker, until=until, now=now)
        given = db.session.scalars(
            select(PlannedSession).where(PlannedSession.id == session_id).options(*given_in_session())
        ).one()
        _give(row, {one.code for one in given.services}, {one.tag for one in given.languages})
        info = _stored(row, actor=actor, now=now)
        hold_series(session.slot.round.bureau_id, info)
        adopt(session, row.id)
        days = book_all(info, session.slot.round.bureau_id, actor=actor, now=now)
        tell_of_booked(days, scope=scope, actor=actor, now=now)
        return row.id

    return in_one(begin)


def _worker(bureau_id: int, worker_id: int, scope: Scope) -> Any:
    kind = PlannedSession.worker.property.mapper.class_
    found = places.workers(scope, kind.id == worker_id)
    if not found or places.find_usual(bureau_id, found[0].organisation_id) is None:
        raise UnknownWorker(field="worker", value=worker_id)
    return found[0]


def _new_series(slot: Slot, worker: Any, *, until: date | None, now: datetime) -> Series:
    rules.ensure_ends_later(slot.day, until)
    return Series(
        bureau_id=slot.round.bureau_id,
        organisation_id=worker.organisation_id,
        organisation=worker.organisation,
        worker_id=worker.id,
        worker=worker,
        room_id=slot.room_id,
        room=slot.room,
        seat=slot.seat,
        weekday=slot.day.isoweekday(),
        starts=slot.starts,
        valid_from=slot.day,
        valid_until=until,
        created_at=now,
        exceptions=[],
        services=[],
        languages=[],
    )


def _give(row: Series, services: Collection[str], languages: Collection[str]) -> None:
    """What is given in every session, as far as the worker gives it and the room allows it."""
    rules.ensure_suits(worker_choice(row.worker), services, languages, seat(row.room, row.seat))
    row.services = [one for one in row.worker.services if one.code in services]
    row.languages = [one for one in row.worker.languages if one.tag in languages]


def _stored(row: Series, *, actor: str, now: datetime) -> SeriesInfo:
    db.session.add(row)
    db.session.flush()
    audit.record("series.begun", f"series:{row.id}", actor=actor, now=now, after={"from": str(row.valid_from)})
    return series_info(row)


def book_again(bureau: str, series_id: int, *, scope: Scope, actor: str, now: datetime) -> int:
    """Book the days that could not be booked before and are free now; how many."""

    def book() -> int:
        row = _row(bureau, series_id, scope)
        days = book_all(series_info(row), row.bureau_id, actor=actor, now=now)
        return tell_of_booked(days, scope=scope, actor=actor, now=now)

    return in_one(book)


def _row(bureau: str, series_id: int, scope: Scope) -> Series:
    return series_row(places.get_bureau(bureau).id, series_id, scope)


def change_series(
    bureau: str,
    series_id: int,
    *,
    worker_id: int,
    services: Collection[str],
    languages: Collection[str],
    version: int,
    scope: Scope,
    actor: str,
    now: datetime,
) -> None:
    """Another worker of the organisation, or other services or languages, in every session to come.

    Refuses: UnknownWorker, NotQualified, NothingGiven, NeedsPrivateRoom, WorkerBusy, Stale.
    """
    try:
        with transaction():
            row = _row(bureau, series_id, scope)
            row.expect(version)
            worker = _worker(row.bureau_id, worker_id, Scope(row.organisation_id))
            row.worker, row.worker_id = worker, worker.id
            _give(row, services, languages)
            row.version += 1
            coming = to_come(series_id, now=now)
            for session in coming:
                session.worker_id, session.changed_at = worker.id, now
                session.services, session.languages = list(row.services), list(row.languages)
            audit.record("series.changed", f"series:{series_id}", actor=actor, now=now, after={"worker": worker_id})
            tell_of_series([session.id for session in coming], scope=scope, actor=actor, now=now)
    except IntegrityError as error:
        if "ex_planned_session_worker_time" not in broken_constraint(error):
            raise
        [worker] = places.workers_by_id([worker_id], EVERY_ORGANISATION)
        raise WorkerBusy(field="worker", worker=worker.label) from error


def end_series(
    bureau: str, series_id: int, *, last: date, reason: str, version: int, scope: Scope, actor: str, now: datetime
) -> int:
    """The series ends after that day; what is booked later is given back, and cover is sought for it; how many.

    Refuses: SeriesEndsEarly, ReasonNeeded where something is given back, Stale.
    """
    why = clean_text(reason)
    ensure_no_resident(why, bureau, field="reason", now=now)
    with transaction():
        row = _row(bureau, series_id, scope)
        row.expect(version)
        rules.ensure_ends_later(row.valid_from, last)
        later = to_come(series_id, now=now, after=last)
        if later and not why:
            raise ReasonNeeded(field="reason")
        row.valid_until = last
        for session in later:
            give_back(session, why, scope=scope, actor=actor, now=now)
        audit.record("series.ended", f"series:{series_id}", actor=actor, now=now, after={"last": str(last)})
        return len(later)


def delete_series(bureau: str, series_id: int, *, version: int, scope: Scope, actor: str, now: datetime) -> None:
    """Forget the series; what is booked stays, as single sessions (Stale)."""
    with transaction() as session:
        row = _row(bureau, series_id, scope)
        row.expect(version)
        of_series = update(PlannedSession).where(PlannedSession.series_id == series_id)
        session.execute(of_series.values(series_id=None, version=PlannedSession.version + 1))
        session.expire_all()
        session.delete(_row(bureau, series_id, scope))
        audit.record("series.deleted", f"series:{series_id}", actor=actor, now=now)


def leave_out(bureau: str, series_id: int, day: date, *, reason: str, scope: Scope, actor: str, now: datetime) -> None:
    """The series does not take place on that day, in whatever month; a session of it is given back.

    Refuses: NotOnThatDay, ReasonNeeded where something is given back.
    """
    why = clean_text(reason)
    ensure_no_resident(why, bureau, field="reason", now=now)
    with transaction():
        row = _row(bureau, series_id, scope)
        _ensure_falls_on(row, day)
        booked = to_come(series_id, now=now, week_of=day)
        if booked and not why:
            raise ReasonNeeded(field="reason")
        for session in booked:
            give_back(session, why, scope=scope, actor=actor, now=now)
        except_day(series_id, day, why)
        row.version += 1
        audit.record("series.left_out", f"series:{series_id}", actor=actor, now=now, after={"day": str(day)})


def _ensure_falls_on(row: Series, day: date) -> None:
    if day not in set(series_info(row).days_in(Month.of(day))):
        raise NotOnThatDay(field="day", day=day)


def put_back(bureau: str, series_id: int, day: date, *, scope: Scope, actor: str, now: datetime) -> bool:
    """The series takes place on that day after all; whether it could be booked already (NotFound if no exception)."""

    def book() -> bool:
        row = _row(bureau, series_id, scope)
        info = series_info(row)
        if day not in info.exceptions:
            raise NotFound
        forget_exception(series_id, day)
        row.version += 1
        audit.record("series.put_back", f"series:{series_id}", actor=actor, now=now, after={"day": str(day)})
        days = book_all(rules.without(info, day), row.bureau_id, months=[Month.of(day)], actor=actor, now=now)
        tell_of_booked(days, scope=scope, actor=actor, now=now)
        return any(one.day == day and (one.state == "free" or one.single) for one in days)

    return in_one(book)
