"""Mailing what people were told: digests at the hours they chose, urgent notices within the minute."""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256

from flask import current_app

from bureau.kernel.jobs import Job

from .actions import mail_at_once, mail_digest, prune
from .queries import digests_due, urgent
from .wording import headline, sentence


def _sends() -> bool:
    """Whether there is a mail server; without one, notices wait in the application."""
    return bool(current_app.config["SMTP_URL"])


def _of(now: datetime, due: list[str]) -> str:
    """A period of its own for each set of mails that are due, new every day; none where nothing is."""
    return f"{now:%Y-%m-%d} {sha256(' '.join(due).encode()).hexdigest()[:12]}" if due else ""


def digests(now: datetime) -> str:
    """Names the digests that are due, one a person and day."""
    return _of(now, sorted(digests_due(now))) if _sends() else ""


def mail_digests(now: datetime) -> str:
    """Write them; running it again writes none."""
    return _each(digests_due(now).values(), lambda person: mail_digest(person, sentence=sentence, now=now))


def soon(now: datetime) -> str:
    """Names the notices that are mailed at once."""
    return _of(now, [str(number) for number in urgent(now)]) if _sends() else ""


def mail_urgent(now: datetime) -> str:
    """Write them; running it again writes none."""
    return _each(urgent(now), lambda number: mail_at_once(number, sentence=sentence, headline=headline, now=now))


def _each(numbers: Iterable[int], write: Callable[[int], bool]) -> str:
    """Write every mail; one that cannot be written holds up no other, and is told of in the end."""
    written, mishaps = 0, []
    for number in numbers:
        try:
            written += write(number)
        except Exception as mishap:
            mishaps.append(mishap)
    if mishaps:
        raise ExceptionGroup(f"{written} written, {len(mishaps)} could not be", mishaps)
    return f"{written} written"


def _prune(now: datetime) -> str:
    return f"{prune(now=now)} notices deleted"


DIGESTS = Job(name="notices.digest", every_seconds=60, period_of=digests, run=mail_digests)
AT_ONCE = Job(name="notices.at-once", every_seconds=20, period_of=soon, run=mail_urgent)
PRUNE = Job(name="notices.prune", every_seconds=600, period_of=lambda now: f"{now:%Y-%m-%d}", run=_prune)
