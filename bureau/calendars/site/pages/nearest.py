"""When something is to be had next, and what has changed before then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bureau.calendars.domain import files
from bureau.calendars.domain.changes import Change, changes_ahead
from bureau.calendars.domain.opening import Times
from bureau.calendars.domain.selection import Sessions
from bureau.calendars.site.reader import Reader
from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.programme import PublishedCategory, PublishedLanguage, PublishedSession

TOLD_AT_ONCE = 3
"""So many changes stand open on a page; the others unfold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """On ``day`` (``when`` in words) at ``hours``; ``other`` where not in the reader's language."""

    day: date
    when: str
    hours: tuple[Times, ...]
    other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A need or a language to choose, with the page of it and when it is to be had next."""

    href: str
    next: Next | None
    need: PublishedCategory | None = None
    spoken: PublishedLanguage | None = None
    here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The changes of a page: whole days that the bureau is closed, and what moved or was cancelled besides."""

    closed: tuple[tuple[date, LocalisedText], ...]
    first: tuple[Change, ...]
    folded: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.closed or self.first or self.folded)


def next_of(reader: Reader, sessions: Sessions, *, other: bool = False) -> Next | None:
    """The first day from today on with any of them, and its hours."""
    found = reader.place.marks.coming(sessions, reader.today).next
    if found is None:
        return None
    day, hours = found
    return Next(day=day, when=reader.dates.when(day), hours=hours, other=other)


def ways_to_needs(reader: Reader) -> tuple[Way, ...]:
    """Every need with its next day; where the reader's own language has it, that is the page it leads to."""
    return tuple(_way_to(reader, category) for category in reader.place.categories.values())


def ways_to_languages(reader: Reader) -> tuple[Way, ...]:
    """Every language but the reader's own that anything is given in, with its next day."""
    index = reader.place.index
    return tuple(
        Way(
            href=reader.href(files.language_address(tag)),
            next=next_of(reader, index.spoken_in(tag)),
            spoken=language,
        )
        for tag, language in reader.place.languages.items()
        if tag != reader.language and index.spoken_in(tag)
    )


def _way_to(reader: Reader, category: PublishedCategory) -> Way:
    index = reader.place.index
    own = next_of(reader, index.for_need_in(category.code, reader.language))
    if own:
        address = files.need_in_language_address(category.code, reader.language)
        return Way(href=reader.href(address), next=own, need=category)
    found = next_of(reader, index.with_need(category.code), other=True)
    return Way(href=reader.need(category.code), next=found, need=category)


def told_of(
    reader: Reader, sessions: Iterable[PublishedSession], until: date | None = None, *, own: bool = False
) -> Told:
    """What of these sessions has moved or was cancelled, from today on; those in the reader's language first.

    With ``own`` only these stand open, and the others unfold.
    """
    ahead = changes_ahead(sessions, reader.today, until)
    shut = {one.day for one in ahead if one.session.cancelled and one.day in reader.place.closures}
    single = [one for one in ahead if not (one.session.cancelled and one.day in shut)]
    first = [one for one in single if reader.language in one.session.languages]
    ordered = (*first, *(one for one in single if reader.language not in one.session.languages))
    shown = min(TOLD_AT_ONCE, len(first)) if own else TOLD_AT_ONCE
    return Told(
        closed=tuple((day, reader.place.closures[day]) for day in sorted(shut)),
        first=ordered[:shown],
        folded=ordered[shown:],
    )
