"""What residents lose or gain where sessions exchange their slots."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import time

from bureau.rotation.domain.cockpit import Gap
from bureau.rotation.domain.moving import asked_at, counts, place_in
from bureau.rotation.domain.offers import NamedService, SpokenLanguage
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
        worse = [*self._habits(ring), *(worse for _, _, worse in self._changes(ring))]
        return sum(one for one in worse if one > 0), -sum(one for one in worse if one < 0)

    def changed(self, ring: Sequence[Placed], spoken: Mapping[str, SpokenLanguage]) -> tuple[list[Gap], list[Gap]]:
        """What is asked for and would be there less often, and what oftener, as it would be then; languages by tag."""
        named = {service.code: service for one in ring for service in one.services}
        found = [(self._gap(where, have, named, spoken), worse) for where, have, worse in self._changes(ring)]
        return [gap for gap, worse in found if worse > 0], [gap for gap, worse in found if worse < 0]

    def _changes(self, ring: Sequence[Placed]) -> Iterator[tuple[Where, int, int]]:
        """Where more or less of what is asked for would be there: how often then, and how much worse that is."""
        changes = Counter[Where]()
        for one, to in _moves(ring):
            changes.subtract(self._wishes(one, one.place.block))
            changes.update(self._wishes(one, to.place.block))
        for where, change in changes.items():
            have = self._have[where] + change
            if change:
                yield where, have, self._missing(where, have) - self._missing(where, self._have[where])

    def _habits(self, ring: Sequence[Placed]) -> Iterator[int]:
        """For each that moves: 1 where a known hour is given up, -1 where it comes to one."""
        for one, to in _moves(ring):
            yield self._is_known(one, one.place.block) - self._is_known(one, to.place.block)

    def _gap(
        self, where: Where, have: int, named: Mapping[str, NamedService], spoken: Mapping[str, SpokenLanguage]
    ) -> Gap:
        wish, (least, target) = self._wanted[where[0]], self._asked[where]
        service = named[wish.service] if wish.service else None
        language = spoken[wish.language] if wish.language else None
        return Gap(
            per=wish.per, where=where[1], service=service, language=language, have=have, minimum=least, target=target,
            qualified=(),
        )  # fmt: skip

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


def _moves(ring: Sequence[Placed]) -> Iterable[tuple[Placed, Placed]]:
    """Each session with the one whose slot it takes."""
    return zip(ring, (*ring[1:], ring[0]), strict=True)
