"""Tables for insiders: an organisation its own log, exactly; the manager that of the whole bureau, told in fives."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports.domain.crossing import NEED, Asked, Crossed, crossed
from bureau.reports.domain.tabulating import Record
from bureau.reports.domain.told_log import told_in_fives
from bureau.servicelog.queries.ground import closed_months

from .figures import BANDS, records_of
from .reports import get_series


def own_table(bureau_id: int, asked: Asked, *, scope: Scope, now: datetime) -> Crossed:
    """What an organisation asks of its own log."""
    records = records_of(bureau_id, asked.months, now=now, scope=scope)
    return crossed(records, asked, _needs(), _order())


def whole_table(bureau_id: int, asked: Asked, *, now: datetime) -> Crossed:
    """What the manager asks of every organisation's log together, in fives; of closed months only, which never change."""
    return crossed(_told(bureau_id, asked.months, now), asked, _needs(), _order())


def _told(bureau_id: int, months: Sequence[Month], now: datetime) -> list[Record]:
    series, closed = get_series(bureau_id), closed_months(bureau_id)
    told = [month for month in months if month in closed]
    if series is None or not told:
        return []
    records = records_of(bureau_id, told, now=now, scope=EVERY_ORGANISATION)
    by_month: dict[str, list[Record]] = {}
    for one in records:
        by_month.setdefault(one.at.time_period, []).append(one)
    return [one for month in by_month.values() for one in told_in_fives(month, _needs(), series.secret)]


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
