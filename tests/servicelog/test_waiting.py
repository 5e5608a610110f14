"""What waited in browsers arrives in any order, twice or with answers lost: each entry counts once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.servicelog.actions import close_month
from bureau.servicelog.domain.entries import ref_sent
from tests.dying import every_death
from tests.factories.accounts import person, sign_in_as
from tests.factories.servicelog import a_logging_bureau, rows, total

WAITING = "/desk/golden-river/log/waiting"


@pytest.fixture
def desk(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A browser of a worker of open-gate."""
    gate, _ = a_logging_bureau("open-gate", "lantern")
    sign_in_as(client, person(works_for=[gate]))
    return client


def piece(number: int, *, undo: bool = False, **values: Any) -> dict[str, Any]:
    """An entry as the sheet keeps it, or the wish to take it back."""
    ref = f"entry-{number}"
    entry = {"ref": ref, "organisation": "open-gate", "service": "info", "language": "en", **values}
    return entry | ({"key": f"undo:{ref}", "undo": True} if undo else {"key": ref})


def send(desk: FlaskClient, pieces: list[dict[str, Any]]) -> Any:
    """One request of the sheet."""
    return desk.post(WAITING, json={"entries": pieces}).json


class Killed(Exception):
    """The server died."""


class Queue:
    """What waits in a browser: nothing leaves it before its answer is here, whatever becomes of requests and answers."""

    def __init__(self, desk: FlaskClient) -> None:
        """Nothing waits yet."""
        self.desk, self.run = desk, uuid4()
        self.waiting: dict[str, dict[str, Any]] = {}
        self.counted: set[int] = set()
        self.undone: set[int] = set()
        self.late: list[list[dict[str, Any]]] = []

    def tap(self, number: int) -> None:
        """Count one; tapped again under the same number it is undone."""
        undo = number in self.counted
        (self.undone if undo else self.counted).add(number)
        one = piece(number, undo=undo, ref=f"{self.run}-{number}")
        self.waiting[one["key"]] = one

    def send(self, fate: str) -> None:
        """One request with what waits, and what becomes of it."""
        batch = list(self.waiting.values())
        if fate == "late":
            self.late.append(batch)
        elif fate == "overtaken":
            for old in reversed(self.late):
                send(self.desk, old)
        elif fate.startswith("killed"):
            self._killed(batch, int(fate[-1]))
        elif fate != "lost":
            answers = send(self.desk, batch)
            if fate == "twice":
                send(self.desk, batch[::-1])
            if fate != "unanswered":
                self.waiting = {key: one for key, one in self.waiting.items() if key not in answers}

    def _killed(self, batch: list[dict[str, Any]], left: int) -> None:
        """The server dies in its so-and-so-many-th write; the database gives up what was not committed."""

        def die(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            nonlocal left
            left -= statement.startswith("INSERT")
            if left == 0:
                raise Killed

        with after_statements(die), suppress(Killed):
            send(self.desk, batch)


@contextmanager
def after_statements(call: Callable[..., None]) -> Iterator[None]:
    """Call after every statement, while inside."""
    event.listen(db.engine, "after_cursor_execute", call)
    try:
        yield
    finally:
        event.remove(db.engine, "after_cursor_execute", call)


FATES = ("answered", "lost", "unanswered", "twice", "late", "overtaken", "killed1", "killed2", "killed3")
steps = st.lists(st.one_of(st.integers(0, 4), st.sampled_from(FATES)), max_size=16)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=steps)
def test_whatever_becomes_of_requests_and_of_the_server_each_tap_counts_once(
    desk: FlaskClient, steps: list[int | str]
) -> None:
    queue, before = Queue(desk), total()

    for step in steps:
        queue.tap(step) if isinstance(step, int) else queue.send(step)
    queue.send("answered")
    queue.send("overtaken")

    assert queue.waiting == {}
    assert total() - before == len(queue.counted - queue.undone)


def test_a_server_killed_at_any_write_has_stored_what_it_answered_and_nothing_twice(installation: Flask) -> None:
    with installation.app_context():
        (gate,) = a_logging_bureau("open-gate")
        desk = installation.test_client()
        sign_in_as(desk, person(works_for=[gate]))
        send(desk, [piece(1)])
        db.session.remove()
    batch = [piece(1), piece(2), piece(3), piece(3, undo=True)]

    seen = []
    for _ in every_death(installation, lambda: send(desk, batch)):
        with installation.app_context():
            seen.append(total())
            db.session.remove()

    with installation.app_context():
        assert (total(), len(seen) > 1, set(seen) <= {1, 2, 3}) == (2, True, True)
        assert len({row.ref for row in rows() if row.number > 0}) == 3


def test_every_piece_has_an_answer_and_a_refusal_keeps_no_other_from_counting(desk: FlaskClient) -> None:
    answers = send(desk, [piece(1), piece(2, service="magic"), piece(3, day="someday"), piece(4)])

    assert {key: sorted(answer) for key, answer in answers.items()} == {
        "entry-1": ["month"], "entry-2": ["refused"], "entry-3": ["refused"], "entry-4": ["month"],
    }  # fmt: skip
    assert total() == 2


def test_what_waited_until_its_month_was_closed_counts_in_the_open_one_and_says_so(desk: FlaskClient) -> None:
    month = Month.of(local_date(utcnow(), "Europe/Sofia"))
    before = month.shifted(-1)
    close_month("golden-river", str(before), actor="test", now=utcnow())

    answers = send(desk, [piece(1, day=before.last.isoformat()), piece(2)])

    assert [row.month for row in rows()] == [str(month), str(month)]
    assert answers["entry-1"]["said"].startswith("The month of this day is closed already. It counts in ")
    assert answers["entry-2"] == {"month": str(month)}


def test_what_somebody_else_made_is_not_counted_in_the_name_of_who_is_signed_in_now(desk: FlaskClient) -> None:
    me = desk.get("/desk/golden-river/today/who").json["whose"]

    refused = desk.post(WAITING, json={"whose": f"{me}0", "entries": [piece(1)]})
    counted = desk.post(WAITING, json={"whose": me, "entries": [piece(2)]})

    assert (refused.status_code, counted.status_code) == (409, 200)
    assert [row.ref for row in rows()] == [ref_sent("entry-2")]


def test_for_an_organisation_that_is_not_ones_own_nothing_is_counted(desk: FlaskClient) -> None:
    answers = send(desk, [piece(1, organisation="lantern"), piece(2, organisation="nobody"), piece(3)])

    assert [sorted(answers[f"entry-{number}"]) for number in (1, 2, 3)] == [["refused"], ["refused"], ["month"]]
    assert [row.ref for row in rows()] == [ref_sent("entry-3")]


@pytest.mark.parametrize("body", [None, [], {"entries": 1}, {"entries": [1]}, {"entries": [{"key": "a"}]}])
def test_what_is_no_list_of_entries_is_refused(desk: FlaskClient, body: object) -> None:
    answer = desk.post(WAITING, json=body)

    assert answer.status_code in {400, 422}
    assert rows() == []
