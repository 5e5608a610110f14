"""Asking for a new password tells nobody who has an account, and floods no mailbox."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from bureau.accounts import actions
from bureau.accounts.domain import TooManyTries
from bureau.accounts.models import OneTimeLink, Person
from bureau.kernel.audit import AuditEntry
from bureau.kernel.database import db
from bureau.kernel.outbox import OutboxMail
from tests.accounts.conftest import PASSWORD, Town
from tests.factories.accounts import person

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINA = "lina@opengate.example"


def ask(email: str = LINA, *, address: str = "192.0.2.1", now: datetime = NOON) -> None:
    """Ask for a new password."""
    actions.request_password_reset(email=email, address=address, now=now)


def kept() -> tuple[int, ...]:
    """How many links, mails and entries of the log there are."""
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (OneTimeLink, OutboxMail, AuditEntry)
    )


@pytest.fixture
def statements(lina: Person) -> Iterator[list[str]]:
    """What the database was told to do, in order; how a savepoint ends is left out."""
    told: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        told.append("SAVEPOINT" if "SAVEPOINT" in statement else statement)

    engine = db.session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield told
    event.remove(engine, "before_cursor_execute", note)


def test_the_database_does_the_same_for_an_account_for_a_closed_one_and_for_none(
    statements: list[str], town: Town
) -> None:
    person(email="closed@example.org", active=False)
    done = []

    for email in (LINA, "closed@example.org", "nobody@example.org", "not an address"):
        statements.clear()
        ask(email)
        done.append(list(statements))

    assert [one.split()[0] for one in done[0] if one.startswith("INSERT")] == ["INSERT"] * 4
    assert done[0] == done[1] == done[2] == done[3]


def test_what_is_rehearsed_for_a_stranger_leaves_nothing_behind(lina: Person) -> None:
    ask()
    links = db.session.scalars(select(OneTimeLink)).all()
    before, unused = kept(), [link.used_at for link in links]

    ask("nobody@example.org")

    assert (kept(), [link.used_at for link in links]) == (before, unused)


def test_a_link_is_sent_to_who_asked_and_to_nobody_else(lina: Person, town: Town) -> None:
    person(email="sami@example.org")

    ask("sami@example.org")

    assert db.session.scalars(select(OutboxMail.to)).all() == ["sami@example.org"]


def test_with_no_account_at_all_nothing_happens(session: object) -> None:
    ask("nobody@example.org")

    assert kept() == (0, 0, 0)


@pytest.mark.parametrize("email", [LINA, "nobody{}@example.org"], ids=["one account", "many strangers"])
def test_from_one_network_a_new_password_is_asked_for_ten_times_in_a_quarter_of_an_hour(
    lina: Person, email: str
) -> None:
    for number in range(10):
        ask(email.format(number), address=f"2001:db8::{number + 1:x}")

    with pytest.raises(TooManyTries) as refusal:
        ask(email.format("last"), address="2001:db8::abcd")
    ask(address="192.0.2.77")
    ask(address="2001:db8::1", now=NOON + timedelta(minutes=15))

    assert refusal.value.params == {"minutes": 15}


def test_asking_for_new_passwords_does_not_use_up_tries_to_sign_in(lina: Person) -> None:
    for _ in range(10):
        ask()

    with pytest.raises(TooManyTries):
        ask()
    assert actions.sign_in(email=LINA, password=PASSWORD, address="192.0.2.1", device="Firefox", now=NOON)


def test_the_page_says_when_to_ask_again(client: FlaskClient, lina: Person) -> None:
    answers = [client.post("/desk/password", data={"email": f"somebody{n}@example.org"}) for n in range(11)]

    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert "Please wait 15 min and try again." in answers[-1].text
