"""Opening a month and leading it through its phases."""

from datetime import datetime

from bureau.rotation.domain.rounds import Deadlines


def open_round(bureau: str, month: str, *, actor: str, now: datetime) -> int:
    """Open the month with deadlines proposed and slots made from opening hours and closures; the round's id.

    Refuses a month without open days (NoOpenDays) and one that is open already (AlreadyOpen).
    """
    raise NotImplementedError


def change_phase(bureau: str, round_id: int, phase: str, *, version: int, actor: str, now: datetime) -> None:
    """Go to the next phase, or back as long as nothing is published (WrongPhase, Stale)."""
    raise NotImplementedError


def set_deadlines(
    bureau: str,
    round_id: int,
    deadlines: Deadlines,
    *,
    advances_itself: bool,
    version: int,
    actor: str,
    now: datetime,
) -> None:
    """Set when each phase ends, and whether the next begins by itself (DeadlinesOutOfOrder, Stale)."""
    raise NotImplementedError


def close_slot(bureau: str, slot_id: int, *, actor: str, now: datetime) -> None:
    """Nothing can be planned in the slot any more (SlotOccupied where somebody is in it)."""
    raise NotImplementedError


def reopen_slot(bureau: str, slot_id: int, *, actor: str, now: datetime) -> None:
    """The slot can be booked again."""
    raise NotImplementedError
