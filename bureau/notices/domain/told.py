"""What somebody was told, as pages and mails show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bureau.kernel.clock import local_date
from bureau.kernel.localised import LocalisedText

from .invitations import Invitation
from .timing import Choice, latest_digest, touches_soon


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice; ``organisation`` is whose matter it is, None where it is the bureau's."""

    id: int
    person_id: int
    kind: str
    values: Mapping[str, Any]
    address: str
    touches_at: datetime | None
    created_at: datetime
    seen: bool
    bureau_id: int
    bureau: LocalisedText
    timezone: str
    organisation: LocalisedText | None
    calendar: tuple[Invitation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The notices of one bureau and organisation, newest first."""

    bureau: LocalisedText
    organisation: LocalisedText | None
    notices: tuple[Told, ...]


def grouped(notices: Iterable[Told]) -> list[Group]:
    """By bureau and organisation; the group with the newest notice first."""
    groups: dict[tuple[int, str], list[Told]] = {}
    for one in sorted(notices, key=lambda told: (told.created_at, told.id), reverse=True):
        groups.setdefault((one.bureau_id, repr(one.organisation)), []).append(one)
    return [
        Group(bureau=found[0].bureau, organisation=found[0].organisation, notices=tuple(found))
        for found in groups.values()
    ]


def is_urgent(told: Told, choice: Choice, *, now: datetime) -> bool:
    """Whether the person is told by a mail of its own, at once."""
    return choice.at_once and touches_soon(told.touches_at, timezone=told.timezone, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a person is to be mailed on a day, at the hour they chose."""

    person_id: int
    day: date
    notices: tuple[Told, ...]

    @property
    def key(self) -> str:
        """Its name in the outbox: there is one a person and day."""
        return f"digest/{self.person_id}/{self.day}"


def digest_due(notices: Iterable[Told], choice: Choice, *, now: datetime) -> Digest | None:
    """The digest that a person should have by now, of what they were told and was not mailed yet; None where nothing is.

    After a pause, of ours or of theirs, there is one digest and not one a day.
    """
    waiting = sorted(notices, key=lambda told: (told.bureau_id, told.id))
    moment = latest_digest(choice, timezone=waiting[0].timezone, now=now) if waiting else None
    if moment is None:
        return None
    ripe = tuple(told for told in waiting if told.created_at <= moment and not is_urgent(told, choice, now=now))
    day = local_date(moment, waiting[0].timezone)
    return Digest(person_id=waiting[0].person_id, day=day, notices=ripe) if ripe else None
