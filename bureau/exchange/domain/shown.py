"""Swaps and waiting as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bureau.kernel.errors import Refused
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.cockpit import Gap
from bureau.rotation.domain.moving import Difference
from bureau.rotation.domain.offers import NamedService, OrganisationInfo, SpokenLanguage
from bureau.rotation.domain.rounds import RoundInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotShown:
    """A slot by its day, hours and seat."""

    slot_id: int
    day: date
    starts: time
    ends: time
    starts_at: datetime
    seat: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """A session that could change hands, with its slot. ``worker`` is for its organisation and the manager only."""

    session_id: int
    version: int
    organisation: OrganisationInfo
    worker: str | None
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]
    slot: SlotShown


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The slot that a session would get, the rule that forbids it if one does, and what becomes worse and better by that
    alone; what all of a swap does to wishes is ``Balance``.
    """

    slot: SlotShown
    broken: Refused | None
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What is asked for and would be there less often, and what oftener, when everybody has moved."""

    lost: tuple[Gap, ...] = ()
    gained: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party of a swap: what it gives, what it gets (nothing where it is covered), and whether it accepted.

    ``covers`` says that it takes the other party's slot over.
    """

    organisation: OrganisationInfo
    gives: Giving
    gets: Effect | None
    covers: bool
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapShown:
    """A swap, ring, cover or open offer with its parties. ``asked_by`` is None where the manager arranged it."""

    id: int
    kind: str
    state: str
    round: RoundInfo
    asked_by: OrganisationInfo | None
    remark: str
    reason: str
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    parties: tuple[Party, ...]
    balance: Balance | None = None

    def party(self, organisation_id: int | None) -> Party | None:
        """That organisation's part in it."""
        return next((one for one in self.parties if one.organisation.id == organisation_id), None)

    def waits_for(self, organisation_id: int | None) -> bool:
        """Whether the swap needs that organisation's answer."""
        part = self.party(organisation_id)
        return self.state == "asked" and part is not None and part.accepted_at is None

    def open_to(self, organisation_id: int | None) -> bool:
        """Whether it is an offer that the organisation could take."""
        return self.state == "asked" and self.kind == "offer" and self.party(organisation_id) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A swap or ring that could be asked for: each session with what it would get, ours first."""

    parts: tuple[tuple[Giving, Effect], ...]
    balance: Balance

    @property
    def code(self) -> str:
        """What names it in a form: the other sessions with their versions."""
        return ",".join(f"{giving.session_id}.{giving.version}" for giving, _ in self.parts[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The page on which a session's organisation looks for somebody: what is best, and everything else there is."""

    session: Giving
    state: str
    round: RoundInfo
    chosen: Proposed | None
    """The swap with the session that the person chose from all of them."""
    proposed: tuple[Proposed, ...]
    others: tuple[Giving, ...]
    partners: tuple[OrganisationInfo, ...]
    """Who could cover: everybody who takes part, but its own organisation."""
    open_swaps: tuple[SwapShown, ...]
    """What is being asked for it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry of a waiting list. ``before_us`` is how many wait longer for the slot."""

    id: int
    state: str
    slot: SlotShown
    round: RoundInfo
    organisation: OrganisationInfo
    worker: str
    services: tuple[str, ...]
    languages: tuple[str, ...]
    before_us: int
    asked_at: datetime
    expires_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OurSwaps:
    """Everything of one organisation that changes hands."""

    answer: tuple[SwapShown, ...]
    waiting: tuple[SwapShown, ...]
    offers: tuple[SwapShown, ...]
    past: tuple[SwapShown, ...]
    lists: tuple[Waiting, ...]
