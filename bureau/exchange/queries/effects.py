"""What an exchange of slots would do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bureau.exchange.domain.moves import Month, as_told, broken
from bureau.exchange.domain.residents import Residents
from bureau.exchange.domain.shown import Effect
from bureau.exchange.models.reading import giving, held_session, place_of, placed, slot_shown
from bureau.kernel.database import Scope
from bureau.rotation.domain.moving import difference
from bureau.rotation.domain.round_facts import Held, RoundFacts
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.queries.facts import facts_of

from .months import month_of


class Effects:
    """What moving would do, for one round read once."""

    def __init__(self, round_: RoundInfo, *, now: datetime) -> None:
        self.month: Month = month_of(round_.id, round_.bureau_id)
        self._facts: RoundFacts = facts_of(round_, now=now)
        self.residents = Residents(
            self.month.sessions.values(),
            wanted=self._facts.wanted,
            blocks=self._facts.blocks,
            known=self._facts.previous,
        )

    def of_ring(self, ring: Sequence[Any], scope: Scope) -> list[Effect]:
        """What each session gets that takes the slot of the next. How hours are liked is for their organisation, and so is what hinders it."""
        onward = [*ring[1:], ring[0]]
        return [self._effect(one, to.slot, ring, onward, scope) for one, to in zip(ring, onward, strict=True)]

    def _effect(
        self,
        one: Any,
        to: Any,
        ring: Sequence[Any],
        onward: Sequence[Any],
        scope: Scope,
    ) -> Effect:
        moved = {
            (other.worker_id, place_of(other.slot).block): place_of(place.slot).block
            for other, place in zip(ring, onward, strict=True)
            if other is not one
        }
        facts = replace(self._facts, held=tuple(_moved(other, moved) for other in self._facts.held))
        found = difference(
            facts,
            held_session(one),
            place_of(to).block,
            services=placed(one).services,
            languages=giving(one, scope).languages,
        )
        own = scope.covers(one.organisation_id)
        theirs = found if own else replace(found, liked=())
        forbids = broken(self.month, placed(one), place_of(to))
        told = None if forbids is None else as_told(forbids, own=own)
        return Effect(slot=slot_shown(to), broken=told, difference=theirs)


def _moved(held: Held, moved: Mapping[tuple[int, Block], Block]) -> Held:
    block = moved.get((held.worker_id, held.block))
    return held if block is None else replace(held, block=block)
