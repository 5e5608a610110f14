"""The life of a swap: asked, then moved, or declined, taken back, out of time, overtaken by what happened."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from bureau.rotation.domain.booking import ensure_can_leave

from .refusals import AnswerGiven, OwnSession, SwapOver

OPEN_FOR = timedelta(days=3)
BEFORE = timedelta(hours=2)
"""A swap can be answered for some days, and until shortly before its first session begins."""

KINDS = {2: "swap", 3: "ring"}


def expiry(starts: Iterable[datetime], *, now: datetime) -> datetime:
    """Until when the parties can answer; a swap of what is very soon, until it begins."""
    first = min(starts)
    return min(now + OPEN_FOR, first - BEFORE if first - BEFORE > now else first)


def kind_of(organisations: Collection[int]) -> str:
    """Swap or ring, by how many take part: each organisation once."""
    if len(organisations) not in KINDS or len(set(organisations)) < len(organisations):
        raise OwnSession
    return KINDS[len(organisations)]


def ensure_can_answer(state: str, expires_at: datetime, *, accepted: bool, now: datetime) -> None:
    """A party answers while the swap is open, and once."""
    ensure_open(state, expires_at, now=now)
    if accepted:
        raise AnswerGiven


def ensure_open(state: str, expires_at: datetime, *, now: datetime) -> None:
    """The swap waits for somebody's answer, and there is time left."""
    if state != "asked" or expires_at <= now:
        raise SwapOver(state="expired" if state == "asked" else state)


def ensure_can_give(states: Iterable[tuple[str, datetime]], *, now: datetime) -> None:
    """Every session is still planned and to come."""
    for state, starts_at in states:
        ensure_can_leave(state, starts_at, now=now)


def has_changed(*, state: str, starts_at: datetime, version: int, seen_version: int, now: datetime) -> bool:
    """Whether a session of a swap is no longer what was asked for: changed, given back, or begun."""
    return version != seen_version or state not in ("proposed", "booked") or starts_at <= now
