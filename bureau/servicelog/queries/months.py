"""A month of the log: what it comes to, its entries, who has signed it off."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog.domain.figures import Counted, Figures, figures_of
from bureau.servicelog.models import LogEntry, MonthSignOff

from .ground import closed_months

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry with what became of it: ``taken_back`` if another row takes it back, ``corrects`` if it stands for one."""

    row: Any
    service: Any
    language: Any
    organisation: Any
    taken_back: str | None


def figures_in(bureau_id: int, month: Month, *, scope: Scope) -> Figures:
    """What counts in that month within the scope; one statement, whatever the log holds."""
    columns = (LogEntry.organisation_id, LogEntry.service_id, LogEntry.language_tag, LogEntry.kind)
    statement = (
        select(*columns, func.sum(LogEntry.number).label("number"))
        .where(LogEntry.bureau_id == bureau_id, LogEntry.month == str(month))
        .group_by(*columns)
    )
    services = {row.id: row.code for row in catalogue.services()}
    owners = {row.id: row.code for row in places.organisations()}
    return figures_of(
        Counted(
            organisation=owners[row.organisation_id], service=services[row.service_id], language=row.language_tag,
            kind=row.kind, number=row.number,
        )
        for row in db.session.execute(statement, execution_options=scope.options())
    )  # fmt: skip


def entries_in(bureau_id: int, month: Month, *, scope: Scope, page: int = 0) -> tuple[list[Line], bool]:
    """A page of the entries that count in that month, the latest first, and whether there are more."""
    statement = (
        _lines()
        .where(LogEntry.bureau_id == bureau_id, LogEntry.month == str(month), LogEntry.number > 0)
        .order_by(LogEntry.day.desc(), LogEntry.id.desc())
        .limit(PAGE + 1)
        .offset(PAGE * page)
    )
    lines = _named(db.session.execute(statement, execution_options=scope.options()).all())
    return lines[:PAGE], len(lines) > PAGE


def get_line(bureau_id: int, entry_id: int, *, scope: Scope) -> Line:
    """One entry that counts something; NotFound outside the scope."""
    statement = _lines().where(LogEntry.bureau_id == bureau_id, LogEntry.id == entry_id, LogEntry.number > 0)
    lines = _named(db.session.execute(statement, execution_options=scope.options()).all())
    if not lines:
        raise NotFound
    return lines[0]


def signed_off(bureau_id: int, month: Month) -> frozenset[int]:
    """The organisations that have signed the month off."""
    statement = select(MonthSignOff.organisation_id).where(
        MonthSignOff.bureau_id == bureau_id, MonthSignOff.month == str(month)
    )
    return frozenset(db.session.scalars(statement, execution_options=EVERY_ORGANISATION.options()))


def signed_off_by_month(bureau_id: int) -> dict[Month, frozenset[int]]:
    """The organisations that have signed off, for each month that any has."""
    statement = select(MonthSignOff.month, MonthSignOff.organisation_id).where(MonthSignOff.bureau_id == bureau_id)
    found: dict[Month, set[int]] = {}
    for row in db.session.execute(statement, execution_options=EVERY_ORGANISATION.options()):
        found.setdefault(Month.parse(row.month), set()).add(row.organisation_id)
    return {month: frozenset(signed) for month, signed in found.items()}


def is_closed(bureau_id: int, month: Month) -> bool:
    """Whether nothing counts in the month any more."""
    return month in closed_months(bureau_id)


def _lines() -> Any:
    back = aliased(LogEntry)
    taken_back = select(back.reason).where(back.corrects_id == LogEntry.id, back.number < 0).scalar_subquery()
    return select(LogEntry, taken_back.label("taken_back"))


def _named(rows: Any) -> list[Line]:
    services = {row.id: row for row in catalogue.services()}
    languages = catalogue.languages_by_tag()
    owners = {row.id: row for row in places.organisations()}
    return [
        Line(
            row=row, service=services[row.service_id], language=languages[row.language_tag],
            organisation=owners[row.organisation_id], taken_back=taken_back,
        )
        for row, taken_back in rows
    ]  # fmt: skip
