"""Sessions as people keep them in their calendars: to be worded and addressed when they are sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bureau.kernel.localised import LocalisedText

MOST_ATTACHED = 12
"""So many sessions go with a notice; with more of them, none does, and the person's own feed has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A session that is planned, has moved, or is gone. ``sequence`` rises with each change of the session of that UID.

    ``services``, ``languages`` (by their own names) and ``organisation`` say what it is, ``place`` where, from the room
    to the street; nobody's name.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    services: tuple[LocalisedText, ...]
    languages: tuple[str, ...]
    organisation: LocalisedText
    place: tuple[LocalisedText, ...]
    cancelled: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain data for the database."""
        return {
            "uid": self.uid,
            "sequence": self.sequence,
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
            "services": [dict(one.texts) for one in self.services],
            "languages": list(self.languages),
            "organisation": dict(self.organisation.texts),
            "place": [dict(one.texts) for one in self.place],
            "cancelled": self.cancelled,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Invitation":
        """What ``as_json`` wrote."""
        return cls(
            uid=data["uid"],
            sequence=data["sequence"],
            starts=datetime.fromisoformat(data["starts"]),
            ends=datetime.fromisoformat(data["ends"]),
            services=tuple(map(LocalisedText.from_json, data["services"])),
            languages=tuple(data["languages"]),
            organisation=LocalisedText.from_json(data["organisation"]),
            place=tuple(map(LocalisedText.from_json, data["place"])),
            cancelled=data["cancelled"],
        )


def gone(invitation: Invitation) -> Invitation:
    """The same session, cancelled."""
    return replace(invitation, cancelled=True)


def latest(invitations: Iterable[Invitation]) -> list[Invitation]:
    """Each session once, as it was told last, in order of time."""
    newest: dict[str, Invitation] = {}
    for one in invitations:
        if one.uid not in newest or newest[one.uid].sequence <= one.sequence:
            newest[one.uid] = one
    return sorted(newest.values(), key=lambda one: (one.starts, one.uid))
