"""What an exchange of slots would do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bureau.exchange.domain.moves import Month, as_told, broken
from bureau.exchange.domain.residents import Residents
from bureau.exchange.domain.shown import Balance, Effect
from bureau.exchange.models.reading import giving, held_session, place_of, placed, slot_shown, spoken_in
from bureau.kernel.database import Scope
from bureau.rotation.domain.moving import Difference, difference
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries.facts import facts_of

from .months import month_of


class Effects:
    """What moving would do, for one round read once."""

    def __init__(self, round_: RoundInfo, *, now: datetime) -> None:
        self.month: Month = month_of(round_.id, round_.bureau_id)
        self._facts = facts_of(round_, now=now)
        self.residents = Residents(
            self.month.sessions.values(),
            wanted=self._facts.wanted,
            blocks=self._facts.blocks,
            known=self._facts.previous,
        )

    def of_ring(self, ring: Sequence[Any], scope: Scope) -> list[Effect]:
        """What each session gets that takes the slot of the next. How hours are liked is for their organisation, and so is what hinders it."""
        onward = [*ring[1:], ring[0]]
        return [self._effect(one, to.slot, scope) for one, to in zip(ring, onward, strict=True)]

    def _effect(self, one: Any, to: Any, scope: Scope) -> Effect:
        languages = giving(one, scope).languages
        found = difference(
            self._facts, held_session(one), place_of(to).block, services=placed(one).services, languages=languages
        )
        own = scope.covers(one.organisation_id)
        forbids = broken(self.month, placed(one), place_of(to))
        return Effect(
            slot=slot_shown(to),
            broken=None if forbids is None else as_told(forbids, own=own),
            difference=Difference(habit=found.habit, liked=found.liked if own else ()),
        )

    def balance(self, ring: Sequence[Any]) -> Balance:
        """What residents lose and gain when each takes the slot of the next."""
        lost, gained = self.residents.changed([placed(one) for one in ring], spoken_in(ring))
        return Balance(lost=tuple(lost), gained=tuple(gained))
