"""Planning again while a plan is in force: what may move, and what a new plan would change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bureau.kernel.localised import LocalisedText

from .plan import Key, Placement
from .round_facts import iso_week


def raised(before: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The demands that were not there before, or ask for more than they did."""
    known = {one["id"]: one for one in before}
    return frozenset(one["id"] for one in now if one["id"] not in known or _asks_more(known[one["id"]], one))


def _asks_more(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    other = any(before.get(name) != now.get(name) for name in ("service", "language"))
    return other or any(now[name] > before[name] for name in ("min", "target", "weight"))


def weeks_touched(demands: Iterable[Mapping[str, Any]], blocks: Collection[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """The sites and weeks in which a session counts for one of the demands."""
    return {
        (block["site"], iso_week(date.fromisoformat(block["date"])))
        for one in demands
        for block in blocks
        if _counts_in(one, block)
    }


def _counts_in(demand: Mapping[str, Any], block: Mapping[str, Any]) -> bool:
    asked = {"block": block["id"], "date": block["date"], "week": iso_week(date.fromisoformat(block["date"]))}
    return all(demand.get(name) in (None, value) for name, value in asked.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a new plan does to one session: ``moved``, ``new``, ``withdrawn``, ``services`` or ``seat``."""

    kind: str
    before: Placement | None = None
    after: Placement | None = None


def changes_between(
    current: Iterable[Placement], plan: Iterable[Placement], lost: Collection[Key]
) -> tuple[Change, ...]:
    """What the plan changes in the one in force, in order of time; what was ``lost`` by itself is not a change.

    A worker who leaves one block and comes to another has moved.
    """
    stood = {one.key: one for one in current if one.key not in lost}
    wanted = {one.key: one for one in plan}
    new = sorted((one for key, one in wanted.items() if key not in stood), key=_when)
    found = []
    for gone in sorted((one for key, one in stood.items() if key not in wanted), key=_when):
        after = next((one for one in new if one.worker_id == gone.worker_id), None)
        found.append(Change(kind="moved" if after else "withdrawn", before=gone, after=after))
        new = [one for one in new if one is not after]
    found += [Change(kind="new", after=one) for one in new]
    found += [
        _kept(stood[key], wanted[key]) for key in stood.keys() & wanted.keys() if _differs(stood[key], wanted[key])
    ]
    return tuple(sorted(found, key=lambda one: _when(one.before or one.after)))


def _when(one: Placement | None) -> tuple[str, str, int]:
    return ("", "", 0) if one is None else (one.block, one.seat, one.worker_id)


def _differs(before: Placement, after: Placement) -> bool:
    return set(before.services) != set(after.services) or before.seat != after.seat


def _kept(before: Placement, after: Placement) -> Change:
    kind = "seat" if set(before.services) == set(after.services) else "services"
    return Change(kind=kind, before=before, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCost:
    """How much of a term the plan in force had, what the losses left, and what the new plan has."""

    term: str
    before: int
    left: int
    after: int
    weight: int


def costs(
    before: Mapping[str, int], left: Mapping[str, int], after: Mapping[str, int], weights: Mapping[str, int]
) -> tuple[TermCost, ...]:
    """The terms that are not the same in all three, in the order of the scores."""
    return tuple(
        TermCost(term=term, before=before[term], left=left[term], after=after[term], weight=weights.get(term, 0))
        for term in before
        if len({before[term], left[term], after[term]}) > 1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSession:
    """A session in words. ``starts`` is on the bureau's clock, without a zone; ``worker`` is empty where it was deleted."""

    starts: datetime
    room: LocalisedText
    seat: str
    organisation: LocalisedText
    worker: str
    services: tuple[LocalisedText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedChange:
    """A ``Change`` in words."""

    kind: str
    before: NamedSession | None
    after: NamedSession | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanning:
    """What planning again changes: what was ``lost`` by itself, what the plan changes for it, and what that costs.

    ``weeks`` are those that were free to move, none where the whole month was; ``totals`` the penalty points of the
    plan in force, of what the losses left of it, and of the new plan; ``proven`` where no plan that changes only these
    weeks has fewer.
    """

    lost: tuple[NamedSession, ...]
    changes: tuple[NamedChange, ...]
    terms: tuple[TermCost, ...]
    totals: tuple[int, int, int]
    weeks: tuple[str, ...]
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MayMove:
    """What planning again now would touch: the sessions that fell out of the plan in force, and the weeks that may move.

    No weeks: the whole month.
    """

    in_force: bool
    fallen: tuple[NamedSession, ...] = ()
    weeks: tuple[str, ...] = ()
