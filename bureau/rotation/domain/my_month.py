"""One organisation's month: what it is asked, what it has, and where it is needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .board import SessionDetail, SlotDetail
from .cockpit import Gap, Share
from .ledger import Entry
from .offers import OrganisationInfo
from .rounds import RoundInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Something that an organisation is asked to do: ``kind`` is ``declare`` or ``book``; until when.

    ``begun``: something is written for it and not sent.
    """

    kind: str
    until: datetime | None
    done: bool
    begun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MyMonth:
    """What a coordinator sees first. ``open_slots`` are in the order in which the organisation is needed."""

    round: RoundInfo | None
    organisation: OrganisationInfo
    asks: tuple[Ask, ...]
    sessions: tuple[SessionDetail, ...]
    open_slots: tuple[SlotDetail, ...]
    needs: Mapping[int, Gap] = field(default_factory=dict)
    """What is missing that the organisation could give in a slot, by the slot's id."""
    share: Share | None = None
    """What it promised, its fair share, what it has; where it is in the plan."""
    past: tuple[Entry, ...] = ()
    """Its lines of the ledger, the latest month first."""

    @property
    def below(self) -> int:
        """How many sessions it is below its fair share."""
        return 0 if self.share is None else max(0, self.share.fair - self.share.given)
