"""What a desk shows of what was counted."""

from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.localised import LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEntry:
    """An entry as the desk's own list shows it; ``taken_back`` if it counts no more."""

    id: int
    ref: str
    kind: str
    number: int
    organisation: str
    service: LocalisedText
    service_code: str
    language: str
    language_name: str
    language_direction: str
    session_id: int | None
    logged_at: datetime
    logged_by_id: int | None
    taken_back: bool
