"""Publishing: the parts that would say something else are made, as far as they would; the others stay as they are."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from bureau.calendars.actions import SiteDrafts, languages_of
from bureau.calendars.domain.marks import mark_of
from bureau.calendars.domain.place import coming
from bureau.kernel.clock import local_date, stopwatch
from bureau.kernel.typeset import typesetting
from bureau.publishing.domain import ABOVE, Changes, Head, Outcome, Release, what_follows
from bureau.publishing.queries import ProgrammesInForce, check_bureau
from bureau.publishing.site.fixed import fixed_drafts
from bureau.publishing.site.releases import alone, look_tree, prune, put_in_force, release_in_force
from bureau.reports.domain.public import PublicReport
from bureau.rotation.domain.programme import ProgrammeDocument

from .given import NO_REPORTS, Given, Programmes
from .growing import Watch, Work, grown, let_follow
from .setting import draw, look, of_bureau, published, version

log = logging.getLogger(__name__)

SOON = 4
"""Where no more parts than this are due, a few bureaux and what is above them, somebody waits to read what changed there: the
sheets of paper, which take longer than all the rest, follow in a release of their own. (At midnight nobody waits, and the
drafts of a whole network are not kept in memory.)"""


def publish_site(
    *, now: datetime, bureau: str | None = None, watch: Watch | None = None, trusting: bool = True
) -> Outcome:
    """Write the public site from the programmes in force (one bureau's files, or all) and put it in force.

    Where it is ``trusting``, only what is due is looked at; else every file is read, and made again where it is not
    what was once written, and what somebody went back to is published anew.
    """
    if bureau is not None:
        check_bureau(bureau)
    return _publish(ProgrammesInForce(), now=now, bureau=bureau, watch=watch, trusting=trusting)


def publish_documents(
    load: Callable[[], Sequence[ProgrammeDocument]],
    *,
    now: datetime,
    bureau: str | None = None,
    watch: Watch | None = None,
    trusting: bool = True,
    reports: Mapping[str, Sequence[PublicReport]] = NO_REPORTS,
) -> Outcome:
    """Publish what ``load`` gives, with the ``reports`` of each bureau, instead of what is in the database."""
    return _publish(Given(load(), reports), now=now, bureau=bureau, watch=watch, trusting=trusting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The parts of the site that are to be published, ``after`` which release, and a mark of what they are made from."""

    parts: tuple[str, ...]
    after: int
    mark: str

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.parts)


def what_is_due(*, now: datetime) -> Due:
    """What would be published now."""
    release, marks = release_in_force(published()), ProgrammesInForce().marks()
    return Due(
        parts=what_follows(release, marks, version=version(), now=now),
        after=int(release.number) if release else 0,
        mark=mark_of(sorted(marks.items()), version())[:8],
    )


def _publish(
    programmes: Programmes, *, now: datetime, bureau: str | None, watch: Watch | None, trusting: bool
) -> Outcome:
    """Publish once no other publisher is at work; marks are read before programmes, so that nothing new is missed."""
    folder, elapsed = published(), stopwatch()
    with alone(folder), typesetting():
        before = release_in_force(folder)
        marks = programmes.marks()
        parts = _wanted(before, marks, bureau=bureau, trusting=trusting, now=now)
        if not parts and before:
            return _outcome(before, {}, elapsed())
        work = Work(
            programmes=programmes, marks=marks, before=before, now=now, watch=watch, trusting=trusting, draw=draw(now),
            patient=trusting and len(parts) <= SOON,
        )  # fmt: skip
        try:
            return _carry_out(work, parts, folder, elapsed)
        except BaseException:
            prune(folder)  # what was grown for a release that did not come about
            raise


def _wanted(
    before: Release | None, marks: Mapping[str, str], *, bureau: str | None, trusting: bool, now: datetime
) -> tuple[str, ...]:
    if bureau is not None and before is not None:
        return (ABOVE, bureau)
    if trusting:
        return what_follows(before, marks, version=version(), now=now)
    return (ABOVE, *sorted(marks.keys() | (before.parts.keys() - {ABOVE} if before else set())))


def _carry_out(work: Work, parts: tuple[str, ...], folder: Path, elapsed: Callable[[], float]) -> Outcome:
    before = work.before
    heads = dict(before.parts) if before else {}
    for code in parts:
        if code == ABOVE:
            continue
        head = _bureau_or_what_was(work, code) if code in work.marks else None
        if head is None:
            heads.pop(code, None)
        else:
            heads[code] = head
    heads[ABOVE] = _above(work, heads)
    look_tree(folder, look())
    release = Release(
        number="", at=work.now, parts=dict(sorted(heads.items())), looks=_looks(before, heads),
        changes=work.changes, seconds=elapsed(),
        held={code: mark for code, mark in (before.held.items() if before else ()) if code not in parts},
    )  # fmt: skip
    if before and (release.parts, release.held) == (before.parts, before.held):
        release = before
    else:
        release = put_in_force(folder, release, pruning=not work.left)
    if work.left:
        release = put_in_force(folder, replace(let_follow(work, release), seconds=elapsed()))
    return _outcome(release, work.changes, elapsed())


def _looks(before: Release | None, heads: Mapping[str, Head]) -> tuple[str, ...]:
    """Those that pages of the release name, and those of the one before, whose pages browsers still hold."""
    every = [*heads.values(), *(before.parts.values() if before else ())]
    return tuple(sorted({head.look for head in every}))


def _bureau_or_what_was(work: Work, code: str) -> Head | None:
    """Where a bureau cannot be published at all, its pages stay as they are, and the other bureaux are published."""
    try:
        return _bureau(work, code)
    except (OSError, SQLAlchemyError):
        raise  # no disk or no database: that is nobody's page
    except Exception as mishap:
        log.exception("the pages of %s could not be published", code)
        head = work.head(code) or grown(work, code, SiteDrafts(version=""))
        return replace(head, failed={f"{code}/": f"{type(mishap).__name__}: {mishap}"})


def _bureau(work: Work, code: str) -> Head | None:
    documents = list(work.programmes.of(code))
    if not documents:
        return None
    zone = max(documents, key=lambda one: (one.published_at, one.month)).bureau.timezone
    work.present[code] = coming(documents, now=work.now)
    several = len(work.marks) > 1
    head = grown(work, code, of_bureau(work.draw, code, work.programmes, documents, several=several))
    return replace(
        head, zone=zone, day=local_date(work.now, zone).isoformat(), programmes=work.marks[code], several=several,
        languages=languages_of(documents)[code],
    )  # fmt: skip


def _above(work: Work, heads: Mapping[str, Head]) -> Head:
    for code, head in heads.items():
        if code not in work.present and code in work.marks:
            documents = work.programmes.coming(code, zone=head.zone, now=work.now)
            work.present[code] = coming(documents, now=work.now)
    drafts = work.draw.above(document for code in sorted(work.present) for document in work.present[code])
    config = current_app.config
    drafts.drafts.extend(
        (None, draft) for draft in fixed_drafts(config["SECURITY_CONTACT"], config["BASE_URL"], work.now)
    )
    return grown(work, ABOVE, drafts)


def _outcome(release: Release, changes: Mapping[str, Changes], seconds: float) -> Outcome:
    total = replace(release, changes=changes).total
    return Outcome(
        release=release.number, written=total.written, kept=total.kept, removed=total.removed,
        failed=release.failed, seconds=seconds,
    )  # fmt: skip
