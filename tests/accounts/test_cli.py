"""``flask person``."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from bureau.accounts.models import Person
from bureau.kernel.outbox import OutboxMail
from tests.accounts.conftest import Town
from tests.factories.accounts import person


def test_inviting_prints_a_link_that_opens_the_account(
    app: Flask, client: FlaskClient, town: Town, session: scoped_session[Session]
) -> None:
    result = app.test_cli_runner().invoke(
        args=["person", "invite", "boss@example.org", "--role", "manager", "--for", "golden-river", "--language", "uk"]
    )

    mail = session.scalars(select(OutboxMail)).one()
    assert (result.exit_code, result.output.strip() in mail.body, mail.language) == (0, True, "uk")
    assert client.get(result.output.strip().removeprefix("http://localhost")).status_code == 200


def test_a_refusal_is_said_on_the_error_output_with_status_one(
    app: Flask, town: Town, session: scoped_session[Session]
) -> None:
    result = app.test_cli_runner().invoke(
        args=["person", "invite", "boss@example.org", "--role", "manager", "--for", "atlantis"]
    )

    assert (result.exit_code, result.stderr) == (1, "Error: “atlantis” is not known here.\n")
    assert session.scalars(select(Person)).all() == []


def test_an_unknown_role_is_wrong_usage(app: Flask, town: Town) -> None:
    result = app.test_cli_runner().invoke(args=["person", "invite", "boss@example.org", "--role", "king"])

    assert result.exit_code == 2


def test_everyone_is_listed_with_roles(app: Flask, town: Town) -> None:
    person(email="a@example.org", name="Ana", manages=[town.here], works_for=[town.ours])
    person(email="b@example.org", name="Bo", active=False)

    result = app.test_cli_runner().invoke(args=["person", "list"])

    assert result.output.splitlines() == [
        "a@example.org\tAna\ten\tmanager of golden-river, worker of open-gate",
        "b@example.org\tBo\ten\t  (closed)",
    ]
