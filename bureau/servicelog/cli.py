"""``flask log``: take consultations in from a file; ``flask report``: close a month's log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.errors import Refused
from bureau.web.tables import Limits, lines_of
from bureau.web.wording import word

from . import actions
from .actions.importing import Tell
from .domain.table import MOST_PROBLEMS, LogTable

log = AppGroup("log", help="The service log.")
report = AppGroup("report", help="The monthly report.")
LARGEST = Limits(size=512 << 20, unpacked=2 << 30, lines=2_000_001, columns=40)


@contextmanager
def _bar(number: int) -> Iterator[Tell]:
    """A bar on the terminal, if there is one."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=number, label="Entries", file=sys.stderr, hidden=hidden) as bar:
        yield lambda done, of: bar.update(done - bar.pos)


@log.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--bureau", required=True, metavar="CODE", help="The bureau whose consultations they are.")
@click.option("--dry-run", is_flag=True, help="Say what would be counted, and store nothing.")
def import_file(file: Path, bureau: str, *, dry_run: bool) -> None:
    """Count the consultations of a CSV or XLSX file: all of it, or nothing; a row's ref is never counted twice."""
    now = utcnow()
    try:
        with file.open("rb") as opened:
            table = actions.read_log(bureau, lines_of(opened, LARGEST), scope=EVERY_ORGANISATION, now=now)
        _stop_for_problems(table)
        if dry_run:
            click.echo(f"{table.number} entries can be taken in; nothing was stored.")
            return
        with _bar(table.number) as tell:
            taken = actions.import_log(
                bureau, table, scope=EVERY_ORGANISATION, person_id=None, actor="flask log import", now=now, tell=tell
            )
    except Refused as refusal:
        raise click.ClickException(word(refusal)) from refusal
    click.echo(f"{taken.counted} entries counted, {taken.known} known before; {taken.later} of days in closed months.")


def _stop_for_problems(table: LogTable) -> None:
    for problem in table.problems:
        click.echo(f"line {problem.line}, {problem.column or 'line'}: {word(problem.refusal)}", err=True)
    if len(table.problems) >= MOST_PROBLEMS:
        click.echo(f"… and perhaps more; the first {MOST_PROBLEMS} are listed.", err=True)
    if table.problems:
        raise click.ClickException("Nothing was stored.")


@report.command("close")
@click.argument("bureau")
@click.argument("month")
def close(bureau: str, month: str) -> None:
    """Close the month's log; what is entered for it later counts in the first month that is still open."""
    try:
        actions.close_month(bureau, month, actor="flask report close", now=utcnow())
    except Refused as refusal:
        raise click.ClickException(word(refusal)) from refusal
    click.echo(f"The log of {month} is closed.")
