"""Declaring by a table: tried first, taken over whole or not at all, and undone in one step."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from bureau.kernel.database import EVERY_ORGANISATION
from bureau.rotation.domain.draft import at
from bureau.rotation.queries import blocks_of_round, get_round, offer_page
from tests.rotation.views.conftest import AHEAD, Place

OFFER = f"/desk/golden-river/{AHEAD}/offers/open-gate/"
TABLE = f"{OFFER}table"


def bring(browser: FlaskClient, data: bytes, name: str = "month.csv") -> TestResponse:
    """Bring a table back."""
    return browser.post(TABLE, data={"table": (BytesIO(data), name)})


def draft() -> dict[str, str]:
    """What is written for open-gate."""
    page = offer_page(get_round("golden-river", str(AHEAD)), "open-gate", scope=EVERY_ORGANISATION)
    return dict(page.draft.cells)


def hidden(page: str) -> dict[str, Any]:
    """The fields that the page would take over."""
    return dict(re.findall(r'name="(at-[^"]+)" value="([a-z]*)"', page))


def test_a_table_is_tried_then_taken_over_then_undone(coordinator: FlaskClient, place: Place) -> None:
    first = blocks_of_round(place.round().id)[0]
    book = load_workbook(BytesIO(coordinator.get(f"{TABLE}.xlsx").data))
    book.worksheets[0]["E2"] = "Preferred"
    file = BytesIO()
    book.save(file)

    tried = bring(coordinator, file.getvalue(), "month.xlsx")
    nothing = draft()
    taken = coordinator.post(f"{TABLE}/take", data=hidden(tried.text))
    written = draft()

    assert tried.status_code == 200
    assert "The table changes 1 hour." in tried.text
    assert nothing == {}
    assert (taken.status_code, taken.location) == (303, OFFER)
    assert written == {at(place.worker.id, first.code): "preferred"}
    assert 'value="undo"' in coordinator.get(OFFER).text


def test_with_one_mistake_nothing_is_taken_over_and_it_is_told_by_line_and_column(
    coordinator: FlaskClient, place: Place
) -> None:
    place.round()
    lines = coordinator.get(f"{TABLE}.csv").text.lstrip("\ufeff").splitlines()
    lines[1] += "Possible"
    lines[2] += "gladly"

    answer = bring(coordinator, "\r\n".join(lines).encode())

    assert answer.status_code == 422
    assert "Nothing was taken over: 1 field needs another look." in answer.text
    assert re.search(
        r"Line <bdi[^>]*>3</bdi>, column E.*?“gladly” is not one of the words: Preferred", answer.text, re.DOTALL
    )
    assert hidden(answer.text) == {}


def test_a_colleagues_language_is_understood(coordinator: FlaskClient, place: Place) -> None:
    place.round()
    lines = coordinator.get(f"{TABLE}.csv").text.lstrip("\ufeff").splitlines()
    lines[1] += "предпочитано"

    answer = bring(coordinator, "\n".join(lines).encode())

    assert answer.status_code == 200
    assert "preferred" in hidden(answer.text).values()


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "The table says what stands on the page already."), (b"PK\x03\x04", "This file cannot be read.")],
)
def test_an_empty_or_broken_file_is_told(coordinator: FlaskClient, place: Place, data: bytes, words: str) -> None:
    place.round()

    answer = bring(coordinator, data)

    assert words in answer.text


def test_without_a_file_it_says_what_to_do(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    answer = coordinator.post(TABLE)

    assert answer.status_code == 422
    assert "Please choose a file." in answer.text


def test_there_is_no_other_kind_of_table(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    assert coordinator.get(f"{TABLE}.pdf").status_code == 404
