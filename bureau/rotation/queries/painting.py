"""The little that must be known to keep a stroke of the brush."""

from collections.abc import Collection
from datetime import date, time
from functools import cache

from sqlalchemy import Select, bindparam, select

from bureau.kernel.database import Scope, db, lines
from bureau.rotation.domain.draft import Stroke
from bureau.rotation.models import Availability, Offer, OfferedWorker, Slot


def days_and_hours(round_id: int, days: Collection[date]) -> set[tuple[date, time]]:
    """When the blocks of these days of a round begin."""
    rows = lines(_beginnings(), {"round": round_id, "days": tuple(days)})
    return {(row.day, row.starts) for row in rows}


@cache
def _beginnings() -> Select[date, time]:
    of_days = (Slot.round_id == bindparam("round"), Slot.day.in_(bindparam("days", expanding=True)))
    return select(Slot.day, Slot.starts).where(*of_days).distinct()


def levels_answered(round_id: int, organisation_id: int, strokes: Collection[Stroke], scope: Scope) -> dict[str, str]:
    """What the answer in force says of the workers and days that were painted, by field."""
    touched = {
        "round": round_id, "organisation": organisation_id,
        "workers": tuple({one.worker_id for one in strokes}), "days": tuple({one.day for one in strokes}),
    }  # fmt: skip
    rows = db.session.execute(_levels(), touched, execution_options=scope.options())
    return {Stroke(*row).name: row.level for row in rows}


@cache
def _levels() -> Select[int, date, time, str]:
    columns = (OfferedWorker.worker_id, Availability.day, Availability.starts, Availability.level)
    return (
        select(*columns)
        .select_from(Offer)
        .join(Offer.workers)
        .join(OfferedWorker.availability)
        .where(
            Offer.round_id == bindparam("round"),
            Offer.organisation_id == bindparam("organisation"),
            OfferedWorker.worker_id.in_(bindparam("workers", expanding=True)),
            Availability.day.in_(bindparam("days", expanding=True)),
        )
    )
