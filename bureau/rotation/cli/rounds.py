"""``flask round``: what the manager does in the browser; and ``flask rota export``, which needs the database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.rotation import actions, queries
from bureau.rotation.actions.proposals import create_proposal, run_proposal
from bureau.rotation.cli.progress import watching
from bureau.rotation.cli.rota import group as rota
from bureau.rotation.domain.preview import ANYHOW
from bureau.rotation.queries.facts import problem_of
from bureau.rotation.solver.files import write_document
from bureau.web.wording import word

ACTOR = "command line"
REFUSED = 1

group = AppGroup("round", help="Open a month, propose its rota, publish its programme.")


@contextmanager
def _told_why() -> Iterator[None]:
    """A refusal is one sentence on the error output and exit status 1."""
    try:
        yield
    except Refused as error:
        click.echo(word(error), err=True)
        sys.exit(REFUSED)


@group.command("open")
@click.argument("bureau")
@click.argument("month")
def open_month(bureau: str, month: str) -> None:
    """Open MONTH (as 2026-12) of BUREAU: slots from the opening hours, deadlines proposed."""
    with _told_why():
        actions.open_round(bureau, month, actor=ACTOR, now=utcnow())
        round_ = queries.get_round(bureau, month)
    blocks = queries.blocks_of_round(round_.id)
    click.echo(f"{bureau} {month} is open: {len(blocks)} blocks, declaring until {round_.deadlines.declaring_until}.")


@group.command("propose")
@click.argument("bureau")
@click.argument("month")
@click.option("--seconds", type=click.IntRange(1, 3600), default=60, show_default=True, help="Time for the search.")
@click.option("--everywhere", is_flag=True, help="Plan the whole month again, not only the weeks that broke.")
@click.option("--accept", is_flag=True, help="Book the plan right away.")
def propose(bureau: str, month: str, seconds: int, *, everywhere: bool, accept: bool) -> None:
    """Let the solver propose the rota of MONTH; the manager accepts it in the browser."""
    with _told_why():
        number = create_proposal(bureau, month, seconds=seconds, everywhere=everywhere, actor=ACTOR, now=utcnow())
        with watching("Planning", seconds) as watch:

            def show(progress: object) -> None:
                watch.say(_how_far(progress))
                watch.tick()

            state = run_proposal(number, clock=utcnow, watch=show)
        found = queries.get_proposal(bureau, number, now=utcnow())
        if state not in ("finished", "stopped"):
            click.echo(f"Proposal {found.number} has no plan: {found.problem_found}.", err=True)
            sys.exit(REFUSED)
        click.echo(f"Proposal {found.number}: {found.shifts} sessions, score {found.total}, at best {found.bound}.")
        if accept:
            done = actions.accept_proposal(bureau, number, actor=ACTOR, now=utcnow())
            counts = ", ".join(f"{number} {what.replace('_', ' ')}" for what, number in done.counts.items())
            click.echo(f"Booked: {counts}.")


def _how_far(progress: object) -> str:
    if not isinstance(progress, dict) or "total" not in progress:
        return ""
    return f"{progress['total']} (bound {progress['bound']})"


@group.command("run-proposal", hidden=True)
@click.argument("proposal", type=int)
@click.argument("attempt", type=int, default=1)
def run_in_background(proposal: int, attempt: int) -> None:
    """What the process behind a proposal does; started by the manager's page, and again where it was interrupted."""
    with _told_why():
        click.echo(run_proposal(proposal, attempt=attempt, clock=utcnow))


@group.command("publish")
@click.argument("bureau")
@click.argument("month")
@click.option(
    "--all-the-same", is_flag=True, help="In spite of open objections or too few answers; it is written down."
)
def publish(bureau: str, month: str, *, all_the_same: bool) -> None:
    """Publish MONTH as its next numbered programme."""
    over = ANYHOW if all_the_same else ""
    with _told_why():
        done = actions.publish_programme(bureau, month, over=over, actor=ACTOR, now=utcnow())
    click.echo(f"Programme {done.number} of {bureau} {month}: {done.sessions} sessions, {done.changed} new or changed.")


@rota.command("export")
@click.argument("bureau")
@click.argument("month")
@click.argument("instance", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export(bureau: str, month: str, instance: Path) -> None:
    """Write the round of MONTH as a problem file."""
    with _told_why():
        Month.parse(month)
        problem = problem_of(queries.get_round(bureau, month), now=utcnow())
    write_document(instance, problem)
    click.echo(f"{len(problem['teams'])} teams, {len(problem['blocks'])} blocks, {len(problem['demands'])} demands.")
