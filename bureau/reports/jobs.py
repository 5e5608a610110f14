"""What reports need done by themselves: what fell silent, what is due, and a reminder on the third of the month."""

from datetime import datetime
from hashlib import sha256

from bureau.kernel.jobs import Job

from . import queries
from .actions.preparing import take_up_preparation
from .actions.reminding import remind_managers
from .actions.scheduling import publish_by_themselves, publish_due


def _interrupted(now: datetime) -> str:
    """A period of its own for each minute in which preparations are silent; none where every one is heard."""
    silent = queries.silent_preparations(now=now)
    return f"{now:%Y-%m-%d %H:%M} {_mark(silent)}" if silent else ""


def _take_up(now: datetime) -> str:
    taken = sum(take_up_preparation(one, now=now) for one, _ in queries.silent_preparations(now=now))
    return f"{taken} taken up"


INTERRUPTED_PREPARATIONS = Job(
    name="reports.interrupted", every_seconds=10, period_of=_interrupted, run=_take_up
)  # fmt: skip
"""Let another process prepare a report whose process is gone, as after a restart of the machine."""


def _due(now: datetime) -> str:
    """A period of its own for each minute in which a report's moment has come."""
    due = queries.reports_due(now=now)
    return f"{now:%Y-%m-%d %H:%M} {_mark(due)}" if due else ""


def _publish(now: datetime) -> str:
    return "; ".join(publish_due(now=now)) or "nothing"


SCHEDULED_REPORTS = Job(name="reports.scheduled", every_seconds=30, period_of=_due, run=_publish)
"""Publish reports at their moment."""


def _reminding(now: datetime) -> str:
    due = queries.reminders_due(now=now)
    return f"{now:%Y-%m-%d} {_mark(due)}" if due else ""


def _remind(now: datetime) -> str:
    return f"{remind_managers(now=now)} reminded"


REPORT_REMINDERS = Job(name="reports.reminders", every_seconds=600, period_of=_reminding, run=_remind)
"""On the third of the month, remind managers of last month's report; on a later day where nobody could."""


def _alone(now: datetime) -> str:
    """A period of its own for each minute in which something can be done without anybody pressing."""
    due = queries.by_themselves(now=now)
    return f"{now:%Y-%m-%d %H:%M} {_mark(due)}" if due else ""


def _go_on(now: datetime) -> str:
    return "; ".join(publish_by_themselves(now=now)) or "nothing"


REPORTS_BY_THEMSELVES = Job(name="reports.by-themselves", every_seconds=60, period_of=_alone, run=_go_on)
"""Prepare and publish the reports of bureaux that wish so, as soon as nothing is left to do."""


def _mark(due: object) -> str:
    return sha256(repr(due).encode()).hexdigest()[:12]
