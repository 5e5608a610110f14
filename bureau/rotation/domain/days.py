"""Cancelling a whole day, and putting it back as long as it is to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.kernel.text import clean_text

from .board import SessionDetail
from .booking import Presence
from .refusals import DayOver, PartnerLeft, ReasonNeeded, SessionOver, SlotTaken, UnknownWorker, WorkerBusy
from .rounds import RoundInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAhead:
    """A day before it is cancelled: its month where that is open, what would be cancelled, and what would be closed."""

    day: date
    round: RoundInfo | None
    sessions: tuple[SessionDetail, ...]
    open_slots: int
    closure: LocalisedText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedSession:
    """A session that the cancellation touched, as it is now; ``why`` it is not back, where it could not come back."""

    session: SessionDetail
    why: Refused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCancelled:
    """A day that was cancelled; ``undone_at`` where it was put back. ``public``: residents can read of it already."""

    day: date
    round: RoundInfo | None
    reason: LocalisedText
    cancelled_at: datetime
    undone_at: datetime | None
    sessions: tuple[TouchedSession, ...]
    slots: int
    over: bool
    public: bool

    @property
    def left(self) -> int:
        """How many sessions are not back."""
        return sum(one.why is not None for one in self.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """A cancelled session that would come back, and what is in its way today."""

    state: str
    starts_at: datetime
    ends_at: datetime
    worker: str
    worker_there: bool
    partner: bool
    slot_taken: bool
    busy: tuple[Presence, ...] = ()


def ensure_day_ahead(day: date, *, today: date) -> None:
    """A day is cancelled, or put back, until it is over."""
    if day < today:
        raise DayOver


def said(reason: LocalisedText) -> LocalisedText:
    """The reason in the languages that have words: residents are told why."""
    words = {tag: clean_text(text, multiline=True) for tag, text in reason.texts.items()}
    if not any(words.values()):
        raise ReasonNeeded(field="reason")
    return LocalisedText({tag: text for tag, text in words.items() if text}, reason.sources)


def ensure_returns(one: Returning, *, now: datetime) -> None:
    """Refuse with what stands in the way of the session."""
    if one.state != "cancelled" or one.starts_at <= now:
        raise SessionOver
    if not one.partner:
        raise PartnerLeft
    if not one.worker_there:
        raise UnknownWorker
    if one.slot_taken:
        raise SlotTaken
    if any(there.starts_at < one.ends_at and one.starts_at < there.ends_at for there in one.busy):
        raise WorkerBusy(worker=one.worker)


def why_not(one: Returning, *, now: datetime) -> Refused | None:
    """What stands in its way, if anything does."""
    try:
        ensure_returns(one, now=now)
    except Refused as why:
        return why
    return None


def in_order(sessions: Iterable[TouchedSession]) -> tuple[TouchedSession, ...]:
    """As the day goes."""
    return tuple(sorted(sessions, key=lambda one: (one.session.starts_at, one.session.session.id)))
