"""Who changed what in a bureau's log: the audit, and who has counted. Of no entry what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select

from bureau.accounts.queries import names_of_people
from bureau.kernel.audit import AuditEntry
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog.models import LogEntry

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that was done: when, by whom (a name, or the command or job that did it), for which organisation."""

    at: datetime
    who: str
    what: str
    organisation: Any
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Somebody has counted for an organisation, and when for the last time; how much is told in the figures, in fives."""

    organisation: Any
    who: str
    last: datetime


def deeds_in(bureau: str, month: Month, *, page: int = 0) -> tuple[list[Deed], bool]:
    """A page of what was done to the bureau's log in that month, the latest first, and whether there is more."""
    zone = ZoneInfo(places.get_bureau(bureau).timezone)
    first, after = (datetime.combine(one.first, time(), zone) for one in (month, month.shifted(1)))
    statement = (
        select(AuditEntry)
        .where(AuditEntry.at >= first, AuditEntry.at < after, _of_log(bureau))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(PAGE + 1)
        .offset(PAGE * page)
    )
    rows = db.session.scalars(statement).all()
    return _worded(rows[:PAGE]), len(rows) > PAGE


def _of_log(bureau: str) -> Any:
    """Things are named ``log:<bureau>/…`` and ``referral:<bureau>/…``; "0" follows "/" in every order of letters."""
    below = [and_(AuditEntry.thing >= f"{kind}:{bureau}/", AuditEntry.thing < f"{kind}:{bureau}0") for kind in _KINDS]
    own = and_(AuditEntry.thing == f"bureau:{bureau}", AuditEntry.action == "log.kept_so")
    return or_(AuditEntry.thing == f"log:{bureau}", own, *below)


_KINDS = ("log", "referral")


def _worded(rows: Iterable[AuditEntry]) -> list[Deed]:
    rows = list(rows)
    names = names_of_people({int(row.actor) for row in rows if row.actor.isdecimal()})
    partners = places.organisations()
    owners = {row.id: row for row in partners} | {row.code: row for row in partners}
    return [
        Deed(at=row.at, who=_who(row.actor, names), what=row.action, organisation=owners.get(_owner(row)), reason=(row.after or {}).get("reason"))
        for row in rows
    ]  # fmt: skip


def _who(actor: str, names: dict[int, str]) -> str:
    return names.get(int(actor), "–") if actor.isdecimal() else actor


def _owner(row: AuditEntry) -> Any:
    """The organisation that a deed names: in what it says, or (months) at the end of what it was done to."""
    return (row.after or {}).get("organisation") or row.thing.rpartition("/")[2]


def counting_in(bureau_id: int, month: Month) -> list[Counting]:
    """Who has counted for whom in that month, by organisation; corrections are told apart from it."""
    columns = (LogEntry.organisation_id, LogEntry.logged_by_id)
    statement = (
        select(*columns, func.max(LogEntry.logged_at).label("last"))
        .where(LogEntry.bureau_id == bureau_id, LogEntry.month == str(month), LogEntry.corrects_id.is_(None))
        .group_by(*columns)
    )
    rows = db.session.execute(statement, execution_options=EVERY_ORGANISATION.options()).all()
    names = names_of_people({row.logged_by_id for row in rows if row.logged_by_id is not None})
    owners = {row.id: row for row in places.organisations()}
    found = [
        Counting(organisation=owners[row.organisation_id], who=names.get(row.logged_by_id, "–"), last=row.last)
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.organisation.code, one.who))


def last_change(thing: str, action: str) -> dict[str, Any]:
    """Who did that to the thing last, and when (``by`` and ``at``); nothing where nobody did."""
    statement = select(AuditEntry).where(AuditEntry.thing == thing, AuditEntry.action == action)
    row = db.session.scalar(statement.order_by(AuditEntry.id.desc()).limit(1))
    if row is None:
        return {}
    names = names_of_people([int(row.actor)] if row.actor.isdecimal() else [])
    return {"by": _who(row.actor, names), "at": row.at}
