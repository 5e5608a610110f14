"""Who did what with the report of a month: the audit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bureau.accounts.queries import names_of_people
from bureau.kernel.audit import AuditEntry
from bureau.kernel.database import db

MOST = 50
"""So many deeds are told, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that was done: when, by whom (a name, or the command or job that did it)."""

    at: datetime
    who: str
    what: str


def deeds_of(bureau: str, month: str) -> list[Deed]:
    """What was done with the report of the month and to close its log, the latest first."""
    things = (f"report:{bureau}/{month}", f"log:{bureau}/{month}")
    statement = select(AuditEntry).where(AuditEntry.thing.in_(things)).order_by(AuditEntry.id.desc()).limit(MOST)
    rows = db.session.scalars(statement).all()
    names = names_of_people({int(row.actor) for row in rows if row.actor.isdecimal()})
    return [
        Deed(at=row.at, what=row.action, who=names.get(int(row.actor), "–") if row.actor.isdecimal() else row.actor)
        for row in rows
    ]
