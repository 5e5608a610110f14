"""The public site follows the programmes, the calendar and the program itself."""

from datetime import datetime

from bureau.kernel.jobs import Job

from .actions import publish_site, site_in_force, site_sources


def _period(now: datetime) -> str:
    """Empty while the site in force is made of what it would be made of now; else named for both.

    The release is part of the name so that going back to an earlier version of the program is due again, too.
    """
    wanted = site_sources(now=now)
    release, made_of = site_in_force()
    return "" if made_of == wanted else f"{wanted} after {release or 'nothing'}"


def _publish(now: datetime) -> str:
    outcome = publish_site(now=now)
    return f"release {outcome.release}: {outcome.written} written, {outcome.kept} unchanged, {outcome.removed} removed"


PUBLISH = Job(name="publishing.site", every_seconds=5, period_of=_period, run=_publish)
"""Publish the site when a programme is new, the day changes, or another version of the program renders it."""
