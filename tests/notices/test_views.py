"""The page of one's notices, and what every page says of them."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.accounts.models import Person, Role
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db, transaction
from bureau.notices import actions, queries
from bureau.notices.domain import kinds
from bureau.notices.domain.timing import Choice
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, a_partnership, an_organisation
from tests.web.counting import queries_of

kinds.register("test.seen", lambda values: f"{values['what']} happened\nWith a second line")


@pytest.fixture
def mira(session: Session, client: FlaskClient) -> Person:
    """Somebody who coordinates a partner, signed in."""
    organisation = an_organisation()
    a_partnership(organisation, a_bureau())
    someone = person(coordinates=[organisation])
    sign_in_as(client, someone)
    return someone


def tell(someone: Person, what: str, **values: Any) -> None:
    """Tell somebody of their organisation's matter."""
    known = {
        "organisation_id": db.session.scalar(select(Role.organisation_id).where(Role.person_id == someone.id)),
        "kind": "test.happened",
        "bureau_id": 1,
        "address": "/desk/account",
        "key": what,
        "now": utcnow(),
        **values,
    }
    with transaction():
        actions.tell([someone], values={"what": what}, **known)


def test_who_was_told_nothing_reads_what_would_stand_here(mira: Person, client: FlaskClient) -> None:
    page = client.get("/desk/notices/").text

    assert "Nothing new." in page
    assert "Nobody has told you anything yet." in page
    assert "Mark all as read" not in page


def test_new_notices_are_counted_in_words_on_every_page_until_they_are_read(mira: Person, client: FlaskClient) -> None:
    tell(mira, "One")
    tell(mira, "Two")
    before = client.get("/desk/account").text
    newest = queries.notices_of(mira.id)[0].id
    tell(mira, "Three")

    client.post("/desk/notices/read", data={"until": newest})

    assert "2 new" in before
    assert "1 new" in client.get("/desk/account").text
    assert [(one.values["what"], one.seen) for one in queries.notices_of(mira.id)] == [
        ("Three", False), ("Two", True), ("One", True),
    ]  # fmt: skip
    assert [one.values["what"] for one in queries.since_last_look(mira.id, "golden-river")] == ["Three"]


def test_a_notice_leads_to_what_it_is_about_and_counts_as_read_then(mira: Person, client: FlaskClient) -> None:
    tell(mira, "One")
    (one,) = queries.notices_of(mira.id)

    answer = client.get(f"/desk/notices/{one.id}")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/account")
    assert queries.number_of_new(mira.id) == 0


def test_nobody_reads_what_others_were_told(mira: Person, client: FlaskClient) -> None:
    other = person(coordinates=[an_organisation("elsewhere")])
    tell(other, "Secret")
    (one,) = queries.notices_of(other.id)

    answer = client.get(f"/desk/notices/{one.id}")
    client.post("/desk/notices/read", data={"until": one.id})

    assert (answer.status_code, queries.number_of_new(other.id)) == (404, 1)
    assert "Secret" not in client.get("/desk/notices/").text


def test_the_page_asks_as_many_queries_for_three_notices_as_for_one(mira: Person, client: FlaskClient) -> None:
    counts = []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            tell(mira, name)
        with queries_of("notice", "bureau", "organisation") as asked:
            client.get("/desk/notices/")
        counts.append(len(asked))

    assert counts == [2, 2]


def test_each_chooses_when_to_be_written_to_and_two_windows_do_not_overrule_each_other(
    mira: Person, client: FlaskClient
) -> None:
    chosen = {"digest": "weekly", "hour": "9", "version": "0"}

    first = client.post("/desk/notices/choice", data=chosen)
    second = client.post("/desk/notices/choice", data={**chosen, "digest": "never"})
    wrong = client.post("/desk/notices/choice", data={**chosen, "digest": "hourly", "version": "1"})

    assert [first.status_code, second.status_code, wrong.status_code] == [303, 422, 422]
    assert "Somebody changed this meanwhile" in second.text
    assert queries.choice_of(mira.id) == Choice(digest="weekly", hour=9, at_once=False, version=1)


@pytest.mark.parametrize(("server", "said"), [("", True), ("smtp://localhost", False)])
def test_the_page_says_where_mail_is_not_set_up(
    app: Flask, mira: Person, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, server: str, said: bool
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", server)

    assert ("Mail is not set up here" in client.get("/desk/notices/").text) is said


def test_the_latest_comes_first_also_where_it_was_written_first(mira: Person) -> None:
    tell(mira, "Now")
    tell(mira, "Before", now=utcnow() - timedelta(days=1))

    assert [one.values["what"] for one in queries.notices_of(mira.id)] == ["Now", "Before"]
