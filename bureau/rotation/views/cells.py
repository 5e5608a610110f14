"""How the slots of a board are drawn for one reader."""

from dataclasses import dataclass

from flask_babel import gettext, pgettext

from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.domain.showing import Asked
from bureau.web.furniture import numbered_url

WIDE, NARROW = 9, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a thousand slots have in common: what the reader may do, where that is done, and the words.

    ``named`` is how many of a session's services have room to be named. ``book``, ``release`` and ``move`` are addresses
    without their number.
    """

    bureau: str
    manages: bool
    acts: bool
    bookable: bool
    named: int
    book: str
    release: str
    move: str
    open_word: str
    closed_word: str
    book_word: str


def drawing(round_: RoundInfo, asked: Asked, *, manages: bool, acts: bool) -> Drawing:
    """For this page of that month."""
    bureau = round_.bureau
    return Drawing(
        bureau=bureau,
        manages=manages,
        acts=acts,
        bookable=round_.bookable,
        named=WIDE if asked.week else NARROW,
        book=numbered_url("rotation.book", "slot", bureau=bureau),
        release=numbered_url("rotation.release", "session", bureau=bureau),
        move=numbered_url("rotation.move", "session", bureau=bureau, **asked.parts()),
        open_word=str(pgettext("slot", "Open")),
        closed_word=str(pgettext("door", "Closed")),
        book_word=str(gettext("Book")),
    )
