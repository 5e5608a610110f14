"""What is to be published, and whether the database answers."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bureau.kernel.database import db
from bureau.organisations.queries import bureaux, get_bureau
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.rotation.queries import get_round, newest_programme_mark, next_programme, programmes_in_force


def published_programmes() -> list[ProgrammeDocument]:
    """The programmes in force of every bureau."""
    return [document for bureau in bureaux() for document in programmes_in_force(bureau.code)]


def programmes_with_next(bureau: str, month: str, *, now: datetime) -> list[ProgrammeDocument]:
    """The programmes of one bureau as they would be if that month were published now; NotFound where it is not planned."""
    document, _ = next_programme(get_round(bureau, month), now=now)
    others = (one for one in programmes_in_force(bureau) if one.month != document.month)
    return [*others, document]


def timezones() -> set[str]:
    """The zones of all bureaux: their days change at different instants."""
    return {bureau.timezone for bureau in bureaux()}


def publication_mark() -> str:
    """A text that changes with every publication of any programme."""
    return newest_programme_mark()


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
