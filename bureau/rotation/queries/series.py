"""Series: which there are, what they meet, and the days on which they do not take place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from bureau.kernel.clock import local_date
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain.booking import Limits, Presence
from bureau.rotation.domain.round_facts import iso_week
from bureau.rotation.domain.series import Scene, SeriesDay, SeriesGround, SeriesInfo, days_of
from bureau.rotation.models import Offer, PlannedSession, Round, Series, SeriesException, Slot, is_live
from bureau.rotation.models.loading import whole_series
from bureau.rotation.models.reading import (
    block_of,
    in_use,
    named_service,
    organisation_info,
    seat,
    spoken_language,
    worker_choice,
)

WEEK = timedelta(days=7)


def _series(bureau_id: int, scope: Scope) -> Select[Series]:
    return (
        select(Series)
        .where(Series.bureau_id == bureau_id)
        .options(*whole_series())
        .order_by(Series.weekday, Series.starts, Series.id)
        .execution_options(**scope.options())
    )


def series_info(row: Series) -> SeriesInfo:
    """A series fetched with all its parts."""
    return SeriesInfo(
        id=row.id,
        organisation=organisation_info(row.organisation),
        worker_id=row.worker_id,
        worker=row.worker.label,
        seat=seat(row.room, row.seat),
        weekday=row.weekday,
        starts=row.starts,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        services=tuple(named_service(one) for one in row.services),
        languages=tuple(spoken_language(one) for one in row.languages),
        exceptions={one.day: one.reason for one in row.exceptions},
        version=row.version,
    )


def series_at(bureau: str, *, scope: Scope, today: date) -> tuple[SeriesInfo, ...]:
    """The series of the scope's organisation that are not over, by weekday and hour."""
    going_on = Series.valid_until.is_(None) | (Series.valid_until >= today)
    rows = db.session.scalars(_series(places.get_bureau(bureau).id, scope).where(going_on))
    return tuple(series_info(row) for row in rows)


def series_row(bureau_id: int, series_id: int, scope: Scope) -> Series:
    """One series with all its parts; NotFound where it is not the scope's."""
    row = db.session.scalar(_series(bureau_id, scope).where(Series.id == series_id))
    if row is None:
        raise NotFound
    return row


def get_series(bureau: str, series_id: int, *, scope: Scope) -> SeriesInfo:
    """The same as plain data."""
    return series_info(series_row(places.get_bureau(bureau).id, series_id, scope))


def owner_of_series(bureau: str, series_id: int) -> int:
    """The organisation whose series it is; NotFound where it is not in this bureau."""
    here = (Series.id == series_id, Series.bureau_id == places.get_bureau(bureau).id)
    statement = select(Series.organisation_id).where(*here).execution_options(**EVERY_ORGANISATION.options())
    owner = db.session.scalar(statement)
    if owner is None:
        raise NotFound
    return owner


def series_of_session(session_id: int) -> int | None:
    """The series that the session belongs to."""
    return db.session.scalar(select(PlannedSession.series_id).where(PlannedSession.id == session_id))


def series_in_month(bureau_id: int, month: Month) -> Sequence[Series]:
    """Every series of the bureau that reaches into the month."""
    until = Series.valid_until.is_(None) | (Series.valid_until >= month.first)
    statement = _series(bureau_id, EVERY_ORGANISATION).where(Series.valid_from <= month.last, until)
    return db.session.scalars(statement).all()


def series_days(bureau: str, series: SeriesInfo, *, now: datetime) -> tuple[SeriesDay, ...]:
    """Every day of the series in the months that are open, and what stands in the way."""
    return days_of(series, scene_of(places.get_bureau(bureau).id, series, now=now))


def scene_of(bureau_id: int, series: SeriesInfo, *, months: Iterable[Month] | None = None, now: datetime) -> Scene:
    """What the series meets in the open months, or in those named."""
    rounds = _rounds(bureau_id, series, months)
    numbers = list(rounds.values())
    slots = _slots(series, numbers)
    own = _own(series.id)
    others = _others(series, slots, numbers, own)
    partners = {one.organisation_id: one for one in places.partnerships(bureau_id)}
    partner = partners.get(series.organisation.id)
    usual = Usual.from_json(partner.usual if partner else {})
    spoken_for = _limits(series.organisation.id, numbers)
    [worker] = places.workers_by_id([series.worker_id], EVERY_ORGANISATION)
    return Scene(
        phases={Month.parse(row.month): row.phase for row in rounds},
        grounds=_grounds(slots, {number for number, _, _ in own}),
        closures={one.day: one.reason for row in rounds for one in _closures(bureau_id, row.month)},
        seat_there=_room_there(series),
        worker=worker_choice(worker) if worker.active else None,
        partner=partner is not None,
        limits={Month.parse(row.month): spoken_for.get(number, usual) for row, number in rounds.items()},
        own={iso_week(day): (number, state, day) for number, day, state in own},
        theirs=_single(series, numbers, now=now),
        present=tuple(_presence(row) for row in others if row.organisation_id == series.organisation.id),
        busy=tuple(
            _presence(row) for row in others if row.worker_id == series.worker_id and row.series_id != series.id
        ),
        now=now,
        today=local_date(now, _timezone(bureau_id)),
    )


def _rounds(bureau_id: int, series: SeriesInfo, months: Iterable[Month] | None) -> dict[Round, int]:
    """The rounds of the bureau that the series reaches into, in order of time."""
    of_bureau = select(Round).where(Round.bureau_id == bureau_id, Round.month >= str(Month.of(series.valid_from)))
    if series.valid_until is not None:
        of_bureau = of_bureau.where(Round.month <= str(Month.of(series.valid_until)))
    if months is not None:
        of_bureau = of_bureau.where(Round.month.in_(map(str, months)))
    return {row: row.id for row in db.session.scalars(of_bureau.order_by(Round.month))}


def _slots(series: SeriesInfo, rounds: Sequence[int]) -> Sequence[Slot]:
    """The slots at the series' seat and hour."""
    of_seat = (Slot.room_id == series.seat.room_id, Slot.seat == series.seat.number, Slot.starts == series.starts)
    statement = select(Slot).where(Slot.round_id.in_(rounds), *of_seat).options(joinedload(Slot.room))
    found = db.session.scalars(statement.order_by(Slot.id)).all()
    return [one for one in found if one.day.isoweekday() == series.weekday]


def _own(series_id: int) -> list[tuple[int, date, str]]:
    """The live sessions of the series, each with its day."""
    statement = (
        select(PlannedSession.id, Slot.day, PlannedSession.state)
        .join(PlannedSession.slot)
        .where(PlannedSession.series_id == series_id, is_live())
    )
    return [(row.id, row.day, row.state) for row in db.session.execute(statement)]


def _single(series: SeriesInfo, rounds: Sequence[int], *, now: datetime) -> dict[date, int]:
    """Single sessions of the worker on the weekday and at the hour of the series that are to come."""
    planned = PlannedSession.series_id.is_(None), PlannedSession.state.in_(("proposed", "booked"))
    statement = (
        select(PlannedSession.id, Slot.day)
        .join(PlannedSession.slot)
        .where(PlannedSession.worker_id == series.worker_id, *planned, PlannedSession.starts_at > now)
        .where(Slot.round_id.in_(rounds), Slot.starts == series.starts)
    )
    return {row.day: row.id for row in db.session.execute(statement) if row.day.isoweekday() == series.weekday}


def _others(
    series: SeriesInfo, slots: Sequence[Slot], rounds: Sequence[int], own: Sequence[tuple[int, date, str]]
) -> Sequence[Any]:
    """Where the organisation and the worker are: in these rounds, and elsewhere around them."""
    if not slots:
        return ()
    first, last = min(one.starts_at for one in slots) - WEEK, max(one.ends_at for one in slots) + WEEK
    statement = (
        select(
            PlannedSession.organisation_id,
            PlannedSession.worker_id,
            PlannedSession.series_id,
            Slot.day,
            PlannedSession.starts_at,
            PlannedSession.ends_at,
        )
        .join(PlannedSession.slot)
        .where(
            is_live(),
            PlannedSession.starts_at.between(first, last) | Slot.round_id.in_(rounds),
            PlannedSession.organisation_id == series.organisation.id,
        )
    )
    return db.session.execute(statement).all()


def _presence(row: Any) -> Presence:
    return Presence(day=row.day, starts_at=row.starts_at, ends_at=row.ends_at)


def _grounds(slots: Sequence[Slot], own: set[int]) -> dict[date, SeriesGround]:
    statement = select(PlannedSession.slot_id).where(
        PlannedSession.slot_id.in_([one.id for one in slots]),
        is_live(),
        PlannedSession.id.not_in(own),
    )
    taken = set(db.session.scalars(statement))
    return {
        one.day: SeriesGround(
            slot_id=one.id, block=block_of(one), used=in_use(one), closed=one.closed, taken=one.id in taken
        )
        for one in slots
    }


def _closures(bureau_id: int, month: str) -> Sequence[Any]:
    there = Month.parse(month)
    return places.closures(bureau_id, there.first, there.last)


def _timezone(bureau_id: int) -> str:
    bureau = Round.bureau.property.mapper.class_
    return str(db.session.get_one(bureau, bureau_id).timezone)


def _room_there(series: SeriesInfo) -> bool:
    room = Slot.room.property.mapper.class_
    row = db.session.get_one(room, series.seat.room_id)
    return bool(row.active and series.seat.number <= row.seats)


def _limits(organisation_id: int, rounds: Sequence[int]) -> Mapping[int, Limits]:
    """What the organisation said in each round that it can do at most."""
    columns = (Offer.round_id, Offer.max_per_day, Offer.max_per_week, Offer.max_per_month, Offer.max_at_once)
    statement = select(*columns).where(Offer.round_id.in_(rounds), Offer.organisation_id == organisation_id)
    rows: Sequence[Any] = db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options())).all()
    return {row.round_id: row for row in rows}


def excepted_in(month: Month, bureau_id: int) -> frozenset[tuple[int, str]]:
    """Workers and the codes of blocks in which a series of theirs does not take place: nobody is planned there again."""
    statement = (
        select(Series.worker_id, SeriesException.day, Series.starts)
        .join(SeriesException, SeriesException.series_id == Series.id)
        .where(Series.bureau_id == bureau_id, SeriesException.day.between(month.first, month.last))
        .execution_options(**EVERY_ORGANISATION.options())
    )
    return frozenset((row.worker_id, f"{row.day}T{row.starts:%H:%M}") for row in db.session.execute(statement))
