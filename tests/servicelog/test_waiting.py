"""What waited in browsers arrives in any order, twice or with answers lost: each entry counts once."""

from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import scoped_session

from bureau.servicelog.domain.entries import ref_sent
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


RUNS = count()
deliveries = st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=14)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(deliveries=deliveries, cuts=st.sets(st.integers(0, 13), max_size=4))
def test_in_whatever_order_and_how_often_pieces_arrive_the_sum_is_right(
    desk: FlaskClient, deliveries: list[tuple[int, bool]], cuts: set[int]
) -> None:
    before, run = total(), next(RUNS)
    pieces = [piece(number, undo=undo, ref=f"{run}-{number}") for number, undo in deliveries]

    batches: list[list[dict[str, Any]]] = [[]]
    for place, one in enumerate(pieces):
        batches[-1].append(one)
        if place in cuts:
            batches.append([])
    for batch in batches:
        send(desk, batch)

    undone = {number for number, undo in deliveries if undo}
    assert total() - before == len({number for number, _ in deliveries} - undone)


def test_every_piece_has_an_answer_and_a_refusal_keeps_no_other_from_counting(desk: FlaskClient) -> None:
    answers = send(desk, [piece(1), piece(2, service="magic"), piece(3, day="someday"), piece(4)])

    assert {key: sorted(answer) for key, answer in answers.items()} == {
        "entry-1": ["month"], "entry-2": ["refused"], "entry-3": ["refused"], "entry-4": ["month"],
    }  # fmt: skip
    assert total() == 2


def test_for_an_organisation_that_is_not_ones_own_nothing_is_counted(desk: FlaskClient) -> None:
    answers = send(desk, [piece(1, organisation="lantern"), piece(2, organisation="nobody"), piece(3)])

    assert [sorted(answers[f"entry-{number}"]) for number in (1, 2, 3)] == [["refused"], ["refused"], ["month"]]
    assert [row.ref for row in rows()] == [ref_sent("entry-3")]


@pytest.mark.parametrize("body", [None, [], {"entries": 1}, {"entries": [1]}, {"entries": [{"key": "a"}]}])
def test_what_is_no_list_of_entries_is_refused(desk: FlaskClient, body: object) -> None:
    answer = desk.post(WAITING, json=body)

    assert answer.status_code in {400, 422}
    assert rows() == []
