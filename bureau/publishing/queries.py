"""What is to be published, and whether the database answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bureau.kernel.clock import local_date
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau
from bureau.reports.domain.public import PublicReport
from bureau.reports.queries import public_reports, report_marks
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.rotation.queries import get_round, next_programme, programme_marks, programmes_in_force


class ProgrammesInForce:
    """The programmes that are in force now, and the reports, read only as far as they are asked for."""

    def marks(self) -> Mapping[str, str]:
        """Each bureau with a text that changes whenever a programme or a report of it is published."""
        reports = report_marks()
        return {
            code: f"{mark} {reports[code]}" if code in reports else mark for code, mark in programme_marks().items()
        }

    def reports(self, bureau: str) -> Sequence[PublicReport]:
        """Its published reports."""
        return public_reports(bureau)

    def of(self, bureau: str) -> Sequence[ProgrammeDocument]:
        """Every programme of the bureau."""
        return programmes_in_force(bureau)

    def coming(self, bureau: str, *, zone: str, now: datetime) -> Sequence[ProgrammeDocument]:
        """At least those that the pages above all bureaux are made from: this month and later; all, where there is none."""
        return programmes_in_force(bureau, since=Month.of(local_date(now, zone))) or self.of(bureau)


def programmes_with_next(bureau: str, month: str, *, now: datetime) -> list[ProgrammeDocument]:
    """The programmes of one bureau as they would be if that month were published now; NotFound where it is not planned."""
    document, _ = next_programme(get_round(bureau, month), now=now)
    others = (one for one in programmes_in_force(bureau) if one.month != document.month)
    return [*others, document]


def check_bureau(code: str) -> None:
    """Refuse a code that is no bureau's."""
    get_bureau(code)


def database_answers() -> bool:
    """Whether the database can be asked at all."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
