"""What was counted, added up by the database: for figures, reports, and the demand of the next months."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog.domain.counts import Count
from bureau.servicelog.domain.telling import Line, Moment, Share
from bureau.servicelog.models import LogEntry

_ASKED = (
    LogEntry.interpretation, LogEntry.visit_kind, LogEntry.sex, LogEntry.age_band, LogEntry.waiting_band,
    LogEntry.outcome,
)  # fmt: skip


def counts(bureau_id: int, months: Iterable[Month], *, scope: Scope = EVERY_ORGANISATION) -> list[Count]:
    """What counts in those months, by everything that was asked; one statement, sorted, without what came to nothing.

    These are true numbers, mostly of 1 to 4: for computing only, never for showing. Consultations and wishes in vain
    count one each, groups their attendances; the three kinds are never added up. A month counts what its log says it
    counts: corrections made after it was closed stand in the month in which they were made, also as numbers below zero.
    Sessions, planned and held: ``bureau.rotation.queries.held.sessions_of_months``.
    """
    columns = (
        LogEntry.month, LogEntry.kind, LogEntry.organisation_id, LogEntry.service_id, LogEntry.language_tag,
        LogEntry.status_group_id, *_ASKED,
    )  # fmt: skip
    services = {row.id: row for row in catalogue.services()}
    owners = {row.id: row.code for row in places.organisations()}
    statuses = {row.id: row.code for row in catalogue.status_groups()}
    found = [
        Count(
            month=Month.parse(row.month), kind=row.kind, organisation=owners[row.organisation_id],
            service=services[row.service_id].code, category=services[row.service_id].category.code,
            language=row.language_tag, status=statuses.get(row.status_group_id), interpretation=row.interpretation,
            visit_kind=row.visit_kind, sex=row.sex, age_band=row.age_band, waiting_band=row.waiting_band,
            outcome=row.outcome, number=row.number,
        )
        for row in db.session.execute(_summed(bureau_id, months, *columns), execution_options=scope.options())
    ]  # fmt: skip
    return sorted(found, key=_order)


def _order(one: Count) -> tuple[str, ...]:
    said = (one.status, one.interpretation, one.visit_kind, one.sex, one.age_band, one.waiting_band, one.outcome)
    return (str(one.month), one.kind, one.organisation, one.service, one.language, *(word or "" for word in said))


def lines_of(bureau_id: int, months: Iterable[Month], *, scope: Scope) -> list[Line]:
    """What counts in those months, by kind, service and language; one statement."""
    statement = _summed(bureau_id, months, LogEntry.month, LogEntry.kind, LogEntry.service_id, LogEntry.language_tag)
    services = {row.id: row.code for row in catalogue.services()}
    return [
        Line(
            month=Month.parse(row.month), kind=row.kind, service=services[row.service_id], language=row.language_tag,
            number=row.number,
        )
        for row in db.session.execute(statement, execution_options=scope.options())
    ]  # fmt: skip


def shares_of(bureau_id: int, months: Iterable[Month], *, scope: Scope) -> list[Share]:
    """What counts in those months, by kind and organisation; one statement."""
    statement = _summed(bureau_id, months, LogEntry.month, LogEntry.kind, LogEntry.organisation_id)
    owners = {row.id: row.code for row in places.organisations()}
    return [
        Share(month=Month.parse(row.month), kind=row.kind, organisation=owners[row.organisation_id], number=row.number)
        for row in db.session.execute(statement, execution_options=scope.options())
    ]


def moments_of(bureau_id: int, months: Iterable[Month], *, scope: Scope) -> list[Moment]:
    """The consultations of those months by hour of the day and by how long people had waited; one statement."""
    statement = _summed(bureau_id, months, LogEntry.month, LogEntry.hour, LogEntry.waiting_band)
    statement = statement.where(LogEntry.kind == "consultation")
    return [
        Moment(month=Month.parse(row.month), hour=row.hour, waiting=row.waiting_band, number=row.number)
        for row in db.session.execute(statement, execution_options=scope.options())
    ]


def _summed(bureau_id: int, months: Iterable[Month], *columns: Any) -> Select[Any]:
    number = func.sum(LogEntry.number)
    return (
        select(*columns, number.label("number"))
        .where(LogEntry.bureau_id == bureau_id, LogEntry.month.in_([str(month) for month in months]))
        .group_by(*columns)
        .having(number != 0)
    )
