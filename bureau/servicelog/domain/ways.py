"""Where a service is given next, in a language, by the programmes that are published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession

DATES_EACH = 2
"""So many next dates of one organisation are offered: the first, and one for who cannot come then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An organisation (its code) that gives the service, with its next sessions; ``speaks`` if in the language asked."""

    organisation: str
    speaks: bool
    sessions: tuple[PublishedSession, ...]


def ways_to(documents: Iterable[ProgrammeDocument], service: str, language: str, *, now: datetime) -> tuple[Way, ...]:
    """Who gives the service from now on, those in the language first, each by its next date."""
    coming = sorted(
        (
            one
            for document in documents
            for one in document.sessions
            if service in one.services and one.ends_at > now and not one.cancelled
        ),
        key=lambda one: (one.starts_at, one.uid),
    )
    ways = [_way(code, [one for one in coming if one.organisation == code], language) for code in _codes(coming)]
    ways.sort(key=lambda way: (not way.speaks, way.sessions[0].starts_at, way.organisation))
    return tuple(ways)


def _codes(sessions: Iterable[PublishedSession]) -> list[str]:
    return list(dict.fromkeys(one.organisation for one in sessions))


def _way(code: str, sessions: list[PublishedSession], language: str) -> Way:
    spoken = [one for one in sessions if language in one.languages]
    dates = {one.starts_at: one for one in reversed(spoken or sessions)}  # two desks at the same hour are one date
    return Way(organisation=code, speaks=bool(spoken), sessions=tuple(list(dates.values())[::-1][:DATES_EACH]))


def by_date(ways: Iterable[Way]) -> list[tuple[Way, PublishedSession]]:
    """Every date that is offered, whosever it is, the next first."""
    dates = [(way, one) for way in ways for one in way.sessions]
    return sorted(dates, key=lambda date: (date[1].starts_at, date[0].organisation))


def session_at(
    documents: Iterable[ProgrammeDocument], organisation: str, day: object, starts: object
) -> PublishedSession | None:
    """The organisation's session that begins then, withdrawn ones too."""
    wanted = (organisation, day, starts)
    every = (one for document in documents for one in document.sessions)
    return next((one for one in every if (one.organisation, one.day, one.starts) == wanted), None)
