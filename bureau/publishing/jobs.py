"""The public site follows the programmes and the calendar by itself."""

from datetime import datetime

from bureau.kernel.clock import local_date
from bureau.kernel.jobs import Job

from .actions import look_version, publish_site
from .queries import publication_mark, timezones


def _period(now: datetime) -> str:
    """New with every publication, every new day at any bureau, and every new version of the look."""
    days = sorted({local_date(now, zone).isoformat() for zone in timezones()})
    return " ".join((publication_mark(), *days, look_version()))


def _publish(now: datetime) -> str:
    outcome = publish_site(now=now)
    return f"release {outcome.release}: {outcome.written} written, {outcome.kept} unchanged, {outcome.removed} removed"


PUBLISH = Job(name="publishing.site", every_seconds=5, period_of=_period, run=_publish)
"""Publish the site when a programme is new or the day changes."""
