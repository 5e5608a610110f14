"""Publishing the site, and proving that it says what the programmes say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from flask import current_app

from bureau.calendars.actions import languages_of, number_of_files, site_files
from bureau.calendars.domain.files import PublicFile
from bureau.rotation.domain.programme import ProgrammeDocument

from .domain import Differences, Outcome, Site, bureau_of, differences, fingerprint, look_of, of_bureau
from .queries import check_bureau, published_programmes
from .site.fixed import robots_txt, security_txt, sitemap
from .site.look import Look, read_look
from .site.releases import alone, current_release, fingerprints, put_in_force, read_manifest

Watch = Callable[[Iterator[PublicFile], int], Iterable[PublicFile]]
"""Hands the files on as they are made, so that somebody sees how many of the number are done."""


def publish_site(*, now: datetime, bureau: str | None = None, watch: Watch | None = None) -> Outcome:
    """Write the public site from the programmes in force (one bureau's pages, or all) and put it in force."""
    if bureau is not None:
        check_bureau(bureau)
    return publish_documents(published_programmes, now=now, bureau=bureau, watch=watch)


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
) -> Outcome:
    """Publish what ``load`` gives once no other publisher is at work, so that the newest always stays in force."""
    published = _published()
    with alone(published):
        before = current_release(published)
        old = read_manifest(before) if before else None
        documents = load()
        bureaux = languages_of(documents)
        whole = old is None or bureau is None
        kept = frozenset(
            path
            for path in (old.files if old else ())
            if (old and look_of(path) == old.look) or (not whole and bureau_of(path) in bureaux.keys() - {bureau})
        )
        look = _look()
        content = _content(documents, look, now=now, bureau=None if whole else bureau, others=kept, watch=watch)
        return put_in_force(
            published, Site(content=content, bureaux=bureaux, look=look.version, kept=kept - content.keys())
        )


def check_documents(documents: Sequence[ProgrammeDocument], *, now: datetime, bureau: str | None = None) -> Differences:
    """Where the files in force differ from what ``documents`` give at ``now``."""
    look = _look()
    content = _content(documents, look, now=now, bureau=None)
    expected = {path: fingerprint(content) for path, content in content.items()}
    release = current_release(_published())
    present = fingerprints(release) if release else {}
    known = {path: mark for path, mark in present.items() if look_of(path) in {None, look.version}}
    return differences(of_bureau(expected, bureau), of_bureau(known, bureau))


def look_version() -> str:
    """The version of the look; the site is published again when it changes."""
    return _look().version


def _content(
    documents: Sequence[ProgrammeDocument],
    look: Look,
    *,
    now: datetime,
    bureau: str | None,
    others: frozenset[str] = frozenset(),
    watch: Watch | None = None,
) -> dict[str, bytes]:
    """Every file that is made anew, by path; ``others`` are taken over from before and named in the site map only."""
    base_url = current_app.config["BASE_URL"]
    pages = site_files(documents, now=now, base_url=base_url, asset=look.address, bureau=bureau)
    watched = watch(pages, number_of_files(documents, now=now)) if watch else pages
    content = {file.path: file.content for file in watched}
    return {
        **content,
        **look.content(),
        "robots.txt": robots_txt(base_url),
        ".well-known/security.txt": security_txt(current_app.config["MAIL_FROM"], base_url, now),
        "sitemap.xml": sitemap(base_url, sorted({*content, *others})),
    }


def _published() -> Path:
    return Path(current_app.config["PUBLISHED"])


def _look() -> Look:
    return read_look(Path(str(current_app.static_folder)))
