"""Saying whether a session took place."""

from datetime import datetime

from sqlalchemy import select

from bureau.kernel import audit
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.text import clean_text
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.domain import delivery as rules
from bureau.rotation.models import PlannedSession
from bureau.rotation.queries.delivery import over_and_booked

from .rows import get_session

AT_A_TIME = 500


def mark_held(*, actor: str, now: datetime) -> int:
    """Booked sessions that are over took place, unless somebody says otherwise; how many. Again it finds nothing."""
    marked = 0
    while numbers := over_and_booked(now)[:AT_A_TIME]:
        with transaction():
            rows = select(PlannedSession).where(PlannedSession.id.in_(numbers)).order_by(PlannedSession.id)
            over = [
                row
                for row in db.session.scalars(rows.with_for_update())
                if rules.is_held(row.state, row.ends_at, now=now)
            ]
            for row in over:
                row.state = "held"
            marked += len(over)
            audit.record("sessions.held", "sessions:over", actor=actor, now=now, after={"sessions": len(over)})
    return marked


def say_missed(
    bureau: str, session_id: int, *, because: str, words: str, version: int, scope: Scope, actor: str, now: datetime
) -> None:
    """The session did not take place (Invalid, ReasonNeeded, SessionNotOver, SessionOver, MonthClosed, Stale)."""
    said = clean_text(words)
    rules.ensure_because(because, said)
    ensure_no_resident(said, bureau, field="words", now=now)
    _say(bureau, session_id, ("missed", because, said), version=version, scope=scope, actor=actor, now=now)


def say_held(bureau: str, session_id: int, *, version: int, scope: Scope, actor: str, now: datetime) -> None:
    """The session took place after all (SessionNotOver, SessionOver, MonthClosed, Stale)."""
    _say(bureau, session_id, ("held", None, ""), version=version, scope=scope, actor=actor, now=now)


def _say(
    bureau: str,
    session_id: int,
    outcome: tuple[str, str | None, str],
    *,
    version: int,
    scope: Scope,
    actor: str,
    now: datetime,
) -> None:
    with transaction():
        row = get_session(bureau, session_id, scope)
        rules.ensure_may_say(row.state, row.ends_at, row.slot.round.phase, now=now)
        row.expect(version)
        before = {"state": row.state, "missed_for": row.missed_for}
        row.state, row.missed_for, row.reason = outcome
        after = {"state": row.state, "missed_for": row.missed_for}
        audit.record("session.went", f"session:{row.uid}", actor=actor, now=now, before=before, after=after)
