"""A table that somebody sent by the browser, on its way from the first look to what is counted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from bureau.kernel.errors import Refused

from .table import Where

READING, WRONG, READ, TAKING, DONE, LOST = "reading", "wrong", "read", "taking", "done", "lost"
AT_WORK = (READING, TAKING)
KEPT_FOR = timedelta(hours=1)
"""For so long an upload waits for its sender's word."""
SILENT_AFTER = timedelta(seconds=45)
"""After so long without a sign of life its process is gone."""
MOST_LINES = 100_000
"""So many entries a table has at most that is sent by the browser; the command takes larger ones."""


class StillCounting(Refused):
    """Another table of the same person is being counted at this moment."""

    code: ClassVar[str] = "still_counting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """How far it is. Nothing of what stands in the table is in here, nor how its file was called."""

    token: str
    bureau: str
    person_id: int
    actor: str
    organisations: tuple[int | None, ...]
    """Whose entries its sender may count, by number; None for everybody's."""
    sent_at: datetime
    heard_at: datetime
    step: str = READING
    lines: int = 0
    percent: int = 0
    problems: int = 0
    full: bool = False
    """Whether there may be more wrong than is told."""
    refusal: dict[str, Any] | None = None
    """Why it is refused as a whole."""
    mark: str = ""
    """The fingerprint of what was read, so that nothing else is taken in."""
    where: tuple[Where, ...] = field(default_factory=tuple)
    counted: int = 0
    known: int = 0

    @property
    def new(self) -> int:
        """How many entries would be counted."""
        return sum(one.new for one in self.where)

    @property
    def at_work(self) -> bool:
        """Whether it is being read or taken in."""
        return self.step in AT_WORK

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self) | {"sent_at": self.sent_at.isoformat(), "heard_at": self.heard_at.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Upload":
        """From plain data."""
        read: dict[str, Any] = {
            "organisations": tuple(data["organisations"]),
            "where": tuple(Where(**one) for one in data["where"]),
            **{name: datetime.fromisoformat(data[name]) for name in ("sent_at", "heard_at")},
        }
        return cls(**{**data, **read})


def as_seen(upload: Upload, *, now: datetime) -> Upload:
    """The upload as it is: one whose process fell silent is lost."""
    if upload.at_work and now - upload.heard_at > SILENT_AFTER:
        return replace(upload, step=LOST)
    return upload


def is_over(upload: Upload, *, now: datetime) -> bool:
    """Whether nobody waits for it any more."""
    return now - upload.sent_at > KEPT_FOR
