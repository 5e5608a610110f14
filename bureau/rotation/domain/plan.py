"""What accepting a plan of the solver changes: which sessions stay, move, come back, are new or go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .problem import worker_of

Key = tuple[int, str]
"""A worker and a block's code: what makes two sessions the same to residents."""

Place = tuple[str, str]
"""A block's code and a seat's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One assignment of a plan."""

    worker_id: int
    block: str
    seat: str
    services: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Who and when."""
        return self.worker_id, self.block

    @property
    def place(self) -> Place:
        """When and where."""
        return self.block, self.seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What has to be done, by the sessions' ids."""

    keep: Mapping[int, Placement]
    revive: Mapping[int, Placement]
    new: tuple[Placement, ...]
    withdraw: frozenset[int]


def placements_of(plan: Mapping[str, Any]) -> tuple[Placement, ...]:
    """The assignments of a solution document."""
    return tuple(
        Placement(
            worker_id=worker_of(one["team"]),
            block=one["block"],
            seat=one["desk"],
            services=tuple(one["services"]),
            languages=tuple(one["languages"]),
        )
        for one in plan["assignments"]
    )


def moves_of(
    plan: Iterable[Placement],
    *,
    replaceable: Mapping[Key, int],
    withdrawn: Mapping[Key, int],
) -> Moves:
    """From the live sessions of the solver (``replaceable``) and those ``withdrawn`` before to a plan that holds."""
    wanted = {one.key: one for one in plan}
    keep = {replaceable[key]: one for key, one in wanted.items() if key in replaceable}
    revive = {withdrawn[key]: one for key, one in wanted.items() if key not in replaceable and key in withdrawn}
    new = tuple(one for key, one in wanted.items() if key not in replaceable and key not in withdrawn)
    gone = frozenset(number for key, number in replaceable.items() if key not in wanted)
    return Moves(keep=keep, revive=revive, new=new, withdraw=gone)
