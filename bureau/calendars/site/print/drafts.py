"""The sheets of paper of a bureau, each with what it is made from. Months that are over have none: nobody hangs them."""

from collections.abc import Callable, Iterator
from functools import cache, partial

from bureau.calendars.domain.files import HOME, Draft, month_address
from bureau.calendars.domain.place import Place
from bureau.calendars.domain.several import SEVERAL
from bureau.calendars.site.contexts import PlaceContext
from bureau.calendars.site.reader import Reader
from bureau.kernel.month import Month
from bureau.kernel.typeset import typeset
from bureau.rotation.domain.programme import ProgrammeDocument

from .desk import overview_data, today_data
from .door import door_data
from .poster import poster_data
from .words import Data

POSTER, POSTER_A4, LARGE, OVERVIEW, TODAY = (
    "poster.pdf", "poster-a4.pdf", "poster-large.pdf", "month-overview.pdf", "today.pdf",
)  # fmt: skip
PAPERS = (POSTER, "a3"), (POSTER_A4, "a4")
"""Sheets for the wall and for the hand: one template on two sizes of paper."""


def print_drafts(reader: Reader) -> Iterator[Draft]:
    """Posters and the overview of this month and those after it, and the sheet of today."""
    place, code = reader.place, reader.place.bureau.code
    for document in _to_come(place, Month.of(reader.today)):
        address, sources = month_address(document.month), _sources(place, document)
        poster = cache(partial(poster_data, reader, document))
        for name, paper in PAPERS:
            path = address.file(reader.language, code, name)
            yield _sheet(path, sources, "poster", cache(partial(_on, poster, paper)))
        yield _sheet(address.file(reader.language, code, LARGE), sources, "large", poster)
        overview = cache(partial(overview_data, reader, document))
        yield _sheet(address.file(reader.language, code, OVERVIEW), sources, "overview", overview)
    yield _sheet(HOME.file(reader.language, code, TODAY), _today(reader), "today", cache(partial(today_data, reader)))


def door_drafts(context: PlaceContext) -> Iterator[Draft]:
    """The poster for the door, in all languages at once."""
    place = context.place
    for document in _to_come(place, Month.of(context.today)):
        address, sources = month_address(document.month), _sources(place, document)
        door = cache(partial(door_data, place, document, base_url=context.base_url))
        for name, paper in PAPERS:
            path = address.file(SEVERAL, place.bureau.code, name)
            yield _sheet(path, sources, "door", cache(partial(_on, door, paper)))


def _on(data: Callable[[], Data], paper: str) -> Data:
    return {**data(), "paper": paper}


def _sheet(path: str, sources: tuple[object, ...], template: str, data: Callable[[], Data]) -> Draft:
    """A month changes more often than what a sheet tells of it, and setting it takes long."""
    return Draft(path=path, sources=sources, make=lambda: typeset(template, data()), says=data, may_wait=True)


def _to_come(place: Place, month: Month) -> list[ProgrammeDocument]:
    return [document for one, document in place.programmes.items() if one >= month]


def _sources(place: Place, document: ProgrammeDocument) -> tuple[object, ...]:
    return place.marks.names, place.marks.month(document.month)


def _today(reader: Reader) -> tuple[object, ...]:
    place, today = reader.place, reader.today
    told = tuple(one for one in place.sessions if today in {one.day, one.was_day})
    document = place.programmes.get(Month.of(today))
    month = place.marks.month(document.month) if document else None
    return place.marks.names, today.isoformat(), place.marks.opening, month, place.marks.sessions(told)
