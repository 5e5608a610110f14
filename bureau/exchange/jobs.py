"""What happens to swaps, covers and waiting lists by itself, every minute."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from bureau.kernel.jobs import Job

from .actions.answering import close_what_is_over, what_is_over
from .actions.covering import look_after_calls
from .actions.waiting import look_after_lists
from .queries.waiting import calls_to_look_at, marks_of, slots_to_look_at


def _period(what: Iterable[object], now: datetime) -> str:
    """A period of its own for each set of things to do, new every hour; none where there is nothing to do."""
    marks = " ".join(str(one) for one in what)
    return f"{now:%Y-%m-%dT%H} {sha256(marks.encode()).hexdigest()[:12]}" if marks else ""


def swaps_over(now: datetime) -> str:
    """The swaps whose time is up, or whose sessions are no longer what was asked for."""
    return _period(what_is_over(now=now), now)


def close_swaps(now: datetime) -> str:
    """Close them and tell their parties. Running it again changes nothing."""
    return f"{close_what_is_over(now=now)} closed"


def calls_due(now: datetime) -> str:
    """The calls for cover that begin now, or are over."""
    return _period((f"{one.id}/{one.asked_from}/{one.called_at}" for one in calls_to_look_at(now=now)), now)


def call_for_cover(now: datetime) -> str:
    """Ask everybody who qualifies; end what is taken or past."""
    called, ended = look_after_calls(now=now)
    return f"{called} called, {ended} ended"


def lists_due(now: datetime) -> str:
    """The slots on whose waiting lists something is to be done, and who waits as what.

    Every minute anew: who waits may come free without anything changing in the list.
    """
    waiting = marks_of(slots_to_look_at(now=now))
    return _period([*waiting, f"{now:%M}"] if waiting else (), now)


def offer_to_waiting(now: datetime) -> str:
    """Offer free slots to the first in line, and take back what was not confirmed in time."""
    offered, closed = look_after_lists(now=now)
    return f"{offered} offered, {closed} closed"


SWAPS_OVER = Job(name="swaps-over", every_seconds=60, period_of=swaps_over, run=close_swaps)
COVER = Job(name="cover-calls", every_seconds=60, period_of=calls_due, run=call_for_cover)
WAITING_LISTS = Job(name="waiting-lists", every_seconds=60, period_of=lists_due, run=offer_to_waiting)
