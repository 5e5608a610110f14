"""``flask bureau create`` and ``flask bureau export``."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.replication.actions import create_bureau
from bureau.replication.domain.document import read_document
from bureau.replication.exports import as_file
from bureau.replication.queries import bureau_document
from bureau.web.languages import LANGUAGES
from bureau.web.wording import word

bureau = AppGroup("bureau", help="A whole bureau as one JSON document, without people's data.")


@bureau.command("create")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def create(file: Path) -> None:
    """Make a bureau from FILE: all of it, or nothing."""
    try:
        data = json.loads(file.read_bytes())
    except ValueError as error:
        raise click.ClickException(f"{file} is not JSON: {error}") from error
    try:
        made = create_bureau(read_document(data, LANGUAGES), actor="flask bureau create", now=utcnow())
    except Refused as refusal:
        raise click.ClickException(word(refusal)) from refusal
    for thing in made.kept:
        click.echo(f"kept as it was: {thing}", err=True)
    click.echo(f"bureau {made.bureau} created, organisations: {made.organisations}")


@bureau.command("export")
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export(code: str, file: Path) -> None:
    """Write the bureau of that CODE to FILE."""
    try:
        document = bureau_document(code)
    except Refused as refusal:
        raise click.ClickException(f"{code}: {word(refusal)}") from refusal
    file.write_bytes(as_file(document))
    click.echo(f"bureau {code} written to {file}")
