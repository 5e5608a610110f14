"""The public site of the bureaux, from their programmes: every file drafted, and those made that are not known."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from jinja2 import Environment

from bureau.calendars.domain.files import Draft, FailedFile, MadeFile, PublicFile, UnchangedFile
from bureau.calendars.domain.marks import mark_of
from bureau.calendars.domain.place import Place, places_of
from bureau.calendars.site.contexts import PlaceContext, SiteContext
from bureau.calendars.site.parts import PER_PLACE, PER_READER, PER_SITE
from bureau.calendars.site.reader import Asset, Reader, public_environment, written_languages
from bureau.kernel.clock import local_date
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web.languages import LANGUAGES

log = logging.getLogger(__name__)

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDrafts:
    """Every file that programmes give, drafted; ``version`` is that of all that is the same for every file."""

    drafts: Sequence[tuple[str | None, Draft]]
    """With the language in which the draft is made, if it is made in one."""
    version: str

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.drafts)

    def files(self, known: Mapping[str, str] = NOTHING) -> Iterator[MadeFile]:
        """Every file, made unless its mark is the one that is ``known``; one that cannot be made stops no other."""
        for language, draft in self.drafts:
            mark = mark_of(self.version, draft.sources)
            if known.get(draft.path) == mark:
                yield UnchangedFile(path=draft.path, sources=mark)
            else:
                yield _made(language, draft, mark)


def site_drafts(
    documents: Iterable[ProgrammeDocument],
    *,
    now: datetime,
    base_url: str,
    asset: Asset,
    bureau: str | None = None,
    version: str = "",
) -> SiteDrafts:
    """Every file that ``documents``, the programmes in force, give at ``now``: the same each time of a day.

    With ``bureau``, only that bureau's files and the ones above all bureaux. ``version`` is that of the program.
    """
    environment = public_environment(asset)
    places = places_of(documents)
    drafts: list[tuple[str | None, Draft]] = []
    for place in places:
        if bureau in {None, place.bureau.code}:
            drafts += _of_place(place, environment, asset, base_url, now)
    if places:
        site = SiteContext(places=places, now=now, base_url=base_url, environment=environment, asset=asset)
        drafts += _drafted(PER_SITE, site)
    _refuse_doubles(drafts)
    return SiteDrafts(drafts=drafts, version=mark_of(version, base_url, asset("")))


def languages_of(documents: Iterable[ProgrammeDocument]) -> dict[str, tuple[str, ...]]:
    """Each bureau that has a public site, with the languages it is written in, its default first."""
    return {place.bureau.code: written_languages(place) for place in places_of(documents)}


def _of_place(
    place: Place, environment: Environment, asset: Asset, base_url: str, now: datetime
) -> Iterator[tuple[str | None, Draft]]:
    today = local_date(now, place.bureau.timezone)
    for language in written_languages(place):
        reader = Reader(place=place, language=language, today=today, base_url=base_url, environment=environment)
        yield from _drafted(PER_READER, reader, language)
    context = PlaceContext(place=place, today=today, base_url=base_url, environment=environment, asset=asset)
    yield from _drafted(PER_PLACE, context)


def _drafted(
    parts: Iterable[Callable[[Any], Iterator[Draft]]], context: object, language: str | None = None
) -> list[tuple[str | None, Draft]]:
    with _in(language):
        return [(language, draft) for part in parts for draft in part(context)]


def _made(language: str | None, draft: Draft, mark: str) -> PublicFile | FailedFile:
    try:
        with _in(language):
            return PublicFile(path=draft.path, content=draft.make(), sources=mark)
    except Exception as mishap:
        log.exception("%s could not be made", draft.path)
        return FailedFile(path=draft.path, error=f"{type(mishap).__name__}: {mishap}")


def _in(language: str | None) -> Any:
    return force_locale(LANGUAGES[language].locale) if language else nullcontext()


def _refuse_doubles(drafts: Iterable[tuple[str | None, Draft]]) -> None:
    seen: set[str] = set()
    for _, draft in drafts:
        if draft.path in seen:
            raise ValueError(f"two parts of the site write {draft.path}")
        seen.add(draft.path)
