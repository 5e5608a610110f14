"""What a desk shows of what was counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bureau.kernel.errors import Refused
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


class OfAnother(Refused):
    """What waited in a browser was made by somebody else than who is signed in there now; it goes on waiting."""

    code: ClassVar[str] = "entries_of_another"


def ensure_own(whose: object, person: str) -> None:
    """Refuse to count for ``person`` what another made; who states nothing has a page of their own."""
    if whose not in (None, person):
        raise OfAnother
