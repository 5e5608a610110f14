"""The jobs that scheduling itself brings: sending mails, and tidying its own tables."""

from datetime import datetime

from flask import current_app

from bureau.kernel.jobs import Job
from bureau.scheduling.actions import prune, send_waiting
from bureau.scheduling.queries import due_mails


def _mails_wait(now: datetime) -> str:
    """A period of its own for each time mails are due; none without a server, so that they wait and are shown."""
    return f"{now:%Y-%m-%dT%H:%M:%SZ}" if current_app.config["SMTP_URL"] and due_mails(now, limit=1) else ""


def _send_mails(now: datetime) -> str:
    return send_waiting(smtp_url=current_app.config["SMTP_URL"], sender=current_app.config["MAIL_FROM"], now=now)


def _prune(now: datetime) -> str:
    return f"{prune(now=now)} rows deleted"


MAIL = Job(name="mail", every_seconds=15, period_of=_mails_wait, run=_send_mails)
PRUNE = Job(name="scheduling.prune", every_seconds=600, period_of=lambda now: f"{now:%Y-%m-%d}", run=_prune)
