"""``flask report``: close a month, publish its report, write its open data."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.organisations import queries as places
from bureau.servicelog import actions as servicelog
from bureau.web.wording import word

from . import actions, queries
from .actions.preparing import run_preparation
from .actions.publishing import OnProgress
from .domain.bundle import bundle_of
from .domain.series import ReportNotPublished

report = AppGroup("report", help="The monthly report.")
ACTOR = "command line"


@contextmanager
def _told_why() -> Iterator[None]:
    """A refusal is one sentence on the error output and exit status 1."""
    try:
        yield
    except Refused as refusal:
        raise click.ClickException(word(refusal)) from refusal


@contextmanager
def _bar(label: str) -> Iterator[OnProgress]:
    """A bar on the terminal, if there is one."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=100, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda done, of: bar.update(100 * done // max(1, of) - bar.pos)


@report.command("close")
@click.argument("bureau")
@click.argument("month")
def close(bureau: str, month: str) -> None:
    """Close the month's log; what is entered for it later counts in the first month that is still open."""
    with _told_why():
        servicelog.close_month(bureau, month, actor="flask report close", now=utcnow())
    click.echo(f"The log of {month} is closed.")


@report.command("publish")
@click.argument("bureau")
@click.argument("month")
def publish(bureau: str, month: str) -> None:
    """Publish the report of MONTH: figures, protection, attack; its numbers never change after."""
    with _told_why(), _bar("Attacking") as tell:
        done = actions.publish_report(bureau, month, actor=ACTOR, now=utcnow(), on_progress=tell)
    gone = f"; given up: {', '.join(done.given_up)}" if done.given_up else ""
    click.echo(f"The report of {bureau} {month} is published: {done.cells} numbers, {done.protected} protected{gone}.")


@report.command("run-preparation", hidden=True)
@click.argument("preparation", type=int)
@click.argument("attempt", type=int)
def run_in_background(preparation: int, attempt: int) -> None:
    """What the process behind a preparation does; started by the manager's page, and again where it was cut off."""
    with _told_why():
        click.echo(run_preparation(preparation, attempt=attempt, clock=utcnow))


@report.command("words")
@click.argument("bureau")
@click.argument("month")
def words(bureau: str, month: str) -> None:
    """Draft the words of a published report from its numbers, in each language that has none yet."""
    with _told_why():
        written = actions.draft_words(bureau, month, actor=ACTOR, now=utcnow())
    click.echo(f"Words of {bureau} {month} drafted in {len(written)} languages: {', '.join(written)}.")


@report.command("bundle")
@click.argument("bureau")
@click.argument("month")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def bundle(bureau: str, month: str, folder: Path) -> None:
    """Write the open data of a published report into DIR."""
    with _told_why():
        found = queries.report_of(places.get_bureau(bureau).id, month)
        if found is None:
            raise ReportNotPublished(month=month)
    folder.mkdir(parents=True, exist_ok=True)
    files = bundle_of(found.release)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    click.echo(f"{len(files)} files in {folder}: {len(found.release.cells)} numbers of {bureau} {month}.")
