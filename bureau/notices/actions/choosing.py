"""How a person wants to be told."""

from sqlalchemy.exc import IntegrityError

from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Stale
from bureau.notices.domain.timing import Choice
from bureau.notices.models import NoticeChoice


def choose(person_id: int, choice: Choice) -> None:
    """Keep what the person chose, who had ``choice.version`` before them (Stale)."""
    try:
        with transaction():
            row = db.session.get(NoticeChoice, person_id)
            if row is None:
                row = NoticeChoice(person_id=person_id)
                db.session.add(row)
            else:
                row.expect(choice.version)
            row.digest, row.hour, row.at_once = choice.digest, choice.hour, choice.at_once
    except IntegrityError as error:  # chosen for the first time in two windows at once
        raise Stale from error
