"""What residents lose or gain where sessions exchange their slots."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import time

from bureau.rotation.domain.moving import asked_at, counts, place_in
from bureau.rotation.domain.round_facts import Wanted
from bureau.rotation.domain.rounds import Block

from .moves import Placed

BELOW_LEAST = 10
"""A session missing from the least that is wished for weighs as much as so many missing from the wish."""

Where = tuple[int, str]
"""A wish by its place in the list, and a block, day, week or month in which it asks for something."""


class Residents:
    """How far a month is from what is wished for, and from the hours that residents know from the month before."""

    def __init__(
        self,
        sessions: Iterable[Placed],
        *,
        wanted: Sequence[Wanted],
        blocks: Sequence[Block],
        known: Collection[tuple[int, int, time]] = frozenset(),
    ) -> None:
        """``known``: worker, weekday and hour of last month's sessions."""
        self._wanted, self._blocks, self._known = wanted, blocks, known
        self._asked: dict[Where, tuple[int, int]] = {}
        self._have = Counter(where for one in sessions for where in self._wishes(one, one.place.block))

    def balance(self, ring: Sequence[Placed]) -> tuple[int, int]:
        """What residents lose, and what they gain, when each takes the slot of the next."""
        changes, lost, gained = Counter[Where](), 0, 0
        for one, to in zip(ring, (*ring[1:], ring[0]), strict=True):
            changes.subtract(self._wishes(one, one.place.block))
            changes.update(self._wishes(one, to.place.block))
            habit = self._is_known(one, one.place.block) - self._is_known(one, to.place.block)
            lost, gained = lost + max(0, habit), gained + max(0, -habit)
        for where, change in changes.items():
            worse = self._missing(where, self._have[where] + change) - self._missing(where, self._have[where])
            lost, gained = lost + max(0, worse), gained + max(0, -worse)
        return lost, gained

    def _wishes(self, one: Placed, block: Block) -> Iterable[Where]:
        """The wishes that the session counts for, were it in that block."""
        services = [service.code for service in one.services]
        return [
            (number, place_in(wish.per, block))
            for number, wish in enumerate(self._wanted)
            if counts(wish, services, one.languages)
        ]

    def _missing(self, where: Where, have: int) -> int:
        if where not in self._asked:
            self._asked[where] = asked_at(self._wanted[where[0]], where[1], self._blocks)
        least, target = self._asked[where]
        below = max(0, least - have)
        return self._wanted[where[0]].weight * (BELOW_LEAST * below + max(0, target - max(have, least)))

    def _is_known(self, one: Placed, block: Block) -> int:
        return int((one.worker_id, block.day.isoweekday(), block.starts) in self._known)
