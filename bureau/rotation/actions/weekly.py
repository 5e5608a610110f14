"""The sessions of series: booked wherever nothing stands in the way, and given back."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from bureau.catalogue import queries as catalogue
from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, Scope, broken_constraint, db, transaction
from bureau.kernel.errors import Refused, Stale
from bureau.kernel.month import Month
from bureau.rotation.domain import booking as booking_rules
from bureau.rotation.domain import series as rules
from bureau.rotation.domain.series import SeriesDay, SeriesInfo
from bureau.rotation.models import LIVE, Offer, PlannedSession, Round, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.queries.series import scene_of, series_in_month, series_info

from .hooks import Booking, before_booking
from .releasing import release_row
from .telling import RELEASED, tell_of_series, tell_of_session

TRIES = 3
"""So often a series is held against the bookings anew when somebody books at the very instant."""

Answer = TypeVar("Answer")


def in_one(deed: Callable[[], Answer]) -> Answer:
    """Do it in one transaction, anew where somebody booked at the very instant."""
    met: Exception | None = None
    for _ in range(TRIES):
        try:
            with transaction():
                return deed()
        except IntegrityError as error:
            if "planned_session" not in broken_constraint(error):
                raise
            met = error
    raise Stale from met


def book_in_month(bureau_id: int, month: Month, *, actor: str, now: datetime) -> int:
    """Book every series of the bureau in a month that is being opened, or in which booking begins, and tell whose they
    are, in the running transaction; how many sessions.
    """
    found = [series_info(row) for row in series_in_month(bureau_id, month)]
    days = [
        one
        for series in found
        for one in book_all(series, bureau_id, months=[month], opening=True, actor=actor, now=now)
    ]
    return tell_of_booked(days, scope=EVERY_ORGANISATION, actor=actor, now=now)


def book_all(
    series: SeriesInfo,
    bureau_id: int,
    *,
    months: Iterable[Month] | None = None,
    opening: bool = False,
    actor: str,
    now: datetime,
) -> tuple[SeriesDay, ...]:
    """Book the series wherever nothing stands in the way; every day with what stood there before."""
    hold_series(bureau_id, series)
    scene = replace(scene_of(bureau_id, series, months=months, now=now), opening=opening)
    return tuple(_booked(series, one, actor=actor, now=now) for one in rules.days_of(series, scene))


def tell_of_booked(days: Iterable[SeriesDay], *, scope: Scope, actor: str, now: datetime) -> int:
    """Tell whose sessions were just booked by others; how many they are."""
    booked = [one.session_id for one in days if one.state == "free" and one.session_id is not None]
    tell_of_series(booked, scope=scope, actor=actor, now=now)
    return len(booked)


def _booked(series: SeriesInfo, one: SeriesDay, *, actor: str, now: datetime) -> SeriesDay:
    """Book that day if it is free; a feature above may say that it is not."""
    if one.single and one.session_id is not None:
        adopt(db.session.get_one(PlannedSession, one.session_id), series.id)
    if one.state != "free" or one.slot_id is None:
        return one
    wanted = Booking(slot_id=one.slot_id, organisation_id=series.organisation.id, by_manager=False, now=now)
    try:
        for may_book in before_booking:
            may_book(wanted)
    except Refused as why:
        return replace(one, state="refused", why=why)
    return replace(one, session_id=_book(series, one.slot_id, actor=actor, now=now))


def hold_series(bureau_id: int, series: SeriesInfo) -> None:
    """Nobody closes one of the slots meanwhile, and whoever books for the organisation waits: slots first, then offers,
    as every booking holds them.
    """
    open_ = select(Round.id).where(Round.bureau_id == bureau_id, Round.phase != "closed")
    of_seat = (Slot.room_id == series.seat.room_id, Slot.seat == series.seat.number, Slot.starts == series.starts)
    slots = select(Slot.id).where(Slot.round_id.in_(open_), *of_seat).order_by(Slot.id)
    db.session.execute(slots.with_for_update(read=True))
    offers = select(Offer.id).where(Offer.round_id.in_(open_), Offer.organisation_id == series.organisation.id)
    held = offers.order_by(Offer.id).with_for_update()
    db.session.execute(held.execution_options(**EVERY_ORGANISATION.options()))


def adopt(session: PlannedSession, series_id: int) -> None:
    """From now on the session is one of the series; it stays where it is and gives what it gives."""
    session.series_id, session.pinned = series_id, True
    if session.origin == "solver":
        session.origin = "coordinator"
    db.session.flush()


def _book(series: SeriesInfo, slot_id: int, *, actor: str, now: datetime) -> int:
    slot = db.session.get_one(Slot, slot_id)
    row = PlannedSession(
        slot_id=slot.id,
        organisation_id=series.organisation.id,
        worker_id=series.worker_id,
        series_id=series.id,
        state="booked",
        origin="coordinator",
        pinned=True,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        created_at=now,
        changed_at=now,
        services=_services(one.code for one in series.services),
        languages=_languages(one.tag for one in series.languages),
    )
    db.session.add(row)
    db.session.flush()
    after = {"slot": slot_id, "series": series.id}
    audit.record("session.booked", f"session:{row.uid}", actor=actor, now=now, after=after)
    return row.id


def _services(codes: Iterable[str]) -> list[Any]:
    wanted = set(codes)
    return [row for row in catalogue.services() if row.code in wanted]


def _languages(tags: Iterable[str]) -> list[Any]:
    wanted = set(tags)
    return [row for tag, row in catalogue.languages_by_tag().items() if tag in wanted]


def to_come(
    series_id: int, *, now: datetime, after: date = date.min, week_of: date | None = None
) -> list[PlannedSession]:
    """The sessions of the series that have not begun: those after a day, or that of one day's week, within which it may
    have been moved; with slot and what is given.
    """
    if week_of is None:
        when = Slot.day > after
    else:
        when = Slot.day.between(rules.day_meant(1, week_of), rules.day_meant(7, week_of))
    of_series = (PlannedSession.series_id == series_id, PlannedSession.state.in_(LIVE[:2]))
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .where(*of_series, PlannedSession.starts_at > now, when)
        .options(joinedload(PlannedSession.slot), *given_in_session())
        .order_by(PlannedSession.id)
    )
    return list(db.session.scalars(statement))


def give_back(session: PlannedSession, why: str, *, scope: Scope, actor: str, now: datetime) -> None:
    """Give back a session of a series; cover is sought as is usual."""
    cover_from = booking_rules.usual_cover_from(session.starts_at, now=now)
    release_row(session, why, cover_from=cover_from, actor=actor, now=now)
    tell_of_session(session.id, RELEASED, scope=scope, actor=actor, now=now)
