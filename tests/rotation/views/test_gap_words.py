"""What stands against one more session is told in words, whatever it is."""

import pytest
from flask import Flask

from bureau.rotation.views.gap_words import reason_words

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
