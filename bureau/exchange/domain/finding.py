"""Swaps and rings of three that would let an organisation leave a slot, the best first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from .moves import LIKED, Month, Placed, broken, level
from .residents import Residents

SWAPS, RINGS = 4, 3
"""So many of each are proposed at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The sessions of a swap in a ring: each takes the slot of the next, the last that of the first (ours).

    ``levels`` say how well its new slot suits each.
    """

    sessions: tuple[int, ...]
    levels: tuple[str, ...]
    distance: int
    """Days between our slot and the one that we would get."""
    lost: int
    gained: int
    """What residents lose and gain by it."""

    @property
    def rank(self) -> tuple[int, int, int, int, int, tuple[int, ...]]:
        """Better ones first: by which residents lose nothing, then wished hours, then what residents gain, then near the
        old day.
        """
        liked = sum(LIKED[one] for one in self.levels)
        return max(0, self.lost - self.gained), self.lost, liked, -self.gained, self.distance, self.sessions


def best_exchanges(month: Month, session_id: int, residents: Residents, *, now: datetime) -> tuple[Found, ...]:
    """A few swaps, then a few rings of three, for a session that its organisation wants to leave.

    Proposed is only what breaks no rule and lies in hours that each worker offered as preferred or possible. A ring is
    for what no swap of two can do: who would take our slot has nothing that we could take.
    """
    ours = month.sessions[session_id]
    others = [one for one in month.sessions.values() if _may_leave(one, ours, now=now)]
    swaps = sorted((_found(month, residents, *ring) for ring in _swaps(month, ours, others)), key=lambda one: one.rank)
    rings = sorted((_found(month, residents, *ring) for ring in _rings(month, ours, others)), key=lambda one: one.rank)
    return (*swaps[:SWAPS], *_one_a_slot(rings)[:RINGS])


def _one_a_slot(rings: list[Found]) -> list[Found]:
    """The best ring for each slot that we would get."""
    best: dict[int, Found] = {}
    for one in rings:
        best.setdefault(one.sessions[1], one)
    return list(best.values())


def _may_leave(one: Placed, ours: Placed, *, now: datetime) -> bool:
    return one.organisation_id != ours.organisation_id and not one.pinned and one.place.block.starts_at > now


def _swaps(month: Month, ours: Placed, others: list[Placed]) -> Iterator[tuple[Placed, ...]]:
    for one in others:
        if one.place.block.key != ours.place.block.key and _suits(month, ours, one) and _suits(month, one, ours):
            yield ours, one


def _rings(month: Month, ours: Placed, others: list[Placed]) -> Iterator[tuple[Placed, ...]]:
    """We take the second's slot, the second the third's, the third ours."""
    wanted = [one for one in others if one.place.block.key != ours.place.block.key and _suits(month, ours, one)]
    seconds = [one for one in wanted if not _suits(month, one, ours)]
    thirds = [one for one in others if _suits(month, one, ours) and one not in wanted]
    suits = lru_cache(maxsize=None)(lambda a, b: _suits(month, month.sessions[a], month.sessions[b]))
    for second in seconds:
        for third in thirds:
            if second.organisation_id != third.organisation_id and suits(second.session_id, third.session_id):
                yield ours, second, third


def _suits(month: Month, one: Placed, other: Placed) -> bool:
    """Whether the session could well take the other's slot."""
    liked = level(month, one, other.place.block) in ("preferred", "possible")
    return liked and broken(month, one, other.place) is None


def _found(month: Month, residents: Residents, *ring: Placed) -> Found:
    onward = (*ring[1:], ring[0])
    lost, gained = residents.balance(ring)
    return Found(
        sessions=tuple(one.session_id for one in ring),
        levels=tuple(level(month, one, to.place.block) or "" for one, to in zip(ring, onward, strict=True)),
        distance=abs((ring[1].place.block.day - ring[0].place.block.day).days),
        lost=lost,
        gained=gained,
    )
