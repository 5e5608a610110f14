"""Going back to a release that is kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bureau.kernel.clock import stopwatch
from bureau.publishing.domain import ABOVE, Release
from bureau.publishing.domain.errors import NoSuchRelease
from bureau.publishing.queries import ProgrammesInForce, check_bureau
from bureau.publishing.site.releases import alone, kept_releases, put_in_force, release_in_force

from .setting import published


def roll_back(*, now: datetime, to: str | None = None, bureau: str | None = None) -> Release:
    """Let residents read again what the release ``to`` said (the one before, if not named), for one bureau or all.

    It becomes a release of its own, so that one can go forward again. What was gone back to stays until the bureau's
    next programme is published, or somebody publishes by hand.
    """
    if bureau is not None:
        check_bureau(bureau)
    folder, elapsed = published(), stopwatch()
    with alone(folder):
        current, kept = release_in_force(folder), kept_releases(folder)
        if current is None:
            raise NoSuchRelease
        wanted = _find([one for one in kept if one.number != current.number], current, to)
        release = _returned(current, wanted, ProgrammesInForce().marks(), bureau)
        return put_in_force(folder, replace(release, at=now, back_to=wanted.number, seconds=elapsed()))


def let_go(bureau: str, *, now: datetime) -> None:
    """Hold the bureau's part no longer: the scheduler publishes what its programmes say."""
    folder = published()
    with alone(folder):
        current = release_in_force(folder)
        if current and bureau in current.held:
            held = {code: mark for code, mark in current.held.items() if code != bureau}
            put_in_force(folder, replace(current, held=held, at=now, changes={}, seconds=0.0, back_to=""))


def _find(others: list[Release], current: Release, to: str | None) -> Release:
    """The release of that number; if none is named, the latest that says something else, and is not half of this one."""
    for one in others:
        if (
            (one.parts != current.parts and not one.waiting)
            if to is None
            else (one.number.lstrip("0") == to.lstrip("0"))
        ):
            return one
    raise NoSuchRelease


def _returned(current: Release, wanted: Release, marks: Mapping[str, str], bureau: str | None) -> Release:
    """The parts of both releases, held for as long as the programmes have the ``marks`` of now."""
    back = {code: head for code, head in wanted.parts.items() if bureau in {None, code}}
    stays = {code: head for code, head in current.parts.items() if bureau not in {None, code}}
    codes = {bureau} if bureau else (current.parts.keys() | wanted.parts.keys() | marks.keys()) - {ABOVE}
    return Release(
        number="",
        at=current.at,
        parts=dict(sorted({**stays, **back}.items())),
        looks=tuple(sorted({*current.looks, *wanted.looks})),
        held={**current.held, **{code: marks.get(code, "") for code in sorted(codes)}},
    )
