"""Where the reports of a bureau stand, month by month, and what is due without anybody pressing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bureau.kernel.clock import local_date
from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports.domain.preparing import Preparation, Standing, is_time_to_remind
from bureau.reports.domain.series import missing_words, months_before
from bureau.reports.models import MonthReport, ReportPreparation, ReportSeries
from bureau.reports.site.numbers import strange_in_words
from bureau.servicelog.queries.ground import closed_months
from bureau.servicelog.queries.months import signed_off, signed_off_by_month

from .preparing import is_current, preparations_of, prepared_report
from .reports import get_series
from .tasks import code_of

_LIGHT = (
    MonthReport.month, MonthReport.state, MonthReport.summary, MonthReport.story, MonthReport.lessons,
    MonthReport.publish_at, MonthReport.published_at,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What the standing of any month of a bureau is told from."""

    bureau: str
    languages: list[str]
    timezone: str
    now: datetime
    since: Month | None
    closed: frozenset[Month]
    signed: dict[Month, frozenset[int]]
    partners: frozenset[int]
    rows: dict[str, Any]
    preparations: dict[str, Preparation]

    @property
    def published(self) -> list[str]:
        """The months whose numbers are public."""
        return [month for month, row in self.rows.items() if row.published_at is not None]

    def standing(self, month: Month) -> Standing:
        """Where the report of that month stands."""
        row, today = self.rows.get(str(month)), local_date(self.now, self.timezone)
        out = row.published_at if row else None
        return Standing(
            month=month, over=today >= month.last, closed=month in self.closed,
            unsigned=len(self.partners - self.signed.get(month, frozenset())),
            missing_words=missing_words(_texts(row), self.languages),
            months_before=tuple(map(Month.parse, months_before(month, self.since, self.published) if self.since else ())),
            preparation=None if out else self._preparation(month), publish_at=row.publish_at if row else None,
            published_on=local_date(out, self.timezone) if out else None,
            withdrawn=row is not None and row.state == "withdrawn",
        )  # fmt: skip

    def _preparation(self, month: Month) -> Preparation | None:
        found = self.preparations.get(str(month))
        if found is None or found.state != "ready":
            return found
        return replace(found, stale=not is_current(self.bureau, str(month), now=self.now))


def _texts(row: Any) -> list[LocalisedText]:
    return [row.summary, row.story, row.lessons] if row else [LocalisedText()]


def _ground(bureau: str, now: datetime) -> _Ground:
    place = places.get_bureau(bureau)
    series = get_series(place.id)
    rows = db.session.execute(select(*_LIGHT).where(MonthReport.bureau_id == place.id))
    return _Ground(
        bureau=bureau, languages=list(place.languages), timezone=place.timezone, now=now,
        since=Month.parse(series.since) if series else None, closed=closed_months(place.id),
        signed=signed_off_by_month(place.id), partners=frozenset(one.id for one in places.partners(place.id)),
        rows={row.month: row for row in rows}, preparations=preparations_of(place.id, now=now),
    )  # fmt: skip


def standing_of(bureau: str, month: str, *, now: datetime) -> Standing:
    """Where the report of a month stands, its words read through."""
    return _read_through(bureau, _ground(bureau, now).standing(Month.parse(month)))


def _read_through(bureau: str, found: Standing) -> Standing:
    if found.state not in ("prepared", "scheduled"):
        return found
    report = prepared_report(places.get_bureau(bureau).id, str(found.month))
    return replace(found, strange=report is not None and bool(strange_in_words(report)))


def standings(bureau: str, *, now: datetime) -> list[Standing]:
    """Where every report stands, the newest first: from the first month of the series, or the first that was closed."""
    ground = _ground(bureau, now)
    here = Month.of(local_date(now, ground.timezone))
    first = min({here.shifted(-1), *ground.closed} if ground.since is None else {here, ground.since, *ground.closed})
    return [_read_through(bureau, ground.standing(month)) for month in _back(here, first)]


def _back(last: Month, first: Month) -> Iterator[Month]:
    while last >= first:
        yield last
        last = last.shifted(-1)


def reports_due(*, now: datetime) -> list[tuple[str, str]]:
    """The reports, of any bureau, whose moment has come; one that is being prepared just now is waited for."""
    busy = (
        select(ReportPreparation.id)
        .where(
            ReportPreparation.bureau_id == MonthReport.bureau_id,
            ReportPreparation.month == MonthReport.month,
            ReportPreparation.state == "running",
        )
        .exists()
    )
    due = (MonthReport.publish_at <= now, MonthReport.published_at.is_(None), ~busy)
    statement = select(MonthReport.bureau_id, MonthReport.month).where(*due)
    rows = db.session.execute(statement.order_by(MonthReport.month, MonthReport.bureau_id)).all()
    return [(code_of(row.bureau_id), row.month) for row in rows]


def reminders_due(*, now: datetime) -> list[tuple[str, str]]:
    """The bureaux whose managers are to be reminded now, with the month: the last one, where it waits for somebody."""
    return [
        (bureau, str(month))
        for bureau, series, month in _time_to_act(now)
        if series.reminded_of != str(month) and _waits_for_somebody(bureau, series, month, now)
    ]


def _waits_for_somebody(bureau: str, series: ReportSeries, month: Month, now: datetime) -> bool:
    if _is_out(series.bureau_id, month):
        return False
    standing = standing_of(bureau, str(month), now=now)
    if standing.publish_at is not None:
        return not standing.green
    return not (series.publishes_itself and (standing.state == "preparing" or _step(standing)))


def by_themselves(*, now: datetime) -> list[tuple[str, str, str]]:
    """What bureaux wish to be done without anybody pressing: bureau, month, and whether to ``prepare`` or ``publish``."""
    found = []
    for bureau, series, latest in _time_to_act(now):
        if series.publishes_itself:
            waiting = [one for one in standings(bureau, now=now) if one.month <= latest and one.published_on is None]
            step = _step(waiting[-1]) if waiting else None
            if step is not None:
                found.append((bureau, str(waiting[-1].month), step))
    return found


def _step(standing: Standing) -> str | None:
    """What is done by itself for the earliest month that waits; a moment that a person chose is kept."""
    if standing.publish_at is not None:
        return None
    if standing.green:
        return "publish"
    return "prepare" if standing.state in ("closed", "changed") and not standing.months_before else None


def _time_to_act(now: datetime) -> Iterator[tuple[str, ReportSeries, Month]]:
    """Each bureau that reports and whose clock says that last month is due, with that month."""
    every = {one.id: one for one in places.bureaux()}
    for series in db.session.scalars(select(ReportSeries).order_by(ReportSeries.bureau_id)):
        place = every[series.bureau_id]
        local = now.astimezone(ZoneInfo(place.timezone))
        month = Month.of(local.date()).shifted(-1)
        if is_time_to_remind(local.date(), local.hour) and Month.parse(series.since) <= month:
            yield place.code, series, month


def _is_out(bureau_id: int, month: Month) -> bool:
    here = (MonthReport.bureau_id == bureau_id, MonthReport.month == str(month))
    return db.session.scalar(select(MonthReport.id).where(*here, MonthReport.published_at.is_not(None))) is not None


def unsigned_of(bureau_id: int, month: Month) -> list[Any]:
    """The organisations that have not said that their month is complete."""
    signed = signed_off(bureau_id, month)
    return [one for one in places.partners(bureau_id) if one.id not in signed]


def find_words(bureau_id: int, month: str) -> Any:
    """State, version, words and note of a month's report, without its numbers; None where it was not begun."""
    columns = (*_LIGHT, MonthReport.withdrawal, MonthReport.withdrawn_on, MonthReport.version)
    statement = select(*columns).where(MonthReport.bureau_id == bureau_id, MonthReport.month == month)
    return db.session.execute(statement).one_or_none()
