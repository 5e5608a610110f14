"""What an entry stands on: the bureau, what may be named, which months are closed, whose session it was."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog.domain.entries import Known
from bureau.servicelog.models import LogClose


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A bureau as its log sees it."""

    bureau_id: int
    timezone: str
    known: Known
    closed: frozenset[Month]


def held_ground(bureau: str) -> Ground:
    """The bureau of that code, held for the running transaction: no month of it is closed meanwhile (NotFound).

    Many hold it so at once.
    """
    return _ground(places.hold_bureau_as_it_is(bureau))


def ground_of(bureau: str) -> Ground:
    """The same, only looked at."""
    return _ground(places.get_bureau(bureau))


def _ground(place: Any) -> Ground:
    return Ground(bureau_id=place.id, timezone=place.timezone, known=known_codes(), closed=closed_months(place.id))


def known_codes() -> Known:
    """What can be counted: a service out of use too, as what happened before it was."""
    return Known(
        services={row.code: row.id for row in catalogue.services()},
        languages=frozenset(catalogue.languages_by_tag()),
        statuses={row.code: row.id for row in catalogue.status_groups()},
    )


def closed_months(bureau_id: int) -> frozenset[Month]:
    """The months in which nothing counts any more."""
    months = db.session.scalars(select(LogClose.month).where(LogClose.bureau_id == bureau_id))
    return frozenset(Month.parse(month) for month in months)
