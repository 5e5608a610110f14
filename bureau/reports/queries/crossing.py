"""Tables for insiders: an organisation its own log, exactly; the manager that of the whole bureau, told in fives."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports.domain.crossing import NEED, Asked, Crossed, crossed
from bureau.reports.domain.plan import FACTS
from bureau.reports.domain.release import Release
from bureau.reports.domain.tabulating import Record
from bureau.reports.domain.told_log import told_in_fives
from bureau.reports.models import MonthReport

from .figures import BANDS, people_of, sessions_of
from .reports import get_series


def own_table(bureau_id: int, asked: Asked, *, scope: Scope, now: datetime) -> Crossed:
    """What an organisation asks of its own log."""
    return crossed(_records(bureau_id, asked, asked.months, scope, now), asked, _needs(), _order())


def whole_table(bureau_id: int, asked: Asked, *, now: datetime) -> Crossed:
    """What the manager asks of every organisation's log together, in fives; only of months whose rounded report is public."""
    return crossed(_told(bureau_id, asked, now), asked, _needs(), _order())


def told_months(bureau_id: int) -> tuple[Month, ...]:
    """The months of which the whole bureau can be told: those whose rounded report is public, withdrawn ones too."""
    months = db.session.scalars(select(MonthReport.month).where(*_rounded(bureau_id)).order_by(MonthReport.month))
    return tuple(map(Month.parse, months))


def _told(bureau_id: int, asked: Asked, now: datetime) -> list[Record]:
    among = MonthReport.month.in_([str(month) for month in asked.months])
    documents = db.session.scalars(select(MonthReport.release).where(*_rounded(bureau_id), among))
    releases = {Month.parse(document["id"]): Release.from_json(document) for document in documents if document}
    series = get_series(bureau_id)
    if series is None or not releases:
        return []
    by_month: defaultdict[Month, list[Record]] = defaultdict(list)
    for one in _records(bureau_id, asked, sorted(releases), EVERY_ORGANISATION, now):
        by_month[Month.parse(one.at.time_period)].append(one)
    told = (told_in_fives(by_month[month], release, series.secret) for month, release in releases.items())
    return [one for month in told for one in month]


def _records(bureau_id: int, asked: Asked, months: Sequence[Month], scope: Scope, now: datetime) -> list[Record]:
    """What is counted by the measure that is asked for."""
    if asked.measure in FACTS:
        found = sessions_of(bureau_id, months, now=now, scope=scope)
    else:
        found = iter(people_of(bureau_id, months, scope=scope))
    return [one for one in found if one.at.measure == asked.measure]


def _rounded(bureau_id: int) -> tuple[ColumnElement[bool], ...]:
    method = MonthReport.release["method"].as_string()
    return (MonthReport.bureau_id == bureau_id, MonthReport.published_at.is_not(None), method == "rounding")


def _needs() -> Mapping[str, str]:
    """The need of each service."""
    return {one.code: one.category.code for one in catalogue.services()}


def _order() -> Mapping[str, Sequence[str]]:
    return {
        NEED: [one.code for one in catalogue.categories()],
        "SERVICE": [one.code for one in catalogue.services()],
        "LANGUAGE": list(catalogue.languages_by_tag()),
        "ORGANISATION": [one.code for one in places.organisations()],
        "STATUS": [one.code for one in catalogue.status_groups()],
        **BANDS,
    }
