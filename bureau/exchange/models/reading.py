"""Rows as the plain data that rules and pages of exchanging work with."""

from collections.abc import Iterable, Sequence

from bureau.exchange.domain.moves import Place, Placed
from bureau.exchange.domain.shown import Effect, Giving, Party, SlotShown, SwapShown, Waiting
from bureau.kernel.database import Scope
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Organisation
from bureau.rotation.domain.moving import Difference
from bureau.rotation.domain.offers import OrganisationInfo, SpokenLanguage
from bureau.rotation.domain.round_facts import Held
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Slot
from bureau.rotation.models.publishing import published_service
from bureau.rotation.models.reading import (
    block_of,
    held,
    named_service,
    organisation_info,
    round_info,
    seat,
    spoken_language,
)

from .tables import Swap, SwapLeg, WaitlistEntry


def placed(row: PlannedSession) -> Placed:
    """A session fetched with worker, slot, room, services and languages."""
    return Placed(
        session_id=row.id,
        organisation_id=row.organisation_id,
        worker_id=row.worker_id,
        worker=row.worker.label,
        services=tuple(named_service(one) for one in row.services),
        place=place_of(row.slot),
        languages=tuple(one.tag for one in row.languages),
        pinned=row.pinned,
    )


def public_names(row: PlannedSession) -> tuple[LocalisedText, ...]:
    """What a session gives, as it may be read by anybody over somebody's shoulder: sensitive services by neutral names."""
    return tuple(published_service(one).name for one in row.services)


def place_of(slot: Slot) -> Place:
    """A slot fetched with its room."""
    return Place(slot_id=slot.id, block=block_of(slot), seat=seat(slot.room, slot.seat))


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


def waiting_shown(row: WaitlistEntry, before_us: int = 0) -> Waiting:
    """An entry fetched with all its parts."""
    return Waiting(
        id=row.id,
        state=row.state,
        slot=slot_shown(row.slot),
        round=round_info(row.slot.round),
        organisation=organisation_info(row.organisation),
        worker=row.worker.label,
        services=tuple(row.services),
        languages=tuple(row.languages),
        before_us=before_us,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        version=row.version,
    )


def round_of(row: Swap | Slot) -> RoundInfo:
    """The round of a swap or slot, fetched with its bureau."""
    return round_info(row.round)


def partner(row: Organisation) -> OrganisationInfo:
    """An organisation by its name."""
    return organisation_info(row)


def held_session(row: PlannedSession) -> Held:
    """A session fetched with all its parts, as the plan's figures count it."""
    return held(row)


def spoken_in(rows: Iterable[PlannedSession]) -> dict[str, SpokenLanguage]:
    """The languages of sessions fetched with all their parts, by tag."""
    return {one.tag: spoken_language(one) for row in rows for one in row.languages}
