"""The true figures of a month, for its manager only; they are counted anew each time and kept nowhere."""

from datetime import datetime

from bureau.kernel.month import Month
from bureau.reports.domain.cells import Counts
from bureau.reports.domain.release import Release
from bureau.reports.domain.tabulating import settled, tabulate

from .tasks import figures_of


def true_figures(bureau: str, release: Release, *, now: datetime) -> Counts:
    """The true number of every cell of the release, as the log says now."""
    task = figures_of(bureau, Month.parse(release.id), now=now)
    return tabulate(settled(task.records), release.tables, release.dimensions)
