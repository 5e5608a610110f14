"""What stands against one more session is told in words, whatever it is."""

import pytest
from flask import Flask

from bureau.rotation.views.gap_words import reason_people, reason_words

CODES = [
    "offered_by", "not_available", "no_desk", "desks_unavailable", "desks_taken", "overlap", "travel", "services_full",
    "counted", "block_requires", "not_together", "companion", "always_present", "possible",
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_each_reason_tells_how_many_it_holds_for(app: Flask, code: str) -> None:
    with app.test_request_context("/en/"):
        assert reason_words({"code": code, "teams": 3}).startswith("3 people ")
        assert reason_words({"code": code, "teams": 1}).startswith("1 person ")


@pytest.mark.parametrize("limit", ["max_per_day", "max_per_week", "max_per_month", "max_concurrent"])
def test_each_limit_has_its_own_words(app: Flask, limit: str) -> None:
    with app.test_request_context("/en/"):
        assert reason_words({"code": "limit", "of": "org", "limit": limit, "teams": 2}).startswith("2 people cannot ")


@pytest.mark.parametrize("code", ["closed", "no_blocks", "nobody_offers"])
def test_what_holds_for_everybody_has_no_number(app: Flask, code: str) -> None:
    with app.test_request_context("/en/"):
        assert reason_words({"code": code}).endswith(".")


NAMES = {"w1": "Open Gate: L1", "w2": "Open Gate: L2", "w3": "Good Well: H1", "w4": "Good Well: H2"}


@pytest.mark.parametrize(
    ("teams", "number", "words"),
    [
        (["w1", "w1", "w3"], 2, "Open Gate: L1, Good Well: H1"),
        (["w1", "w2", "w3", "w4"], 4, "For example: Open Gate: L1, Open Gate: L2, Good Well: H1"),
        (["w1", "w9"], 2, "For example: Open Gate: L1"),
        (["w9"], 1, ""),
    ],
)
def test_a_reason_names_up_to_three_of_the_people_whom_the_reader_may_see(
    app: Flask, teams: list[str], number: int, words: str
) -> None:
    reason = {"code": "not_available", "teams": number, "examples": [{"team": team} for team in teams]}

    with app.test_request_context("/en/"):
        assert reason_people(reason, NAMES) == words


def test_a_reason_without_examples_names_nobody(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert reason_people({"code": "closed"}, NAMES) == ""
