"""Notes beside entries: whether the bureau keeps any, what stands in them, and which words are nobody's name there."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import Scope, db
from bureau.organisations import queries as places
from bureau.servicelog.domain.privacy import Names
from bureau.servicelog.models import LogNote, LogSettings


def settings_of(bureau_id: int) -> LogSettings:
    """How the bureau keeps its log; without a row it keeps no notes."""
    return db.session.get(LogSettings, bureau_id) or LogSettings(
        bureau_id=bureau_id, notes=False, notes_days=30, version=0
    )


def notes_beside(entry_ids: Collection[int], *, scope: Scope) -> dict[int, LogNote]:
    """The notes beside those entries, within the scope."""
    statement = select(LogNote).where(LogNote.entry_id.in_(entry_ids))
    found = db.session.scalars(statement, execution_options=scope.options()) if entry_ids else ()
    return {note.entry_id: note for note in found}


def names_known(bureau_id: int) -> Names:
    """What the bureau's services, languages, groups and partners are called: no note is refused for these."""
    bureau = next(one for one in places.bureaux() if one.id == bureau_id)
    rows: tuple[Any, ...] = (
        *catalogue.services(), *catalogue.categories(), *catalogue.languages(), *catalogue.status_groups(),
        *(tie.organisation for tie in places.partnerships(bureau_id, active=None)), *places.rooms(bureau_id),
    )  # fmt: skip
    texts = [row.name for row in rows] + [bureau.name, bureau.city]
    own = [one.own_name for one in catalogue.languages()]
    return Names.of([*own, *(words for text in texts for words in text.texts.values())])
