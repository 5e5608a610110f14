"""The public site of the bureaux, from their programmes: every file drafted, and those made that are not known."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask_babel import force_locale
from jinja2 import Environment

from bureau.calendars.domain.files import Draft, FailedFile, MadeFile, PublicFile, UnchangedFile, WaitingFile
from bureau.calendars.domain.marks import mark_of
from bureau.calendars.domain.place import Place, Places, coming, places_of
from bureau.calendars.site import parts
from bureau.calendars.site.contexts import PlaceContext, SiteContext
from bureau.calendars.site.reader import Asset, Reader, public_environment, written_languages
from bureau.calendars.site.sitemap import reader_sitemap
from bureau.kernel.clock import local_date
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web.languages import LANGUAGES

log = logging.getLogger(__name__)

SAID = "/"
"""Parts the mark of a file's sources from that of what it says, where it tells that too."""
NOTHING: Mapping[str, str] = MappingProxyType({})
_places = Places()
"""Those that the pages above all bureaux were made from last: one change looks through one of them."""
Writers = Iterable[Callable[[Any], Iterator[Draft]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDrafts:
    """Files that can be told apart without being made; ``version`` is that of all that is the same for every one."""

    version: str
    drafts: list[tuple[str | None, Draft]] = field(default_factory=list)
    """With the language in which the draft is made, if it is made in one."""
    failed: list[FailedFile] = field(default_factory=list)
    """What could not even be drafted, by the name of who should have."""

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.drafts) + len(self.failed)

    def files(self, known: Mapping[str, str] = NOTHING, *, waiting: bool = False) -> Iterator[MadeFile]:
        """Every file, made unless its mark is the one that is ``known``; one that cannot be made stops no other.

        With ``waiting``, what may wait is not made where there is an earlier one.
        """
        yield from self.failed
        yield from self._files(self.drafts, known, waiting=waiting)

    def files_left(self, known: Mapping[str, str], left: Collection[str]) -> Iterator[MadeFile]:
        """The files that were ``left`` waiting a moment ago, and the others as they are ``known`` since then."""
        yield from self.failed
        for language, draft in self.drafts:
            if draft.path in left or draft.path not in known:
                yield from self._files([(language, draft)], known)
            else:
                yield UnchangedFile(path=draft.path, sources=known[draft.path])

    def _files(
        self, drafts: Iterable[tuple[str | None, Draft]], known: Mapping[str, str], *, waiting: bool = False
    ) -> Iterator[MadeFile]:
        for language, draft in drafts:
            before, _, said_before = known.get(draft.path, "").partition(SAID)
            mark = mark_of(self.version, draft.sources)
            if mark == before:
                yield UnchangedFile(path=draft.path, sources=known[draft.path])
            else:
                wait = waiting and draft.may_wait and draft.path in known
                yield self._made(language, draft, mark, said_before, wait=wait)

    def _made(self, language: str | None, draft: Draft, mark: str, said_before: str, *, wait: bool) -> MadeFile:
        """The file, unless it says what it ``said_before``, or is to ``wait``."""
        try:
            with _in(language):
                if draft.says is not None:
                    said = mark_of(self.version, draft.says())
                    mark = f"{mark}{SAID}{said}"
                    if said == said_before:
                        return UnchangedFile(path=draft.path, sources=mark)
                if wait:
                    return WaitingFile(path=draft.path)
                return PublicFile(path=draft.path, content=draft.make(), sources=mark)
        except Exception as mishap:
            log.exception("%s could not be made", draft.path)
            return FailedFile(path=draft.path, error=_said(mishap))

    def add(self, writers: Writers, context: object, language: str | None = None, *, where: str = "") -> list[Draft]:
        """Draft what the ``writers`` write; one that fails is named, and stops no other."""
        drafted: list[Draft] = []
        with _in(language):
            for writer in writers:
                try:
                    drafted += writer(context)
                except Exception as mishap:
                    log.exception("%s%s could not be drafted", where, writer.__name__)
                    self.failed.append(FailedFile(path=f"{where}{writer.__name__}", error=_said(mishap)))
        self.drafts.extend((language, draft) for draft in drafted)
        return drafted


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """How the files of a site are drafted at ``now``: the same each time of a day. ``version`` is that of the program."""

    now: datetime
    base_url: str
    asset: Asset
    environment: Environment
    version: str

    def of_bureau(
        self, documents: Iterable[ProgrammeDocument], *, several: bool,
        reports: tuple[Month, ...] = (), further: Sequence[Callable[[Reader], Iterator[Draft]]] = (),
    ) -> SiteDrafts:  # fmt: skip
        """The files of one bureau, from all its programmes in force; ``several`` says whether there are other bureaux.

        ``reports`` are the months that a report is published of; ``further`` writers know more than programmes.
        """
        made = SiteDrafts(version=self.version)
        for place in places_of(documents):
            self._add_place(made, place, several=several, reports=reports, further=further)
        return _without_doubles(made)

    def above(self, documents: Iterable[ProgrammeDocument]) -> SiteDrafts:
        """The files above all bureaux, from the programmes that ``coming`` chooses."""
        made = SiteDrafts(version=self.version)
        if places := _places.of(documents):
            self._add_site(made, places)
        return _without_doubles(made)

    def _add_place(
        self, made: SiteDrafts, place: Place, *, several: bool,
        reports: tuple[Month, ...], further: Sequence[Callable[[Reader], Iterator[Draft]]],
    ) -> None:  # fmt: skip
        today, code = local_date(self.now, place.bureau.timezone), place.bureau.code
        for language in written_languages(place):
            reader = Reader(
                place=place, language=language, today=today, base_url=self.base_url, environment=self.environment,
                several=several, reports=reports,
            )  # fmt: skip
            drafted = made.add((*parts.PER_READER, *further), reader, language, where=f"{language}/{code}/")
            paths = [draft.path for draft in drafted]
            made.drafts.append((None, reader_sitemap(self.base_url, language, code, paths)))
        context = PlaceContext(
            place=place, today=today, base_url=self.base_url, environment=self.environment, asset=self.asset
        )
        made.add(parts.PER_PLACE, context, where=f"{code}/")

    def _add_site(self, made: SiteDrafts, places: Sequence[Place]) -> None:
        site = SiteContext(
            places=tuple(places), now=self.now, base_url=self.base_url, environment=self.environment, asset=self.asset
        )
        made.add(parts.PER_SITE, site)


def drafting(*, now: datetime, base_url: str, asset: Asset, version: str = "") -> Drafting:
    """Everything that drafts of one publication have in common."""
    return Drafting(
        now=now, base_url=base_url, asset=asset, environment=public_environment(asset),
        version=mark_of(version, base_url, asset("")),
    )  # fmt: skip


def site_drafts(
    documents: Iterable[ProgrammeDocument], *, now: datetime, base_url: str, asset: Asset, version: str = ""
) -> SiteDrafts:
    """Every file that ``documents``, the programmes in force of all bureaux, give."""
    documents = tuple(documents)
    draw = drafting(now=now, base_url=base_url, asset=asset, version=version)
    several = len({one.bureau.code for one in documents}) > 1
    made = [draw.of_bureau(documents, several=several), draw.above(coming(documents, now=now))]
    return SiteDrafts(
        version=draw.version, drafts=[one for part in made for one in part.drafts],
        failed=[one for part in made for one in part.failed],
    )  # fmt: skip


def languages_of(documents: Iterable[ProgrammeDocument]) -> dict[str, tuple[str, ...]]:
    """Each bureau that has a public site, with the languages it is written in, its default first."""
    return {place.bureau.code: written_languages(place) for place in places_of(documents)}


def _in(language: str | None) -> Any:
    return force_locale(LANGUAGES[language].locale) if language else nullcontext()


def _said(mishap: Exception) -> str:
    return f"{type(mishap).__name__}: {mishap}"


def _without_doubles(made: SiteDrafts) -> SiteDrafts:
    """Of two files with one path the first stays; the second is named as failed."""
    first: dict[str, tuple[str | None, Draft]] = {}
    for language, draft in made.drafts:
        if draft.path in first:
            made.failed.append(FailedFile(path=draft.path, error="two parts of the site write this file"))
        else:
            first[draft.path] = (language, draft)
    return replace(made, drafts=list(first.values()))
