"""Published sessions worded as events of a calendar feed, in the reader's language."""

from collections.abc import Iterable

from flask_babel import gettext

from bureau.calendars.domain.feed import Event, FeedHead
from bureau.calendars.domain.files import Address, month_address
from bureau.calendars.domain.selection import Sessions
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedBureau, PublishedSession
from bureau.web import formats

from .reader import Reader


def event_of(reader: Reader, session: PublishedSession) -> Event:
    """The session as an event."""
    place, bureau = reader.place, reader.place.bureau
    services = [place.services[code].name for code in session.services]
    summary = " · ".join(map(reader.says, services))
    where = (place.rooms[session.room].name, bureau.address)
    needs = _needs(reader, session)
    return Event(
        uid=session.uid,
        sequence=session.sequence,
        modified=session.modified,
        starts=session.starts_at,
        ends=session.ends_at,
        language=reader.language,
        summary=gettext("Cancelled: %(service)s", service=summary) if session.cancelled else summary,
        summary_in=reader.language if session.cancelled else _language_of(reader, services),
        description=description_of(reader, session),
        location=formats.listed(map(reader.says, where), reader.language),
        location_in=_language_of(reader, where),
        categories=tuple(map(reader.says, needs)),
        categories_in=_language_of(reader, needs),
        url=day_url(reader, session),
        place=coordinates(bureau),
        cancelled=session.cancelled,
    )


def head_of(reader: Reader, address: Address, title: str, sessions: Sessions) -> FeedHead:
    """The feed beside the page at ``address``."""
    bureau = reader.place.bureau
    newest = max(programme.first_published_at for programme in reader.place.programmes.values())
    name = reader.says(bureau.name)
    return FeedHead(
        name=f"{title} · {name}" if title != name else name,
        description=reader.says(bureau.about),
        language=reader.language,
        url=reader.url(address),
        source=reader.base_url + address.feed(reader.language, bureau.code),
        timezone=bureau.timezone,
        modified=max((session.modified for session in sessions), default=newest),
    )


def day_url(reader: Reader, session: PublishedSession) -> str:
    """The whole address of the session's day on the page of its month."""
    return f"{reader.url(month_address(Month.of(session.day)))}#d{session.day.day}"


def coordinates(bureau: PublishedBureau) -> tuple[float, float] | None:
    """Latitude and longitude of the bureau, where both are known."""
    if bureau.latitude is None or bureau.longitude is None:
        return None
    return bureau.latitude, bureau.longitude


def moved_words(reader: Reader, session: PublishedSession) -> str:
    """From when a moved session was moved; empty for any other."""
    if session.was_day is None or session.was_starts is None or session.cancelled:
        return ""
    day, time = formats.day_long(session.was_day, reader.language), formats.clock(session.was_starts)
    return str(gettext("This session was moved. Before: %(date)s, %(time)s", date=day, time=time))


def description_of(reader: Reader, session: PublishedSession) -> str:
    """What a resident would ask of a session besides its time: who, in which languages, and where to read more."""
    place = reader.place
    lines = [
        moved_words(reader, session),
        reader.says(place.organisations[session.organisation].name),
        reader.own_names(session.languages),
        reader.says(session.note),
        reader.says(place.bureau.name),
        reader.says(place.bureau.walk_in_rule),
        day_url(reader, session),  # many calendars show no link but those in the words
    ]
    return "\n".join(line for line in lines if line)


def _needs(reader: Reader, session: PublishedSession) -> list[LocalisedText]:
    place = reader.place
    codes = dict.fromkeys(place.services[code].category for code in session.services)
    return [place.categories[code].name for code in codes if code in place.categories]


def _language_of(reader: Reader, texts: Iterable[LocalisedText]) -> str:
    """The language that all the texts are shown in; the reader's where they are of several."""
    shown = {text.language_of(reader.language) for text in texts if text}
    return shown.pop() if len(shown) == 1 else reader.language
