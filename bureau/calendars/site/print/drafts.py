"""The sheets of paper of a bureau, each with what it is made from. Months that are over have none: nobody hangs them."""

from collections.abc import Iterator
from functools import partial

from bureau.calendars.domain.files import HOME, Draft, month_address
from bureau.calendars.domain.place import Place
from bureau.calendars.domain.several import SEVERAL
from bureau.calendars.site.contexts import PlaceContext
from bureau.calendars.site.reader import Reader
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument

from .desk import month_overview, today_sheet
from .door import door_poster
from .poster import large_print, poster

POSTER, POSTER_A4, LARGE, OVERVIEW, TODAY = (
    "poster.pdf", "poster-a4.pdf", "poster-large.pdf", "month-overview.pdf", "today.pdf",
)  # fmt: skip


def print_drafts(reader: Reader) -> Iterator[Draft]:
    """Posters and the overview of this month and those after it, and the sheet of today."""
    place, code = reader.place, reader.place.bureau.code
    for document in _to_come(place, Month.of(reader.today)):
        address = month_address(document.month)
        sources = _sources(place, document)
        for name, make in (
            (POSTER, partial(poster, reader, document, paper="a3")),
            (POSTER_A4, partial(poster, reader, document, paper="a4")),
            (LARGE, partial(large_print, reader, document)),
            (OVERVIEW, partial(month_overview, reader, document)),
        ):
            yield Draft(path=address.file(reader.language, code, name), sources=sources, make=make)
    yield Draft(path=HOME.file(reader.language, code, TODAY), sources=_today(reader), make=partial(today_sheet, reader))


def door_drafts(context: PlaceContext) -> Iterator[Draft]:
    """The poster for the door, in all languages at once."""
    place = context.place
    for document in _to_come(place, Month.of(context.today)):
        address = month_address(document.month)
        for name, paper in ((POSTER, "a3"), (POSTER_A4, "a4")):
            yield Draft(
                path=address.file(SEVERAL, place.bureau.code, name),
                sources=_sources(place, document),
                make=partial(door_poster, place, document, base_url=context.base_url, paper=paper),
            )


def _to_come(place: Place, month: Month) -> list[ProgrammeDocument]:
    return [document for one, document in place.programmes.items() if one >= month]


def _sources(place: Place, document: ProgrammeDocument) -> tuple[object, ...]:
    return place.marks.names, place.marks.month(document.month)


def _today(reader: Reader) -> tuple[object, ...]:
    place, today = reader.place, reader.today
    told = tuple(one for one in place.sessions if today in {one.day, one.was_day})
    document = place.programmes.get(Month.of(today))
    published = document.published_at.isoformat() if document else None
    return place.marks.names, today.isoformat(), place.marks.opening, published, place.marks.sessions(told)
