"""Publishing the site, and proving that it says what the programmes say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from flask import current_app
from flask_babel import force_locale
from markupsafe import Markup

from bureau.calendars.actions import languages_of, site_drafts
from bureau.calendars.domain.files import FailedFile, MadeFile, PublicFile, UnchangedFile
from bureau.calendars.domain.place import places_of
from bureau.calendars.site.preview import page_at
from bureau.calendars.site.reader import Asset, Reader, public_environment, written_languages
from bureau.kernel.clock import local_date
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web.languages import LANGUAGES

from .domain import Differences, Manifest, Outcome, Site, bureau_of, differences, fingerprint, look_of, of_bureau
from .queries import check_bureau, programmes_with_next, publication_mark, published_programmes, timezones
from .site.fixed import robots_txt, security_txt, sitemap
from .site.look import Look, read_look
from .site.releases import alone, current_release, fingerprints, put_in_force, read_manifest
from .site.rendering import rendering_version

Watch = Callable[[Iterator[MadeFile], int], Iterable[MadeFile]]
"""Hands the files on as they are made, so that somebody sees how many of the number are done."""

NOTHING: Mapping[str, str] = MappingProxyType({})


def publish_site(
    *, now: datetime, bureau: str | None = None, watch: Watch | None = None, trusting: bool = True
) -> Outcome:
    """Write the public site from the programmes in force (one bureau's pages, or all) and put it in force.

    Unless ``trusting``, what lies there is read, and made again where it is not what was once written.
    """
    if bureau is not None:
        check_bureau(bureau)
    return publish_documents(
        published_programmes,
        now=now,
        bureau=bureau,
        watch=watch,
        trusting=trusting,
        made_of=lambda: site_sources(now=now),
    )


def preview_page(
    bureau: str, month: str, below: str, *, language: str, root: str, banner: Markup, asset: Asset, now: datetime
) -> bytes:
    """A public page as it would be if the month were published now, with its links kept below ``root``.

    NotFound where the month is not planned, or the page would not be there, or not in that language.
    """
    (place,) = places_of(programmes_with_next(bureau, month, now=now))
    if language not in written_languages(place):
        raise NotFound
    reader = Reader(
        place=place,
        language=language,
        today=local_date(now, place.bureau.timezone),
        base_url=current_app.config["BASE_URL"],
        environment=public_environment(asset),
        root=root,
        banner=banner,
    )
    with force_locale(LANGUAGES[language].locale):
        return page_at(reader, below)


def site_sources(*, now: datetime) -> str:
    """A mark of all that the site would be made from: programmes, the day at each bureau, the program, its settings."""
    days = sorted({local_date(now, zone).isoformat() for zone in timezones()})
    return fingerprint("\n".join((publication_mark(), *days, _version())).encode())


def site_in_force() -> tuple[str, str]:
    """The number of the release in force and the mark of what it was made from; both empty where there is none."""
    release = current_release(_published())
    return (release.name, read_manifest(release).made_of) if release else ("", "")


def check_site(*, now: datetime, bureau: str | None = None) -> Differences:
    """Where the public site differs from what the programmes would give at ``now``."""
    if bureau is not None:
        check_bureau(bureau)
    return check_documents(published_programmes(), now=now, bureau=bureau)


def publish_documents(
    load: Callable[[], Sequence[ProgrammeDocument]],
    *,
    now: datetime,
    bureau: str | None = None,
    watch: Watch | None = None,
    trusting: bool = True,
    made_of: Callable[[], str] = str,
) -> Outcome:
    """Publish what ``load`` gives once no other publisher is at work, so that the newest always stays in force.

    ``made_of`` is asked before: what changes between the two is published again rather than missed.
    """
    published = _published()
    with alone(published):
        before = current_release(published)
        old = read_manifest(before) if before else None
        present = fingerprints(before) if before and not trusting else (old.files if old else {})
        mark = made_of()
        documents = load()
        bureaux = languages_of(documents)
        whole = old is None or bureau is None
        kept = frozenset(
            path
            for path in (old.files if old else ())
            if (old and look_of(path) == old.look) or (not whole and bureau_of(path) in bureaux.keys() - {bureau})
        )
        look = _look()
        made = _make(
            documents,
            look,
            now=now,
            bureau=None if whole else bureau,
            others=kept,
            known=_known(old, present),
            watch=watch,
        )
        site = Site(
            content=made.content,
            bureaux=bureaux,
            look=look.version,
            kept=(kept | made.unchanged | (made.failed.keys() & (old.files if old else {}))) - made.content.keys(),
            made_of=mark if whole else "",
            sources=made.sources | {path: old.sources[path] for path in kept if old and path in old.sources},
        )
        return put_in_force(published, site, present)


def _known(old: Manifest | None, present: Mapping[str, str]) -> dict[str, str]:
    """What the files that lie there as they were written were made from, as far as that was noted."""
    if old is None:
        return {}
    return {path: mark for path, mark in old.sources.items() if present.get(path) == old.files[path]}


def check_documents(documents: Sequence[ProgrammeDocument], *, now: datetime, bureau: str | None = None) -> Differences:
    """Where the files in force differ from what ``documents`` give at ``now``."""
    look = _look()
    content = _make(documents, look, now=now, bureau=None).content
    expected = {path: fingerprint(content) for path, content in content.items()}
    release = current_release(_published())
    present = fingerprints(release) if release else {}
    known = {path: mark for path, mark in present.items() if look_of(path) in {None, look.version}}
    return differences(of_bureau(expected, bureau), of_bureau(known, bureau))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """Files by path: those made anew, those that would come out unchanged, and what some of both were made from."""

    content: Mapping[str, bytes]
    unchanged: frozenset[str]
    sources: dict[str, str]
    failed: dict[str, str]


def _make(
    documents: Sequence[ProgrammeDocument],
    look: Look,
    *,
    now: datetime,
    bureau: str | None,
    others: frozenset[str] = frozenset(),
    known: Mapping[str, str] = NOTHING,
    watch: Watch | None = None,
) -> _Made:
    """The site; ``others`` are taken over from before and named in the site map only, ``known`` if their sources are."""
    base_url, contact = current_app.config["BASE_URL"], current_app.config["SECURITY_CONTACT"]
    drafts = site_drafts(documents, now=now, base_url=base_url, asset=look.address, bureau=bureau, version=_version())
    files = list(watch(drafts.files(known), len(drafts)) if watch else drafts.files(known))
    content = {file.path: file.content for file in files if isinstance(file, PublicFile)}
    unchanged = frozenset(file.path for file in files if isinstance(file, UnchangedFile))
    failed = {file.path: file.error for file in files if isinstance(file, FailedFile)}
    fixed = {
        "robots.txt": robots_txt(base_url),
        ".well-known/security.txt": security_txt(contact, base_url, now),
        "sitemap.xml": sitemap(base_url, sorted({*content, *unchanged, *others})),
    }
    return _Made(
        content={**content, **look.content(), **fixed},
        unchanged=unchanged,
        sources={file.path: file.sources for file in files if not isinstance(file, FailedFile)},
        failed=failed,
    )


def _published() -> Path:
    return Path(current_app.config["PUBLISHED"])


def _version() -> str:
    """The program that renders, and the settings that pages and fixed texts repeat."""
    config = current_app.config
    rendering = rendering_version(Path(current_app.root_path).parent)
    return " ".join((rendering, _look().version, config["BASE_URL"], config["SECURITY_CONTACT"]))


def _look() -> Look:
    return read_look(Path(str(current_app.static_folder)))
