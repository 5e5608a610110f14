"""What is protected and attacked for a month, read from the log as it is now; true numbers, in memory only."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports.domain.plan_text import plan_to_json
from bureau.reports.domain.release import Release
from bureau.reports.domain.series import MonthNotClosed, ReportPublished, ensure_can_be_published
from bureau.reports.models import ReportSeries
from bureau.reports.protecting.task import Task
from bureau.servicelog.queries.months import is_closed

from .figures import dimensions_of, records_of
from .reports import earlier_releases, plan_of, published_months, ready_of


def task_of(bureau: str, month: Month, *, now: datetime) -> Task:
    """All that the month's report is made from (ReportPublished, MonthNotClosed, MonthsMissing)."""
    ensure_can_be_prepared(bureau, month)
    earlier = earlier_releases(places.get_bureau(bureau).id, str(month))
    return figures_of(bureau, month, earlier=tuple(one for one in earlier if one.id < str(month)), now=now)


def ensure_can_be_prepared(bureau: str, month: Month) -> None:
    """Refuse (ReportPublished, MonthNotClosed, MonthsMissing) what cannot be published whatever comes of it."""
    place = places.get_bureau(bureau)
    series = db.session.get_one(ReportSeries, place.id)
    if str(month) in published_months(place.id):
        raise ReportPublished(month=str(month))
    ensure_can_be_published(ready_of(series, month, place.languages), str(month))


def ensure_closed(bureau: str, month: Month) -> None:
    """Refuse (MonthNotClosed) a month in which something may still be counted."""
    if not is_closed(places.get_bureau(bureau).id, month):
        raise MonthNotClosed(month=str(month))


def code_of(bureau_id: int) -> str:
    """The code of a bureau."""
    return next(one.code for one in places.bureaux() if one.id == bureau_id)


def figures_of(bureau: str, month: Month, *, earlier: tuple[Release, ...] = (), now: datetime) -> Task:
    """The same of a month that may be published already: its true figures, and the plan that they are shown by."""
    place = places.get_bureau(bureau)
    series = db.session.get_one(ReportSeries, place.id)
    return Task(
        month=str(month), since=series.since, plan=plan_of(series, month.year),
        dimensions=dimensions_of(place.id, month.year, place.languages),
        records=tuple(records_of(place.id, list(_months(Month.parse(series.since), month)), now=now)),
        earlier=earlier, secret=series.secret,
    )  # fmt: skip


def mark_now(bureau: str, month: Month, *, now: datetime) -> str:
    """The fingerprint of what ``task_of`` gives, without reading what is published (the same refusals)."""
    ensure_can_be_prepared(bureau, month)
    published = published_months(places.get_bureau(bureau).id)
    return _mark(figures_of(bureau, month, now=now), [one for one in published if one < str(month)])


def mark_of(task: Task) -> str:
    """A fingerprint of all that the task is made from; earlier releases never change, so that their names are enough."""
    return _mark(task, [one.id for one in task.earlier])


def _mark(task: Task, earlier: Sequence[str]) -> str:
    counted: Counter[tuple[str, ...]] = Counter()
    for one in task.records:
        counted[tuple(one.at)] += one.number
    document = {
        "month": task.month, "since": task.since, "plan": plan_to_json(task.plan),
        "dimensions": {
            name: [[one.code, one.parent, dict(one.labels)] for one in dimension.codes]
            for name, dimension in task.dimensions.items()
        },
        "records": sorted([*at, number] for at, number in counted.items() if number),
        "earlier": sorted(earlier),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first = first.shifted(1)
