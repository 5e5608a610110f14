"""``flask demo load``."""

import click
from flask import current_app
from flask.cli import AppGroup

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.publishing.actions import publish_documents, publish_site
from bureau.rotation.queries import programmes_in_force
from bureau.web.wording import word

from . import actions

demo = AppGroup("demo", help="The demonstration bureau.")


@demo.command("load")
@click.option("--month", help="The first of the two months that are planned, as YYYY-MM; by default the present one.")
@click.option("--seconds", default=20, show_default=True, help="How long the solver may think about each month.")
@click.option(
    "--history", default=0, show_default=True, type=click.IntRange(0, 240), help="So many past months of log."
)
@click.option("--reports-later", is_flag=True, help="Leave it to the scheduler to publish the pages of the reports.")
def load(month: str | None, seconds: int, history: int, *, reports_later: bool) -> None:
    """Fill an empty database with the bureau Golden River, two planned months and one being declared."""
    now = utcnow()
    try:
        first = Month.parse(month) if month else Month.of(now.date())
        accounts = actions.load(
            first, seconds=seconds, history=history, now=now, tell=lambda line: click.echo(f"  {line} …")
        )
    except Refused as refusal:
        raise click.ClickException(word(refusal)) from refusal
    click.echo("  The public site …")
    if reports_later:  # what the scheduler then finds published has no reports yet
        publish_documents(lambda: programmes_in_force(actions.BUREAU), now=now)
    else:
        publish_site(now=now)
    click.echo(f"The demonstration bureau is planned and published. Every account's password: {actions.PASSWORD}")
    for account in accounts:
        click.echo(f"  {account.email:<42} {account.role}")
    click.echo(f"Site: {current_app.config['BASE_URL']}/")
