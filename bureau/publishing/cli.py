"""``flask site``: write the public site, prove that it says what the programmes say, or go back to an earlier release."""

import os
import sys
from collections.abc import Iterator, Mapping

import click
from flask.cli import AppGroup

from bureau.calendars.domain.files import MadeFile
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.web.wording import word

from .actions import check_site, publish_site, roll_back, send_site, site_in_force, site_releases
from .domain import ABOVE, Outcome, Release
from .domain.sending import NotSent

site = AppGroup("site", help="The public site.")
SHOWN = 50


def _progress(files: Iterator[MadeFile], number: int, part: str) -> Iterator[MadeFile]:
    """A bar on the terminal, if there is one."""
    label = "Pages above all bureaux" if part == ABOVE else f"Pages and feeds of {part}"
    with click.progressbar(files, length=number, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as shown:
        yield from shown


@site.command("publish")
@click.option("--bureau", metavar="CODE", help="Only this bureau's pages.")
def publish(bureau: str | None) -> None:
    """Write the public site from the published programmes; only what changed, or was damaged, is touched."""
    try:
        outcome = publish_site(now=utcnow(), bureau=bureau, watch=_progress, trusting=False)
    except Refused as error:
        raise click.ClickException(word(error)) from error
    click.echo(
        f"Release {outcome.release}: {outcome.written} files written, {outcome.kept} unchanged, "
        f"{outcome.removed} removed, in {outcome.seconds:.1f} s."
    )
    _complain(outcome)


def _complain(outcome: Outcome) -> None:
    """The rest is published; what failed is named."""
    for path, reason in outcome.failed.items():
        click.echo(f"could not be written: {path}: {reason}", err=True)
    if outcome.failed:
        raise click.ClickException(
            f"{len(outcome.failed)} files could not be written; what was there before stands in for them."
        )


@site.command("check")
@click.option("--bureau", metavar="CODE", help="Only this bureau's pages.")
def check(bureau: str | None) -> None:
    """Compare every public file with what the programmes say; name what differs."""
    try:
        found = check_site(now=utcnow(), bureau=bureau)
    except Refused as error:
        raise click.ClickException(word(error)) from error
    if not found:
        click.echo("Every public file says what the programmes say.")
        return
    kinds = {"missing": found.missing, "different": found.changed, "not expected": found.extra, "broken": found.failed}
    for kind, paths in kinds.items():
        for path in paths[:SHOWN]:
            click.echo(f"{kind}: {path}", err=True)
    release = site_in_force()
    for code in release.held if release else ():
        click.echo(f"held: {code} was taken back by hand, so its pages may say what was published earlier", err=True)
    raise click.ClickException(
        f"{len(found)} files do not say what the programmes say; flask site publish writes them anew."
    )


@site.command("releases")
def releases() -> None:
    """The releases that are kept, the newest first: when, how long it took, and what changed."""
    current = site_in_force()
    for release in site_releases():
        mark = "*" if current and release.number == current.number else " "
        click.echo(f"{mark} {release.number}  {release.at:%Y-%m-%d %H:%M:%S} UTC  {_told(release)}")


def _told(release: Release) -> str:
    total, failed = release.total, len(release.failed)
    done = f"back to {release.back_to}" if release.back_to else f"{total.written} written, {total.removed} removed"
    where = ", ".join(code for code, one in release.changes.items() if one.written or one.removed)
    notes = [
        f"{release.seconds:.1f} s",
        *([where] if where else []),
        *([f"{failed} failed"] if failed else []),
        *([f"held: {', '.join(release.held)}"] if release.held else []),
    ]
    return f"{done} ({'; '.join(notes)})"


@site.command("rollback")
@click.option("--to", metavar="NUMBER", help="A release that is kept; the one before, if not given.")
@click.option("--bureau", metavar="CODE", help="Only this bureau's pages.")
def rollback(to: str | None, bureau: str | None) -> None:
    """Let residents read an earlier release again."""
    try:
        release = roll_back(now=utcnow(), to=to, bureau=bureau)
    except Refused as error:
        raise click.ClickException(word(error)) from error
    click.echo(f"Release {release.number}: residents read what release {release.back_to} said.")
    click.echo(f"Held: {_listed(release.held)}. This stays so until the next programme is published there,")
    click.echo("or until you say: flask site publish.")


@site.command("sync")
@click.argument("target")
def sync(target: str) -> None:
    """Bring a copy of the public site up to date: a folder (PATH, or USER@HOST:PATH) by rsync, or a store that speaks S3
    (s3://BUCKET/PREFIX?endpoint=https://…&region=…), whose keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    """
    try:
        done = send_site(target, environment=os.environ)
    except NotSent as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{done.sent} files sent, {done.kept} unchanged, {done.removed} removed.")


def _listed(held: Mapping[str, str]) -> str:
    return ", ".join(held)
