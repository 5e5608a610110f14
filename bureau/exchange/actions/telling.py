"""Who is told of a swap, a cover or a free slot; the words are the wording's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bureau.accounts.queries import coordinators_of
from bureau.exchange.models import Swap, SwapLeg
from bureau.notices.actions import tell
from bureau.rotation.queries.told import invitations_of

NOTHING_MOVED: Mapping[int, int] = MappingProxyType({})


def tell_parties(
    swap: Swap,
    kind: str,
    legs: Iterable[SwapLeg],
    sessions: Mapping[int, int] = NOTHING_MOVED,
    *,
    now: datetime,
) -> None:
    """Tell the coordinators of these parties of a swap (fetched with all its parts) what became of it.

    ``sessions`` are those that changed, by organisation: each goes into the calendars of its own.
    """
    for leg in legs:
        tell(
            coordinators_of(leg.organisation_id),
            kind=f"exchange.{kind}",
            bureau_id=swap.round.bureau_id,
            organisation_id=leg.organisation_id,
            values=_values(swap, leg),
            address=page_of(swap, leg.organisation.code),
            key=f"exchange/{swap.id}/{kind}/{leg.organisation_id}",
            touches_at=min(one.slot.starts_at for one in swap.legs),
            calendar=invitations_of([sessions[leg.organisation_id]]) if leg.organisation_id in sessions else (),
            now=now,
        )


def page_of(swap: Swap, organisation: str) -> str:
    """The swap's page, as that organisation reads it."""
    return f"/desk/{swap.round.bureau.code}/organisations/{organisation}/swaps/{swap.id}"


def _values(swap: Swap, leg: SwapLeg) -> dict[str, Any]:
    """What the party gives and gets (of a cover: the slot twice), who asks, and why it was declined."""
    onward = swap.legs[(leg.position + 1) % len(swap.legs)]
    other = swap.asked_by or onward.organisation
    return {
        "kind": swap.kind,
        "other": other.name.as_json(),
        "gives": slot_values(leg.slot),
        "gets": slot_values(onward.slot),
        "reason": swap.reason,
    }


def slot_values(slot: Any) -> dict[str, Any]:
    """A slot fetched with its room, as plain data."""
    return {
        "day": slot.day.isoformat(),
        "starts": f"{slot.starts:%H:%M}",
        "ends": f"{slot.ends:%H:%M}",
        "room": slot.room.name.as_json(),
    }
