"""``flask person``: invite people and list them."""

import click
from flask.cli import AppGroup

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.web.wording import word

from .actions import invite_person
from .domain import ROLES
from .models import Role
from .queries import everyone

person = AppGroup("person", help="People who sign in.")


@person.command("invite")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(sorted(ROLES)), help="What the person is.")
@click.option("--for", "scope", metavar="CODE", help="The bureau (manager) or organisation (coordinator, worker).")
@click.option("--language", metavar="TAG", help="Language of the mail and of the pages.")
@click.option("--name", default="", help="How the person is called, if known.")
def invite(email: str, role: str, scope: str | None, language: str | None, name: str) -> None:
    """Give EMAIL a role, mail a one-time link and print it."""
    try:
        invitation = invite_person(
            email=email, role=role, scope=scope, language=language, name=name, by="command line", now=utcnow()
        )
    except Refused as error:
        raise click.ClickException(word(error)) from error
    click.echo(invitation.link)


@person.command("list")
def list_people() -> None:
    """Print everyone with their roles."""
    for one in everyone():
        roles = ", ".join(_described(role) for role in one.roles)
        click.echo(f"{one.email}\t{one.name}\t{one.language}\t{roles}{'' if one.active else '  (closed)'}")


def _described(role: Role) -> str:
    place = role.bureau or role.organisation
    return role.kind if place is None else f"{role.kind} of {place.code}"
