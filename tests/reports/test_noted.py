"""Numbers that nobody logs: written down for a month, told only of enough people, frozen with the report."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.errors import Invalid
from bureau.reports.actions.noting import note_figures
from bureau.reports.domain.series import ReportPublished
from bureau.reports.queries.noted import noted_in
from tests.factories.accounts import manager_browser
from tests.factories.organisations import a_bureau
from tests.reports.standing import LAST, THEN, a_published_report

PAGE = f"/desk/golden-river/reports/{LAST}/noted"
EMPTY = {"events": "", "media": "", "feedback": "", "satisfied": ""}


@pytest.fixture
def desk(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A manager's browser."""
    return manager_browser(client, a_bureau())


def numbers() -> dict[str, int]:
    return noted_in(a_bureau().id, LAST).numbers


def send(desk: FlaskClient, **values: str) -> int:
    version = noted_in(a_bureau().id, LAST).version
    return desk.post(PAGE, data={**EMPTY, **values, "version": str(version)}).status_code


def test_what_is_written_down_is_kept_changed_and_taken_back(desk: FlaskClient) -> None:
    first = send(desk, events="3", feedback="12", satisfied="11")
    then = send(desk, events="4", media="0")

    assert (first, then) == (303, 303)
    assert numbers() == {"events": 4, "media": 0}


def test_no_more_can_be_content_than_answered(desk: FlaskClient) -> None:
    assert send(desk, feedback="10", satisfied="11") == 422
    assert send(desk, satisfied="1") == 422
    assert numbers() == {}


def test_the_page_says_of_how_many_answers_the_report_tells(desk: FlaskClient) -> None:
    assert 'at least <bdi class="num">10</bdi> people answered' in desk.get(PAGE).text


def test_two_who_write_at_once_are_told(desk: FlaskClient) -> None:
    note_figures("golden-river", LAST, {"events": 1}, version=0, actor="1", now=THEN)

    answer = desk.post(PAGE, data={**EMPTY, "events": "2", "version": "0"})

    assert answer.status_code == 422
    assert numbers() == {"events": 1}


def test_published_numbers_are_read_and_no_longer_written(app: Flask, desk: FlaskClient) -> None:
    note_figures("golden-river", LAST, {"events": 6, "feedback": 20, "satisfied": 19}, version=0, actor="1", now=THEN)
    a_published_report(app)

    page = desk.get(PAGE).text

    assert "These numbers are published and never change." in page
    assert '<bdi class="num">19</bdi>' in page
    assert send(desk, events="7") == 422
    with pytest.raises(ReportPublished):
        note_figures("golden-river", LAST, {}, version=0, actor="1", now=THEN)
    assert numbers()["events"] == 6


def test_numbers_out_of_reach_are_refused(session: scoped_session[Session]) -> None:
    a_bureau()

    with pytest.raises(Invalid):
        note_figures("golden-river", LAST, {"feedback": 3, "satisfied": 4}, version=0, actor="1", now=THEN)
