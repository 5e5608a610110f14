"""One entry of the log, before it is stored: what it may say, and in which month it counts."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar

from bureau.kernel.errors import Invalid, Refused
from bureau.kernel.month import Month

from .bands import BANDS, KINDS, REASONS

REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")
"""A client's or a file's own id of an entry: nothing that could be a sentence."""

OF_A_PROGRAM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:sent|file):[0-9a-f]{40}")
"""Refs that say nothing: made by chance, or out of what somebody wrote."""

MOST_ATTENDANCES = 999
UNDO_FOR = timedelta(seconds=30)
"""For how long whoever logged an entry takes it back without a reason."""
UNDO_GRACE = timedelta(hours=24)
"""For so long the word that an entry was undone may wait in a browser for the network."""
REACHES_BACK = timedelta(days=400)
"""How old a day may be that is still entered."""


class TakenBackAlready(Refused):
    """Somebody corrected the entry before."""

    code: ClassVar[str] = "taken_back_already"


class UndoOver(Refused):
    """The moment in which an entry is simply undone has passed; it can be corrected, with a reason."""

    code: ClassVar[str] = "entry_undo_over"


class LogClosed(Refused):
    """The month was closed already."""

    code: ClassVar[str] = "log_closed"


class MonthNotOver(Refused):
    """A month is signed off or closed when it is over."""

    code: ClassVar[str] = "month_not_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be counted. ``service``, ``language`` and ``status`` are codes; ``bands`` what else was asked."""

    ref: str
    kind: str = "consultation"
    number: int = 1
    day: date
    hour: int | None = None
    service: str
    language: str
    status: str | None = None
    bands: Mapping[str, str] = field(default_factory=dict)
    session_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an entry may name: codes of services, tags of languages, codes of status groups in use."""

    services: Mapping[str, int]
    languages: Collection[str]
    statuses: Mapping[str, int]


def ref_sent(words: str) -> str:
    """What is kept of a ref that a browser sends: one made by a program as it is, else enough to know it again."""
    if OF_A_PROGRAM.fullmatch(words) or REF.fullmatch(words) is None:
        return words
    return f"sent:{hashlib.sha256(words.encode()).hexdigest()[:40]}"


def ensure_entry(entry: Entry, known: Known, *, today: date, since: date | None = None) -> None:
    """Refuse (Invalid, naming the field) what cannot be counted; days before ``since`` (else 400 days ago) cannot."""
    for fault in faults_in(entry, known, today=today, since=since):
        raise fault


def faults_in(entry: Entry, known: Known, *, today: date, since: date | None = None) -> Iterator[Invalid]:
    """Everything for which an entry cannot be counted."""
    if REF.fullmatch(entry.ref) is None:
        yield Invalid(field="ref", reason="ref", value=entry.ref[:100])
    if entry.kind not in KINDS:
        yield Invalid(field="kind", reason="choice", value=entry.kind)
    most = MOST_ATTENDANCES if entry.kind == "group" else 1
    if not 1 <= entry.number <= most:
        yield Invalid(field="number", reason="number", low=1, high=most)
    yield from _faulty_time(entry, today, since or today - REACHES_BACK)
    yield from _unknown_codes(entry, known)
    for name, value in entry.bands.items():
        if value not in BANDS.get(name, ()):
            yield Invalid(field=name, reason="choice", value=value)


def _faulty_time(entry: Entry, today: date, since: date) -> Iterator[Invalid]:
    if entry.day > today:
        yield Invalid(field="date", reason="in_the_future", value=entry.day.isoformat())
    if entry.day < since:
        yield Invalid(field="date", reason="too_long_ago", value=entry.day.isoformat())
    if entry.hour is not None and not 0 <= entry.hour <= 23:
        yield Invalid(field="hour", reason="choice", value=str(entry.hour))


def _unknown_codes(entry: Entry, known: Known) -> Iterator[Invalid]:
    for name, value, allowed in (
        ("service", entry.service, known.services),
        ("language", entry.language, known.languages),
        ("status", entry.status, known.statuses),
    ):
        if value is not None and value not in allowed:
            yield Invalid(field=name, reason="unknown", value=value)


def counts_in(day: date, closed: Collection[Month]) -> Month:
    """The month in which something of ``day`` counts: its own, or the first after it that is not closed."""
    month = Month.of(day)
    while month in closed:
        month = month.shifted(1)
    return month


def ensure_undoable(logged_at: datetime, *, by_whoever_logged: bool, now: datetime) -> None:
    """An entry is undone by whoever made it, at once."""
    if not by_whoever_logged or now > logged_at + UNDO_FOR + UNDO_GRACE:
        raise UndoOver


def ensure_reason(reason: str) -> None:
    """Why an entry is corrected, of the list; that it was undone at once is not for later."""
    if reason not in REASONS or reason == "undone":
        raise Invalid(field="reason", reason="choice", value=reason)


def ensure_over(month: Month, *, today: date) -> None:
    """A month is complete from its last day on."""
    if today < month.last:
        raise MonthNotOver(month=str(month))
