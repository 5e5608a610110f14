"""Rows as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bureau.exchange.domain.moves import Month, broken
from bureau.exchange.domain.shown import Effect, Giving, Party, SlotShown, SwapShown
from bureau.exchange.models import Swap, SwapLeg
from bureau.kernel.database import Scope
from bureau.rotation.domain.moving import Difference, difference
from bureau.rotation.domain.round_facts import Held, RoundFacts
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.models import PlannedSession, Slot
from bureau.rotation.models.reading import (
    block_of,
    named_service,
    organisation_info,
    round_info,
    seat,
    spoken_language,
)
from bureau.rotation.queries.facts import facts_of

from .months import month_of, place_of, placed


def slot_shown(slot: Slot) -> SlotShown:
    """A slot fetched with its room."""
    return SlotShown(
        slot_id=slot.id,
        day=slot.day,
        starts=slot.starts,
        ends=slot.ends,
        starts_at=slot.starts_at,
        seat=seat(slot.room, slot.seat),
    )


def giving(row: PlannedSession, scope: Scope, slot: Slot | None = None) -> Giving:
    """A session fetched with all its parts, in its slot or in that which it had before."""
    return Giving(
        session_id=row.id,
        version=row.version,
        organisation=organisation_info(row.organisation),
        worker=row.worker.label if scope.covers(row.organisation_id) else None,
        services=tuple(named_service(one) for one in row.services),
        languages=tuple(spoken_language(one) for one in row.languages),
        slot=slot_shown(slot or row.slot),
    )


def swap_shown(row: Swap, scope: Scope, effects: Sequence[Effect | None] = ()) -> SwapShown:
    """A swap fetched with all its parts; ``effects`` are those of its legs, where they are wanted."""
    return SwapShown(
        id=row.id,
        kind=row.kind,
        state=row.state,
        round=round_info(row.round),
        asked_by=None if row.asked_by is None else organisation_info(row.asked_by),
        remark=row.remark,
        reason=row.reason,
        created_at=row.created_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        parties=tuple(_party(row, leg, scope, effects) for leg in row.legs),
    )


def _party(row: Swap, leg: SwapLeg, scope: Scope, effects: Sequence[Effect | None]) -> Party:
    covers = row.kind in ("cover", "offer") and leg.position > 0
    gets = _slot_after(row, leg)
    nothing_said = None if gets is None else Effect(slot=slot_shown(gets), broken=None, difference=Difference())
    return Party(
        organisation=organisation_info(leg.organisation),
        gives=giving(leg.session, scope, leg.slot),
        gets=(effects[leg.position] if effects else None) or nothing_said,
        covers=covers,
        accepted_at=leg.accepted_at,
    )


def _slot_after(row: Swap, leg: SwapLeg) -> Slot | None:
    """The slot that the party gets: that of the next leg; who is covered gets none."""
    if row.kind in ("cover", "offer"):
        return leg.slot if leg.position else None
    return row.legs[(leg.position + 1) % len(row.legs)].slot


class Effects:
    """What moving would do, for one round read once."""

    def __init__(self, round_: RoundInfo, *, now: datetime) -> None:
        self.month: Month = month_of(round_.id, round_.bureau_id)
        self._facts: RoundFacts = facts_of(round_, now=now)

    def of_ring(self, ring: Sequence[PlannedSession], scope: Scope) -> list[Effect]:
        """What each session gets that takes the slot of the next. How hours are liked is for their organisation."""
        onward = [*ring[1:], ring[0]]
        return [self._effect(one, to.slot, ring, onward, scope) for one, to in zip(ring, onward, strict=True)]

    def _effect(
        self,
        one: PlannedSession,
        to: Slot,
        ring: Sequence[PlannedSession],
        onward: Sequence[PlannedSession],
        scope: Scope,
    ) -> Effect:
        moved = {
            (other.worker_id, block_of(other.slot)): block_of(place.slot)
            for other, place in zip(ring, onward, strict=True)
            if other is not one
        }
        facts = replace(self._facts, held=tuple(_moved(held, moved) for held in self._facts.held))
        found = difference(
            facts,
            _held(one),
            block_of(to),
            services=map(named_service, one.services),
            languages=map(spoken_language, one.languages),
        )
        theirs = found if scope.covers(one.organisation_id) else replace(found, liked=())
        forbids = broken(self.month, placed(one), place_of(to))
        return Effect(slot=slot_shown(to), broken=forbids, difference=theirs)


def _moved(held: Held, moved: Mapping[tuple[int, Block], Block]) -> Held:
    block = moved.get((held.worker_id, held.block))
    return held if block is None else replace(held, block=block)


def _held(row: PlannedSession) -> Held:
    return Held(
        worker_id=row.worker_id,
        organisation=row.organisation.code,
        block=block_of(row.slot),
        seat=seat(row.slot.room, row.slot.seat).code,
        services=tuple(one.code for one in row.services),
        languages=tuple(one.tag for one in row.languages),
        fixed=True,
    )
