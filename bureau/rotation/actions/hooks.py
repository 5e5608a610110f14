"""Where features above the rota join in its transactions, without the rota knowing them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bureau.rotation.domain.rounds import RoundInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A session that was just given back; ``cover_from`` is when cover is sought by itself, None where it is not."""

    session_id: int
    cover_from: datetime | None
    actor: str
    now: datetime


on_released: list[Callable[[Released], None]] = []
"""Called within the transaction of a release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A slot that an organisation is about to take by hand."""

    slot_id: int
    organisation_id: int
    by_manager: bool
    now: datetime


before_booking: list[Callable[[Booking], None]] = []
"""Called within the transaction of a booking, before it is stored; refuses by raising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """A new booking that is taken back as if it had never been."""

    session_id: int
    slot_id: int
    now: datetime


before_undo: list[Callable[[Undoing], None]] = []
"""Called within the transaction before a booking is undone; refuses by raising."""

on_undone: list[Callable[[Undoing], None]] = []
"""Called within the transaction when the slot is free again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """A month that is about to be published; ``over`` names what the manager publishes it in spite of."""

    round: RoundInfo
    number: int
    over: str
    actor: str
    now: datetime


before_publishing: list[Callable[[Publishing], None]] = []
"""Called within the transaction of a publication, before it is stored; refuses by raising."""
