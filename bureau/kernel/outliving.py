"""Work that outlives the request that asked for it, as a row that a process of its own keeps alive: see ``children``."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped, mapped_column

from .database import db, pk, transaction
from .errors import Refused

BEAT_SECONDS = 1.0
"""So often the process gives a sign of life."""
SILENT_AFTER = timedelta(seconds=30)
"""After so long without one the process is gone, or as good as gone, and another one is given the work."""
LOST_AFTER = timedelta(minutes=5)
"""After so long nobody takes it up: no scheduler is at work. Then new work may begin."""
TAKEN_OVER = "taken over"


class TakenOver(Exception):
    """The work was given to another process, or is wanted no more; what we know of it counts no more."""


class Outliving:
    """Mixin of such rows. ``attempt`` counts the processes that were given the work; only the latest may write."""

    id: Mapped[pk]
    state: Mapped[str]
    attempt: Mapped[int] = mapped_column(default=1, server_default="1")
    started_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


Work = TypeVar("Work", bound=Outliving)


def is_silent(heard_at: datetime, *, now: datetime) -> bool:
    """Whether work gave no sign of life for so long that somebody else must take it up."""
    return now - heard_at > SILENT_AFTER


def is_lost(heard_at: datetime, *, now: datetime) -> bool:
    """Whether nobody took it up either."""
    return now - heard_at > LOST_AFTER


def silent(kind: type[Outliving], *, now: datetime) -> tuple[tuple[int, int], ...]:
    """The work of a kind, of any bureau, that must be taken up: id and attempt."""
    unheard = (kind.state == "running", kind.heard_at < now - SILENT_AFTER)
    found = db.session.execute(select(kind.id, kind.attempt).where(*unheard).order_by(kind.id))
    return tuple((row.id, row.attempt) for row in found)


def held(kind: type[Work], number: int) -> Work | None:
    """The row, which is ours until the transaction ends."""
    return db.session.scalar(select(kind).where(kind.id == number).with_for_update())


def ensure_none_runs(kind: type[Outliving], *here: ColumnElement[bool], otherwise: Refused, now: datetime) -> None:
    """Refuse with ``otherwise`` while work of that kind is done ``here``; what nobody took up again has failed."""
    for row in db.session.scalars(select(kind).where(*here, kind.state == "running").with_for_update()):
        if not is_lost(row.heard_at, now=now):
            raise otherwise
        row.state, row.finished_at = "failed", now
    db.session.flush()


def take_up(
    kind: type[Outliving], number: int, *, most: int, start: Callable[[int, int], object], now: datetime
) -> bool:
    """``start`` another process on work that fell silent; whether it was (not where somebody else did, or ``most`` have
    tried). The one that it was taken from, should it still live, may write nothing more.
    """
    with transaction():
        row = held(kind, number)
        if row is None or row.state != "running" or not is_silent(row.heard_at, now=now):
            return False
        if row.attempt >= most:
            row.state, row.finished_at = "failed", now
            return False
        row.attempt, row.heard_at = row.attempt + 1, now
        attempt = row.attempt
    start(number, attempt)
    return True
