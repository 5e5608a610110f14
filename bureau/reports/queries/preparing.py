"""Reports that are being prepared, and those that are prepared and wait to be published."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bureau.kernel.clock import local_date
from bureau.kernel.database import db
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.kernel.outliving import is_lost, is_silent, silent
from bureau.organisations import queries as places
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import Table
from bureau.reports.domain.preparing import FoundKind, Preparation
from bureau.reports.domain.release import Release
from bureau.reports.models import ReportPreparation
from bureau.reports.protecting.task import Outcome

from .frames import frame_of
from .reports import earlier_releases, find_report, get_series, plan_of, report_in
from .tasks import code_of, mark_now

_LIGHT = (
    ReportPreparation.id, ReportPreparation.month, ReportPreparation.state, ReportPreparation.attempt,
    ReportPreparation.done, ReportPreparation.total, ReportPreparation.started_at, ReportPreparation.heard_at,
    ReportPreparation.finished_at,
)  # fmt: skip


def preparations_of(bureau_id: int, *, now: datetime) -> dict[str, Preparation]:
    """How far each preparation of the bureau is, by month, without what came of it."""
    rows = db.session.execute(select(*_LIGHT).where(ReportPreparation.bureau_id == bureau_id))
    return {row.month: _preparation(row, now) for row in rows}


def find_preparation(bureau_id: int, month: str, *, now: datetime) -> Preparation | None:
    """How far the preparation of the month is; where nothing could be published, what kinds of things were found."""
    row = preparation_row(bureau_id, month)
    if row is None:
        return None
    outcome = row.outcome or {}
    kinds = Counter(kind for kind, _ in outcome.get("found", ()))
    return replace(
        _preparation(row, now), unproven=outcome.get("unproven", 0),
        found=tuple(FoundKind(kind=kind, number=number) for kind, number in sorted(kinds.items())),
    )  # fmt: skip


def preparation_row(bureau_id: int, month: str) -> ReportPreparation | None:
    """The row itself."""
    here = (ReportPreparation.bureau_id == bureau_id, ReportPreparation.month == month)
    return db.session.scalar(select(ReportPreparation).where(*here))


def _preparation(row: Any, now: datetime) -> Preparation:
    running = row.state == "running"
    lost = running and is_lost(row.heard_at, now=now)
    return Preparation(
        id=row.id, month=row.month, state="failed" if lost else row.state, attempt=row.attempt, done=row.done,
        total=row.total, started_at=row.started_at, finished_at=row.finished_at,
        interrupted=running and is_silent(row.heard_at, now=now),
    )  # fmt: skip


def silent_preparations(*, now: datetime) -> tuple[tuple[int, int], ...]:
    """The preparations, of any bureau, that gave no sign of life for too long: id and attempt."""
    return silent(ReportPreparation, now=now)


def outcome_of(bureau_id: int, month: str) -> Outcome | None:
    """What came of the preparation, if there is one that may be published."""
    row = preparation_row(bureau_id, month)
    return None if row is None or row.state != "ready" or row.outcome is None else Outcome.from_json(row.outcome)


def is_current(bureau: str, month: str, *, now: datetime) -> bool:
    """Whether the prepared report would come out the same if it were prepared now."""
    row = preparation_row(places.get_bureau(bureau).id, month)
    if row is None or row.state != "ready":
        return False
    try:
        return row.mark == mark_now(bureau, Month.parse(month), now=now)
    except Refused:  # a month was opened, or another series begun: whatever it is, it is not what was prepared
        return False


def prepared_report(bureau_id: int, month: str, *, on: date | None = None) -> Report | None:
    """The report of a month as it would be published now (or that day); None where it is not prepared.

    Its words and noted figures are those of today, its numbers those that were protected and attacked.
    """
    row = preparation_row(bureau_id, month)
    if row is None or row.state != "ready" or row.outcome is None:
        return None
    place = places.get_bureau(code_of(bureau_id))
    day = on or local_date(row.finished_at or row.heard_at, place.timezone)
    release = Release.from_json(row.outcome["release"])
    earlier = earlier_releases(bureau_id, month, since=str(Month.parse(month).shifted(-12)))
    return report_in(month, frame_of(place.code, month, on=day), release, earlier, find_report(bureau_id, month))


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a month was protected: counts that were attacked, draws of the rounding, tables that had to go.

    ``narrowest``: how many numbers a reader cannot tell apart for the count that is known best; None where nobody noted it.
    """

    attacked: int
    salt: int
    given_up: tuple[Table, ...]
    narrowest: int | None = None


def how_protected(bureau_id: int, month: str) -> How | None:
    """The same for a month that is prepared or published."""
    prepared, shown = preparation_row(bureau_id, month), find_report(bureau_id, month)
    told = (prepared.outcome if prepared and prepared.state == "ready" else None) or (shown.private if shown else None)
    series = get_series(bureau_id)
    if told is None or series is None:
        return None
    tables = {one.id: one for one in plan_of(series, int(month[:4])).tables}
    return How(
        attacked=told["protected"], salt=told["salt"], narrowest=told.get("narrowest"),
        given_up=tuple(tables[name] for name in told["given_up"] if name in tables),
    )  # fmt: skip
