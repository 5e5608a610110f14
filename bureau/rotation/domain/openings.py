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
    """A slot that an organisation could take, and the gap that it would help most by it, if any."""

    slot: SlotDetail
    gap: Gap | None


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
    ranks = [_rank(gap, lacking, organisation_id) for gap in gaps]
    judged = [(_most_helped(slot, gaps, ranks), slot) for slot in slots]
    judged.sort(key=lambda pair: (pair[0][0], pair[1].starts_at, pair[1].slot_id))
    return tuple(Opening(slot=slot, gap=gaps[index] if index >= 0 else None) for (_, index), slot in judged)


def one_each_time(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    """Of several free seats at the same time the one where the organisation is needed most, in the same order."""
    ranked = tuple(openings)
    best = {one.slot.starts_at: one for one in reversed(ranked)}
    return tuple(one for one in ranked if best[one.slot.starts_at] is one)


_Rank = tuple[int, int, bool, int, int]
_UNASKED: tuple[_Rank, int] = ((0, 0, False, 0, 0), -1)


def _most_helped(slot: SlotDetail, gaps: Sequence[Gap], ranks: Sequence[_Rank]) -> tuple[_Rank, int]:
    """The most urgent gap that somebody free would help there, by its place in the list."""
    return min(((ranks[index], index) for index, gap in enumerate(gaps) if _helps(slot, gap)), default=_UNASKED)


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
