"""What became of the sessions of a month."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import Scope, db
from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries as places
from bureau.rotation.domain.board import SessionDetail
from bureau.rotation.domain.delivery import Delivery, Happened, Line, tally
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, PlannedSession, Slot
from bureau.rotation.models.loading import given_in_session

from .mine import detail_of_session, sessions_at


def over_and_booked(now: datetime) -> Sequence[int]:
    """The sessions that are over and of which nobody has said yet that they took place."""
    over = (PlannedSession.state == "booked", PlannedSession.ends_at <= now)
    return db.session.scalars(select(PlannedSession.id).where(*over).order_by(PlannedSession.id)).all()


def delivery_of(round_: RoundInfo, *, organisation: str | None, scope: Scope, now: datetime) -> Delivery:
    """How the month went: for the manager by every organisation, for others their own; by service, everybody's.

    ``organisation``: whose sessions are listed; for others than the manager it is theirs.
    """
    happened = _happened(round_)
    names = {row.code: row.name for row in places.organisations() if scope.covers(row.id)}
    chosen = {row.id: row for row in places.organisations() if row.code in (organisation, *_only(names, scope))}
    listed = next((number for number in chosen if scope.covers(number)), None)
    services = {row.code: row.name for row in catalogue.services()}
    return Delivery(
        round=round_,
        total=tally(happened),
        organisations=_lines(names, happened, lambda one: (one.organisation,)),
        services=_lines(services, happened, lambda one: one.services),
        sessions=() if listed is None else _over(round_, listed, scope, now=now),
        whose=None if listed is None else chosen[listed].name,
    )


def _only(names: Collection[str], scope: Scope) -> tuple[str, ...]:
    """The one organisation of the scope, where it has only one."""
    return () if scope.organisation_id is None else tuple(names)


def _happened(round_: RoundInfo) -> list[Happened]:
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .where(Slot.round_id == round_.id, PlannedSession.state.in_((*LIVE, "released")))
        .options(joinedload(PlannedSession.organisation), *given_in_session())
    )
    return [
        Happened(organisation=row.organisation.code, services=tuple(one.code for one in row.services), state=row.state)
        for row in db.session.scalars(statement)
    ]


def _lines(
    names: dict[str, LocalisedText], happened: Sequence[Happened], of: Callable[[Happened], Iterable[str]]
) -> tuple[Line, ...]:
    """A line for everybody, or everything, that had a session planned or gave one back, in the catalogue's order."""
    found = ((code, name, [one for one in happened if code in of(one)]) for code, name in names.items())
    return tuple(Line(code=code, name=name, tally=tally(theirs)) for code, name, theirs in found if theirs)


def _over(round_: RoundInfo, organisation_id: int, scope: Scope, *, now: datetime) -> tuple[SessionDetail, ...]:
    of_month = (Slot.round_id == round_.id, PlannedSession.organisation_id == organisation_id)
    over = (PlannedSession.ends_at <= now,)
    statement = sessions_at(round_.bureau).join(PlannedSession.slot).where(*of_month, *over)
    return tuple(detail_of_session(row, scope) for row in reversed(db.session.scalars(statement).all()))
