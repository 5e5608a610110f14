"""Taking a slot and giving it back."""

from collections.abc import Collection
from datetime import datetime

from bureau.kernel.database import Scope


def book_slot(
    bureau: str,
    slot_id: int,
    *,
    worker_id: int,
    services: Collection[str],
    languages: Collection[str],
    scope: Scope,
    actor: str,
    now: datetime,
) -> int:
    """Book a slot for the worker's organisation (one of the scope); the session's id. Two at once: the database decides.

    Refuses: SlotTaken (``near``: free slots), WorkerBusy, SlotClosed, SlotPast, WrongPhase, UnknownWorker,
    NotQualified, NothingGiven, NeedsPrivateRoom, LimitReached.
    """
    raise NotImplementedError


def release_session(
    bureau: str, session_id: int, *, reason: str, version: int, scope: Scope, actor: str, now: datetime
) -> None:
    """Give the session's slot back to the pool (ReasonNeeded, SessionOver, Stale)."""
    raise NotImplementedError


def take_back(bureau: str, session_id: int, *, scope: Scope, actor: str, now: datetime) -> None:
    """Undo a release, as long as the slot is free (SlotTaken, WorkerBusy, SessionOver)."""
    raise NotImplementedError


def pin_session(bureau: str, session_id: int, *, pinned: bool, actor: str, now: datetime) -> None:
    """Say that a session must stay where it is when the month is proposed again (the manager's)."""
    raise NotImplementedError
