"""The reports that residents read, for the pages of the site."""

from functools import cached_property, partial

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.organisations import queries as places
from bureau.reports.domain.document import Report
from bureau.reports.domain.public import PublicReport
from bureau.reports.domain.release import Release
from bureau.reports.models import MonthReport

from .reports import report_of

_PUBLIC = MonthReport.published_at.is_not(None)


def report_marks() -> dict[str, str]:
    """For each bureau with a published report, a text that changes with every report, correction and withdrawal."""
    statement = select(MonthReport.bureau_id, MonthReport.month, MonthReport.version).where(_PUBLIC)
    found: dict[int, list[str]] = {}
    for bureau_id, month, version in db.session.execute(statement.order_by(MonthReport.month)):
        found.setdefault(bureau_id, []).append(f"{month}.{version}")
    return {one.code: " ".join(found[one.id]) for one in places.bureaux() if one.id in found}


def public_reports(bureau: str) -> tuple[PublicReport, ...]:
    """The published reports of a bureau, oldest first, withdrawn ones too."""
    statement = select(MonthReport.bureau_id, MonthReport.month, MonthReport.version)
    here = MonthReport.bureau_id == places.get_bureau(bureau).id
    rows = db.session.execute(statement.where(here, _PUBLIC).order_by(MonthReport.month)).all()
    shelf = _Shelf([(row[0], row[1]) for row in rows])
    return tuple(
        PublicReport(month=month, mark=f"{month}.{version}", load=partial(shelf.report, month))
        for _, month, version in rows
    )


class _Shelf:
    """The reports of a bureau, each read once, however many pages in however many languages are made of it."""

    def __init__(self, months: list[tuple[int, str]]) -> None:
        self._months = months
        self._read: dict[str, Report] = {}

    def report(self, month: str) -> Report:
        """The report of a month that is among those of the shelf."""
        if month not in self._read:
            bureau_id = next(bureau for bureau, one in self._months if one == month)
            found = report_of(bureau_id, month, self._releases)
            if found is None:
                raise LookupError(f"the report of {month} was published and is gone")
            self._read[month] = found
        return self._read[month]

    @cached_property
    def _releases(self) -> tuple[Release, ...]:
        """All numbers of the bureau, which the reports of later months stand beside."""
        statement = select(MonthReport.release).where(MonthReport.bureau_id == self._months[0][0], _PUBLIC)
        documents = [document for document in db.session.scalars(statement) if document]
        return tuple(sorted(map(Release.from_json, documents), key=lambda one: one.order))
