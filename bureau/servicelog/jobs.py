"""What the service log needs done by itself."""

from datetime import datetime

from bureau.kernel.jobs import Job

from .actions.notes import forget_notes
from .actions.referring import FORGOTTEN, close_forgotten
from .actions.uploads import forget_uploads


def _forget(now: datetime) -> str:
    return f"{forget_notes(now=now)} notes deleted"


FORGET_NOTES = Job(name="log.forget-notes", every_seconds=600, period_of=lambda now: f"{now:%Y-%m-%d}", run=_forget)
"""Once a day, delete the notes whose time is over."""


def _close(now: datetime) -> str:
    return f"{close_forgotten(now=now)} referrals closed"


CLOSE_REFERRALS = Job(name=FORGOTTEN, every_seconds=600, period_of=lambda now: f"{now:%Y-%m-%d}", run=_close)
"""Once a day, close the referrals whose date is long past and that nobody has closed."""


def _forget_uploads(now: datetime) -> str:
    return f"{forget_uploads(now=now)} tables forgotten"


FORGET_UPLOADS = Job(
    name="log.forget-tables", every_seconds=600, period_of=lambda now: f"{now:%Y-%m-%d %H}", run=_forget_uploads
)
"""Once an hour, forget the tables that were sent and that nobody said a word about."""
