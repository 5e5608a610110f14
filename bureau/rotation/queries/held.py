"""The sessions of months, for figures and reports."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from bureau.kernel.database import Scope, db
from bureau.kernel.month import Month
from bureau.rotation.domain.held import SessionOfMonth, state_told
from bureau.rotation.models.counting import counted_sessions, facts_of, languages_of, services_of


def sessions_of_months(bureau_id: int, months: Iterable[Month], *, now: datetime, scope: Scope) -> list[SessionOfMonth]:
    """The sessions that were planned in published months, within the scope; cancelled ones are the bureau's own doing.

    Three statements, however many sessions.
    """
    counted = counted_sessions(bureau_id, map(str, months), scope)
    given, spoken = _by_session(services_of(counted)), _by_session(languages_of(counted))
    return [_session(row, given[row.id], spoken[row.id], now) for row in db.session.execute(facts_of(counted))]


def _by_session(statement: Select[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, code in db.session.execute(statement):
        found[session_id].append(code)
    return found


def _session(row: Any, services: Iterable[str], languages: Iterable[str], now: datetime) -> SessionOfMonth:
    return SessionOfMonth(
        id=row.id,
        month=Month.parse(row.month),
        day=row.day,
        starts=row.starts,
        minutes=round((row.ends_at - row.starts_at).total_seconds() / 60),
        organisation=row.organisation,
        services=tuple(services),
        languages=tuple(languages),
        state=state_told(row.state, row.ends_at, now=now),
    )
