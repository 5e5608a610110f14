"""What accounts need done by themselves."""

from datetime import datetime

from bureau.kernel.jobs import Job

from .actions import prune


def _prune(now: datetime) -> str:
    return f"{prune(now=now)} rows deleted"


PRUNE = Job(name="accounts.prune", every_seconds=600, period_of=lambda now: f"{now:%Y-%m-%d}", run=_prune)
"""Once a day, delete ended sign-ins, old tries and dead links."""
