"""What is to be published, and whether the database answers."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bureau.kernel.database import db
from bureau.organisations.queries import bureaux, get_bureau
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.rotation.queries import newest_programme_mark, programmes_in_force


def published_programmes() -> list[ProgrammeDocument]:
    """The programmes in force of every bureau."""
    return [document for bureau in bureaux() for document in programmes_in_force(bureau.code)]


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
