"""The month on one page: days × blocks × seats, with who is where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bureau.kernel.localised import LocalisedText

from .live import Looks
from .offers import NamedService, OrganisationInfo, SpokenLanguage
from .rounds import Block, RoundInfo

NOTHING = Looks(number=0, special={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One seat of a room; ``code`` is the room's code with the seat's number: ``desk-1``."""

    room_id: int
    room: str
    number: int
    seats_in_room: int
    name: LocalisedText
    kind: str
    features: tuple[str, ...]

    @property
    def code(self) -> str:
        """What names a seat within its bureau."""
        return f"{self.room}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSession:
    """A session on the board. ``worker`` is shown to its own organisation and the manager only (else None)."""

    id: int
    uid: str
    organisation: OrganisationInfo
    worker_id: int | None
    worker: str | None
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]
    state: str
    origin: str
    pinned: bool
    mine: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One slot: a seat in a block, closed, free or taken. ``said`` are the states of what people said about it."""

    slot_id: int
    seat: Seat
    closed: bool
    past: bool
    session: BoardSession | None
    said: tuple[str, ...] = ()

    @property
    def free(self) -> bool:
        """Whether nothing stands in the way of a booking."""
        return self.session is None and not self.closed and not self.past


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardBlock:
    """One block of a day, with a cell for each seat, in the order of ``Board.seats`` (None: no such slot)."""

    block: Block
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDay:
    """One open day."""

    day: date
    week: str
    blocks: tuple[BoardBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The whole month. ``blocks`` are the distinct (starts, ends) of the month, for a grid's rows.

    ``services`` and ``languages`` are the catalogue's, in its order, by code and tag; ``looks`` are those of its slots.
    """

    round: RoundInfo
    seats: tuple[Seat, ...]
    blocks: tuple[tuple[time, time], ...]
    days: tuple[BoardDay, ...]
    services: Mapping[str, NamedService] = field(default_factory=dict)
    languages: Mapping[str, SpokenLanguage] = field(default_factory=dict)
    looks: Looks = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSlot:
    """A slot that can still be had."""

    slot_id: int
    day: date
    starts: time
    ends: time
    starts_at: datetime
    room: LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSlot:
    """A slot that a session could be moved to."""

    slot_id: int
    day: date
    starts: time
    ends: time
    seat: Seat

    @property
    def week(self) -> str:
        """The ISO week that it lies in."""
        year, week, _ = self.day.isocalendar()
        return f"{year:04d}-W{week:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetail:
    """One session with its slot, for its own page (release, pin)."""

    session: BoardSession
    round: RoundInfo
    slot_id: int
    day: date
    starts: time
    ends: time
    starts_at: datetime
    seat: Seat
    note: LocalisedText
    reason: str
    ends_at: datetime
    missed_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlace:
    """Whose a session is, and where it lies: what is needed to act on it and to lead back to the board."""

    organisation_id: int
    organisation: str
    slot_id: int
    month: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlace:
    """Where and when a slot is, and of which round: what does not change while it is booked.

    ``taken`` and ``busy`` say whether somebody had it when it was looked at, and whether a certain worker was elsewhere.
    """

    slot_id: int
    round_id: int
    bureau_id: int
    month: str
    block: Block
    seat: Seat
    taken: bool
    busy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A worker who could take a slot: what they may give there; ``busy`` when in another session then."""

    worker_id: int
    label: str
    organisation: OrganisationInfo
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]
    busy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotDetail:
    """One slot with who could take it, for the booking form. ``said`` are the states of what people said about it."""

    round: RoundInfo
    slot_id: int
    day: date
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime
    seat: Seat
    closed: bool
    past: bool
    session: BoardSession | None
    candidates: tuple[Candidate, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def block(self) -> Block:
        """The block that it lies in."""
        return Block(day=self.day, starts=self.starts, ends=self.ends, starts_at=self.starts_at, ends_at=self.ends_at)
