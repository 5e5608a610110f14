"""The public site follows the programmes, the calendar and the program itself."""

from datetime import datetime

from bureau.kernel.jobs import Job

from .actions import publish_site, site_in_force, tell_managers, what_is_due
from .domain import Outcome

PERIOD_LENGTH = 200


class PagesFailed(Exception):
    """The site is published, but for some files; the scheduler shows which, and tries again."""


def _period(now: datetime) -> str:
    """Empty while the site in force is made of what it would be made of now; else named for what is due, and after what.

    The release is part of the name so that going back to an earlier version of the program is due again, too; the day,
    so that what failed too often is tried once more on the next.
    """
    due = what_is_due(now=now)
    return f"{now:%Y-%m-%d} {due.mark} after release {due.after}: {' '.join(due.parts)}"[:PERIOD_LENGTH] if due else ""


def _publish(now: datetime) -> str:
    before = site_in_force()
    outcome = publish_site(now=now)
    if outcome.failed:
        tell_managers(before, site_in_force(), now=now)
        raise PagesFailed(said_of(outcome))
    return said_of(outcome)


def said_of(outcome: Outcome) -> str:
    """What publishing did, in a line for the log."""
    done = (
        f"release {int(outcome.release)} in {outcome.seconds:.1f} s: "
        f"{outcome.written} written, {outcome.kept} unchanged, {outcome.removed} removed"
    )
    if not outcome.failed:
        return done
    pages = "1 file" if len(outcome.failed) == 1 else f"{len(outcome.failed)} files"
    return f"{done}; {pages} could not be written: {', '.join(outcome.failed)}"


PUBLISH = Job(name="publishing.site", every_seconds=5, period_of=_period, run=_publish)
"""Publish the site when a programme is new, the day changes, or another version of the program renders it."""
