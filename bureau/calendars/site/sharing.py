"""A page in a few lines of plain text, to be sent to somebody: what, when, where, and the address of the page."""

from collections.abc import Iterable
from itertools import islice

from bureau.calendars.domain import selection
from bureau.calendars.domain.files import Address
from bureau.calendars.domain.selection import Moment
from bureau.web import formats

from .reader import Reader

TOLD = 3
"""How many of the next times are told."""


def message(reader: Reader, title: str, address: Address, moments: Iterable[Moment] = ()) -> str:
    """What is at ``address``: its title, the next times with their languages, where, and a link."""
    name = reader.says(reader.place.bureau.name)
    held = (moment for moment in moments if selection.taking_place(moment.sessions))
    times = (_time(reader, moment) for moment in islice(held, TOLD))
    where = formats.listed((name, reader.says(reader.place.bureau.address)), reader.language)
    heading = () if title == name else (title,)
    return "\n".join((*heading, *times, where, reader.url(address)))


def _time(reader: Reader, moment: Moment) -> str:
    tags = {tag for session in selection.taking_place(moment.sessions) for tag in session.languages}
    day, hours = (
        formats.day_long(moment.day, reader.language),
        formats.said_hours(moment.starts, moment.ends, reader.language),
    )
    return f"{formats.capital(formats.listed((day, hours), reader.language))} · {reader.own_names(tags)}"
