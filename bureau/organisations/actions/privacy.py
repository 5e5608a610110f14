"""Nobody is named where staff write about their work."""

import logging
from datetime import datetime

from bureau.kernel.privacy import UNREADABLE, NamesSomebody, ensure_nobody_named, found_in
from bureau.organisations import queries

log = logging.getLogger(__name__)


def ensure_no_resident(words: str, bureau: str, *, field: str, now: datetime) -> None:
    """Refuse words that may tell who somebody is (NamesSomebody), of which the answer repeats nothing.

    What the bureau calls its own things is nobody's name.
    """
    today = now.date()
    if not found_in(words, today=today):  # mostly so, and then nobody need ask what its things are called
        return
    names = queries.names_known(queries.get_bureau(bureau).id)
    try:
        ensure_nobody_named(words, field=field, today=today, names=names, longest=None, quote=False)
    except NamesSomebody as refusal:
        if any(kind == UNREADABLE for kind, _ in refusal.seen):
            log.error("a text (%s) could not be checked and was refused", field)  # without a word of it
        raise
