"""Proving that each public file says what the programmes say."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain

from flask import current_app

from bureau.calendars.actions import SiteDrafts
from bureau.calendars.domain.files import MadeFile, PublicFile
from bureau.calendars.domain.place import coming
from bureau.kernel.typeset import typesetting
from bureau.publishing.domain import ABOVE, Differences, differences, fingerprint, part_of
from bureau.publishing.queries import ProgrammesInForce, check_bureau
from bureau.publishing.site.fixed import fixed_drafts
from bureau.publishing.site.look import LOOK
from bureau.publishing.site.releases import found
from bureau.rotation.domain.programme import ProgrammeDocument

from .given import Given, Programmes
from .setting import draw, look, of_bureau, published


def check_site(*, now: datetime, bureau: str | None = None) -> Differences:
    """Where the public site differs from what the programmes would give at ``now``."""
    if bureau is not None:
        check_bureau(bureau)
    return _check(ProgrammesInForce(), now=now, bureau=bureau)


def check_documents(documents: Sequence[ProgrammeDocument], *, now: datetime, bureau: str | None = None) -> Differences:
    """Where the files in force differ from what ``documents`` give at ``now``."""
    return _check(Given(documents), now=now, bureau=bureau)


def _check(programmes: Programmes, *, now: datetime, bureau: str | None) -> Differences:
    """Make every file from nothing, one part after the other, and compare it with what lies there."""
    with typesetting():
        return _compared_by_part(programmes, now=now, bureau=bureau)


def _compared_by_part(programmes: Programmes, *, now: datetime, bureau: str | None) -> Differences:
    codes = sorted(programmes.marks())
    there = found(published())
    drawing, result, present = draw(now), Differences(), list[ProgrammeDocument]()
    for code in codes:
        documents = programmes.of(code)
        present += coming(documents, now=now)
        if bureau in {None, code}:
            drafts = of_bureau(drawing, code, programmes, documents, several=len(codes) > 1)
            result = result.and_(_compared(drafts.files(), _of_part(there, code, codes)))
    if bureau is None:
        above = _above(drawing.above(present), now)
        result = result.and_(_compared(chain(above.files(), look().made()), _of_part(there, ABOVE, codes)))
    return result


def _above(drafts: SiteDrafts, now: datetime) -> SiteDrafts:
    config = current_app.config
    drafts.drafts.extend((None, one) for one in fixed_drafts(config["SECURITY_CONTACT"], config["BASE_URL"], now))
    return drafts


def _compared(files: Iterable[MadeFile], there: dict[str, str]) -> Differences:
    """The bytes are let go as soon as their fingerprint is known: a site may be larger than the memory."""
    expected: dict[str, str] = {}
    failed: list[str] = []
    for file in files:
        if isinstance(file, PublicFile):
            expected[file.path] = fingerprint(file.content)
        else:
            failed.append(file.path)
    compared = differences(expected, {path: mark for path, mark in there.items() if path not in failed})
    return compared.and_(Differences(failed=tuple(sorted(failed))))


def _of_part(there: dict[str, str], part: str, codes: Iterable[str]) -> dict[str, str]:
    """The files of a part; of the looks, only the one of today's program is for the site to prove."""
    today = f"{LOOK}{look().version}/"
    known = {path: mark for path, mark in there.items() if path.startswith(today) or not path.startswith(LOOK)}
    return {path: mark for path, mark in known.items() if part_of(path, codes) == part}
