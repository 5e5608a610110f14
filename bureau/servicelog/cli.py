"""``flask log``: take consultations in from a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.errors import Refused
from bureau.web.tables import Limits, lines_of
from bureau.web.wording import word

from . import actions
from .actions import uploads
from .actions.importing import Tell
from .domain.table import LogTable

log = AppGroup("log", help="The service log.")
EVERYBODY = (EVERY_ORGANISATION,)
MOST_TOLD = 200
LARGEST = Limits(size=512 << 20, unpacked=2 << 30, lines=2_000_001, columns=40)


@contextmanager
def _bar(label: str, number: int) -> Iterator[Tell]:
    """A bar on the terminal, if there is one."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=max(1, number), label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda done, of: bar.update(done - bar.pos)


@log.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--bureau", required=True, metavar="CODE", help="The bureau whose consultations they are.")
@click.option("--dry-run", is_flag=True, help="Say what would be counted, and store nothing.")
def import_file(file: Path, bureau: str, *, dry_run: bool) -> None:
    """Count the consultations of a CSV or XLSX file: all of it, or nothing; a row's ref is never counted twice."""
    now = utcnow()
    try:
        table = _read(file, bureau, now)
        _stop_for_problems(table)
        if dry_run:
            click.echo(f"{table.number} entries can be taken in; nothing was stored.")
            _tell_months(bureau, table)
            return
        with _bar("Counting", table.number) as tell:
            taken = actions.import_log(
                bureau, table, scopes=EVERYBODY, person_id=None, actor="flask log import", now=now, tell=tell
            )
    except Refused as refusal:
        raise click.ClickException(word(refusal)) from refusal
    click.echo(f"{taken.counted} entries counted, {taken.known} known before; {taken.later} of days in closed months.")


def _read(file: Path, bureau: str, now: datetime) -> LogTable:
    size = file.stat().st_size
    with file.open("rb") as opened, _bar("Reading", size) as tell:

        def watched() -> Iterator[list[str]]:
            for number, line in enumerate(lines_of(opened, LARGEST)):
                if number % 1_000 == 0:
                    tell(min(size, opened.tell()), size)
                yield line

        return actions.read_log(bureau, watched(), scopes=EVERYBODY, now=now)


def _tell_months(bureau: str, table: LogTable) -> None:
    for one in actions.where_of(bureau, table):
        closed = "" if one.month == one.counts_in else f", counted in {one.counts_in}: {one.month} is closed"
        click.echo(f"{one.month}: {one.new} new, {one.known} counted before{closed}", err=True)


def _stop_for_problems(table: LogTable) -> None:
    for problem in table.problems[:MOST_TOLD]:
        click.echo(f"line {problem.line}, {problem.column or 'line'}: {word(problem.refusal)}", err=True)
    if len(table.problems) > MOST_TOLD:
        more = "more" if table.full else len(table.problems) - MOST_TOLD
        click.echo(f"… and {more} others.", err=True)
    if table.problems:
        raise click.ClickException("Nothing was stored.")


@log.command("go-on", hidden=True)
@click.argument("token")
def go_on(token: str) -> None:
    """What the process behind a table does that was sent by the browser: read it through, or count it."""
    click.echo(uploads.go_on(token, clock=utcnow).step)
