"""What was counted today."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import Scope, db
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog.domain.desk import LoggedEntry
from bureau.servicelog.models import LogEntry


def entries_on(bureau_id: int, day: date, *, scope: Scope, most: int | None = None) -> list[LoggedEntry]:
    """What was counted on that day within the scope, the latest first; corrections are shown by what they correct."""
    back = aliased(LogEntry)
    taken_back = select(back.id).where(back.corrects_id == LogEntry.id, back.number < 0).exists()
    statement = (
        select(LogEntry, taken_back.label("taken_back"))
        .where(LogEntry.bureau_id == bureau_id, LogEntry.month >= str(Month.of(day)), LogEntry.day == day)
        .where(LogEntry.number > 0)
        .order_by(LogEntry.logged_at.desc(), LogEntry.id.desc())
        .limit(most)
    )
    return _named(db.session.execute(statement, execution_options=scope.options()).all())


def find_entry(bureau_id: int, ref: str, *, scope: Scope) -> LoggedEntry | None:
    """The entry of that ref, if it is within the scope."""
    back = aliased(LogEntry)
    taken_back = select(back.id).where(back.corrects_id == LogEntry.id, back.number < 0).exists()
    statement = select(LogEntry, taken_back.label("taken_back")).where(
        LogEntry.bureau_id == bureau_id, LogEntry.ref == ref
    )
    return next(iter(_named(db.session.execute(statement, execution_options=scope.options()).all())), None)


def counts_of_session(session_id: int, *, scope: Scope) -> dict[str, int]:
    """How often each service was given in a session, by code; groups by their attendances."""
    statement = (
        select(LogEntry.service_id, func.sum(LogEntry.number))
        .where(LogEntry.session_id == session_id, LogEntry.kind != "unmet")
        .group_by(LogEntry.service_id)
    )
    codes = {row.id: row.code for row in catalogue.services()}
    counted = db.session.execute(statement, execution_options=scope.options())
    return {codes[row[0]]: row[1] for row in counted if row[1]}


def _named(rows: Any) -> list[LoggedEntry]:
    if not rows:
        return []
    services = {row.id: row for row in catalogue.services()}
    languages = catalogue.languages_by_tag()
    owners = {row.id: row.code for row in places.organisations()}
    return [
        LoggedEntry(
            id=row.id, ref=row.ref, kind=row.kind, number=row.number, organisation=owners[row.organisation_id],
            service=services[row.service_id].name, service_code=services[row.service_id].code, language=row.language_tag,
            language_name=languages[row.language_tag].own_name, language_direction=languages[row.language_tag].direction,
            session_id=row.session_id, logged_at=row.logged_at, logged_by_id=row.logged_by_id, taken_back=taken_back,
        )
        for row, taken_back in rows
    ]  # fmt: skip
