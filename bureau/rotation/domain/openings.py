"""Open slots in the order in which an organisation is needed: what is missing first, then what is fair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .board import Candidate, SlotDetail
from .booking import Limits, Presence, ensure_within_limits
from .cockpit import Gap, Share
from .problem import iso_week
from .refusals import LimitReached
from .rounds import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A slot that an organisation could take. ``gap`` is what it would help most, ``below`` how much it owes its share."""

    slot: SlotDetail
    gap: Gap | None
    below: int


def has_room(limits: Limits, block: Block, present: Iterable[Presence]) -> bool:
    """Whether one session more stays within the organisation's own limits."""
    try:
        ensure_within_limits(limits, block, present)
    except LimitReached:
        return False
    return True


def best_first(
    slots: Iterable[SlotDetail], gaps: Sequence[Gap], shares: Iterable[Share], organisation_id: int
) -> tuple[Opening, ...]:
    """The slots with the reason to take each: missing minimum, then missing wish, then what nobody asked for.

    Among equals those come first that no other qualified organisation, further below its share, should rather take;
    then what is wholly missing, what is asked for in one language, the larger lack, and the earlier slot.
    """
    lacking = {one.organisation.id: one.fair - one.given for one in shares}
    ours = lacking.get(organisation_id, 0)
    judged = sorted(
        (_judged(slot, gaps, lacking, organisation_id) for slot in slots),
        key=lambda pair: (pair[0], pair[1].slot.starts_at, pair[1].slot.slot_id),
    )
    return tuple(Opening(slot=one.slot, gap=one.gap, below=max(0, ours)) for _, one in judged)


_Rank = tuple[int, int, bool, int, int]
_UNASKED: _Rank = (0, 0, False, 0, 0)


def _judged(
    slot: SlotDetail, gaps: Sequence[Gap], lacking: Mapping[int, int], organisation_id: int
) -> tuple[_Rank, Opening]:
    helped = [(_rank(gap, lacking, organisation_id), index) for index, gap in enumerate(gaps) if _helps(slot, gap)]
    if not helped:
        return _UNASKED, Opening(slot=slot, gap=None, below=0)
    rank, index = min(helped)
    return rank, Opening(slot=slot, gap=gaps[index], below=0)


def _rank(gap: Gap, lacking: Mapping[int, int], organisation_id: int) -> _Rank:
    """Less is more urgent."""
    ours = lacking.get(organisation_id, 0)
    others = (one.id for one in gap.qualified if one.id != organisation_id)
    ahead = sum(lacking.get(other, 0) > max(0, ours) for other in others)
    specific = (gap.service is not None) + (gap.language is not None)
    return (-2 if gap.have < gap.minimum else -1, ahead, gap.have > 0, -specific, gap.have - gap.target)


def _helps(slot: SlotDetail, gap: Gap) -> bool:
    return _lies_in(slot, gap) and any(not one.busy and _gives(one, gap) for one in slot.candidates)


def _lies_in(slot: SlotDetail, gap: Gap) -> bool:
    places = {
        "block": f"{slot.day.isoformat()}T{slot.starts:%H:%M}",
        "day": slot.day.isoformat(),
        "week": iso_week(slot.day),
    }
    return gap.per == "month" or places[gap.per] == gap.where


def _gives(candidate: Candidate, gap: Gap) -> bool:
    service = gap.service is None or gap.service.code in {one.code for one in candidate.services}
    language = gap.language is None or gap.language.tag in {one.tag for one in candidate.languages}
    return service and language
