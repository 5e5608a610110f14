"""``flask site``: write the public site, or prove that it says what the programmes say."""

import sys
from collections.abc import Iterator

import click
from flask.cli import AppGroup

from bureau.calendars.domain.files import MadeFile
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.web.wording import word

from .actions import check_site, publish_site

site = AppGroup("site", help="The public site.")
SHOWN = 50


def _progress(files: Iterator[MadeFile], number: int) -> Iterator[MadeFile]:
    """A bar on the terminal, if there is one."""
    with click.progressbar(
        files, length=number, label="Pages and feeds", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as shown:
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
        f"Release {outcome.release}: {outcome.written} files written, {outcome.kept} unchanged, {outcome.removed} removed."
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
    for kind, paths in (("missing", found.missing), ("different", found.changed), ("not expected", found.extra)):
        for path in paths[:SHOWN]:
            click.echo(f"{kind}: {path}", err=True)
    number = len(found.missing) + len(found.changed) + len(found.extra)
    raise click.ClickException(
        f"{number} files do not say what the programmes say; flask site publish writes them anew."
    )
