"""Sessions as people keep them in a calendar of their own."""

from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.notices.domain.invitations import Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSession:
    """A session with the bureau and month it is in; ``settled`` once the month is published."""

    session: Invitation
    changed_at: datetime
    organisation: str
    bureau: str
    bureau_name: LocalisedText
    timezone: str
    month: Month
    settled: bool
