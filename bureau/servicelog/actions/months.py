"""Signing a month off, and closing it."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import Scope, broken_constraint, db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog.domain.entries import LogClosed, ensure_over
from bureau.servicelog.models import LogClose, MonthSignOff
from bureau.servicelog.queries.ground import closed_months, held_ground


def sign_off(
    bureau: str, organisation: str, month: str, *, scope: Scope, person_id: int, actor: str, now: datetime
) -> None:
    """Say for an organisation that its month is complete (NotFound, LogClosed, MonthNotOver); twice is once."""
    wanted = Month.parse(month)
    try:
        with transaction() as session:
            ground = held_ground(bureau)
            owner = places.get_partner_id(ground.bureau_id, organisation)
            if not scope.covers(owner):
                raise NotFound
            if wanted in ground.closed:
                raise LogClosed(month=month)
            ensure_over(wanted, today=local_date(now, ground.timezone))
            session.add(
                MonthSignOff(
                    bureau_id=ground.bureau_id,
                    organisation_id=owner,
                    month=month,
                    signed_by_id=person_id,
                    signed_at=now,
                )
            )
            audit.record("month.signed_off", f"log:{bureau}/{month}/{organisation}", actor=actor, now=now)
    except IntegrityError as error:
        if "month_sign_off" not in broken_constraint(error):
            raise  # else somebody signed it off a moment before


def withdraw_sign_off(bureau: str, organisation: str, month: str, *, scope: Scope, actor: str, now: datetime) -> None:
    """Take the word back while the month is not closed (NotFound, LogClosed)."""
    wanted = Month.parse(month)
    with transaction():
        ground = held_ground(bureau)
        owner = places.get_partner_id(ground.bureau_id, organisation)
        if not scope.covers(owner):
            raise NotFound
        if wanted in ground.closed:
            raise LogClosed(month=month)
        mine = (MonthSignOff.bureau_id == ground.bureau_id, MonthSignOff.organisation_id == owner)
        db.session.execute(
            delete(MonthSignOff).where(*mine, MonthSignOff.month == month), execution_options=scope.options()
        )
        audit.record("month.sign_off_withdrawn", f"log:{bureau}/{month}/{organisation}", actor=actor, now=now)


def close_month(bureau: str, month: str, *, actor: str, now: datetime) -> None:
    """Close the month's log: what is entered later counts in the first month still open (LogClosed, MonthNotOver)."""
    wanted = Month.parse(month)
    with transaction() as session:
        place = places.hold_bureau(bureau)
        if wanted in closed_months(place.id):
            raise LogClosed(month=month)
        ensure_over(wanted, today=local_date(now, place.timezone))
        session.add(LogClose(bureau_id=place.id, month=month, closed_at=now))
        audit.record("month.closed", f"log:{bureau}/{month}", actor=actor, now=now)
