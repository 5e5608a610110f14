"""A bureau taken in and out again is the same document."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations import queries as organisations
from bureau.replication.actions import create_bureau
from bureau.replication.domain.document import read_document
from bureau.replication.queries import bureau_document
from bureau.web.languages import LANGUAGES

pytestmark = pytest.mark.usefixtures("session")

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DEMONSTRATION = Path(__file__).parents[2] / "bureau/demonstration/data/golden-river.json"

words = st.text("abc абв عربي", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
texts = st.dictionaries(st.sampled_from(["bg", "en", "ar"]), words, max_size=3)
codes = st.lists(st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True), max_size=3, unique=True)
days = st.dates(datetime(2026, 1, 1).date(), datetime(2027, 12, 31).date()).map(str)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Small whole documents: everything that is referred to is there."""
    tags, categories = ["ar", "fa-AF", "kmr"][: draw(st.integers(0, 3))], draw(codes)
    services = draw(codes) if categories else []
    organisations_ = draw(codes)
    return {
        "format": "bureau/1",
        "languages": [_language(draw, tag) for tag in tags],
        "categories": [{"code": code, "name": draw(texts), "icon": "info"} for code in categories],
        "services": [_service(draw, code, categories) for code in services],
        "status_groups": [
            {"code": code, "name": draw(texts), "active": draw(st.booleans())} for code in draw(codes)
        ],
        "bureau": _bureau(draw),
        "rooms": [_room(draw, code) for code in draw(codes)],
        "hours": _hours(draw),
        "closures": [
            {"day": day, "kind": draw(st.sampled_from(["holiday", "closed"])), "reason": draw(texts)}
            for day in sorted(draw(st.lists(days, max_size=3, unique=True)))
        ],
        "organisations": [_organisation(draw, code, services, tags) for code in organisations_],
        "demand": [
            {"per": "week", "service": code, "language": None, "minimum": 1, "target": draw(st.integers(1, 9)),
             "weight": draw(st.integers(1, 5))}
            for code in services
        ],
    }  # fmt: skip


def _language(draw: st.DrawFn, tag: str) -> dict[str, Any]:
    return {
        "tag": tag, "own_name": draw(words), "name": draw(texts), "phrase": draw(texts),
        "direction": draw(st.sampled_from(["ltr", "rtl"])), "script": "Arab", "locale": "ar",
    }  # fmt: skip


def _service(draw: st.DrawFn, code: str, categories: list[str]) -> dict[str, Any]:
    return {
        "code": code, "category": draw(st.sampled_from(categories)), "name": draw(texts), "neutral_name": draw(texts),
        "description": draw(texts), "bring": draw(texts), "mode": draw(st.sampled_from(["individual", "group"])),
        "audience": draw(st.sampled_from(["everyone", "women"])), "sensitivity": "normal",
        "minutes": draw(st.integers(1, 240)), "places": draw(st.integers(1, 20)), "walk_in": draw(st.booleans()),
        "needs_private_room": draw(st.booleans()), "external_codes": {"open_eligibility": 1}, "active": True,
    }  # fmt: skip


def _bureau(draw: st.DrawFn) -> dict[str, Any]:
    names = ("name", "city", "address", "welcome", "about", "find_us", "privacy", "walk_in_rule", "phone_text")
    return {
        "code": "small", **{name: draw(texts) for name in names}, "phone": "", "email": "a@b.example",
        "latitude": 42.5, "longitude": draw(st.floats(-180, 180)), "timezone": "Europe/Sofia", "holidays_of": "BG",
        "languages": draw(st.permutations(["bg", "en", "ar"])), "facilities": [{"code": "wifi", "name": draw(texts)}],
    }  # fmt: skip


def _room(draw: st.DrawFn, code: str) -> dict[str, Any]:
    return {
        "code": code, "name": draw(texts), "kind": draw(st.sampled_from(["desk", "front"])),
        "seats": draw(st.integers(1, 9)), "features": ["private"][: draw(st.integers(0, 1))], "active": True,
    }  # fmt: skip


def _hours(draw: st.DrawFn) -> list[dict[str, Any]]:
    weekdays = sorted(draw(st.sets(st.integers(1, 7), max_size=3)))
    return [
        {"weekday": day, "starts": "10:00", "ends": "12:30", "valid_from": "2025-01-01", "valid_until": None}
        for day in weekdays
    ]


def _organisation(draw: st.DrawFn, code: str, services: list[str], tags: list[str]) -> dict[str, Any]:
    worker = {
        "label": draw(words), "role": draw(texts), "attributes": ["woman"], "max_hours_month": None,
        "needs_supervisor": draw(st.booleans()), "active": True, "services": services, "languages": tags,
    }  # fmt: skip
    window = {"worker": worker["label"], "weekday": 2, "starts": "10:00", "ends": "12:00", "level": "preferred"}
    agreement = {
        "kind": "memorandum", "signed": None, "starts": draw(days), "ends": None, "notice_days": draw(st.integers(0, 90)),
        "auto_renew": draw(st.booleans()), "review_on": None, "contributions": draw(texts),
    }  # fmt: skip
    return {
        "code": code, "name": draw(texts), "kind": "legal", "about": draw(texts), "email": "", "phone": "",
        "partnership": {
            "active": draw(st.booleans()), "usual": {"promised": 4, "pattern": [window]}, "agreements": [agreement]
        },
        "workers": [worker],
    }  # fmt: skip


@contextmanager
def an_empty_installation(app: Flask) -> Iterator[None]:
    """What is stored inside is gone after it, so that each example starts afresh."""
    inner = db._app_engines[app][None].begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        inner.rollback()


@given(document=documents())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bureau_taken_in_is_taken_out_the_same(app: Flask, document: dict[str, Any]) -> None:
    with an_empty_installation(app):
        create_bureau(read_document(document, LANGUAGES), actor="test", now=NOW)

        assert bureau_document("small") == document


def test_the_demonstration_bureau_taken_in_is_taken_out_the_same() -> None:
    document = json.loads(DEMONSTRATION.read_bytes())

    made = create_bureau(read_document(document, LANGUAGES), actor="test", now=NOW)

    assert bureau_document("golden-river") == document
    assert made.organisations == 18
    assert made.kept == []


def test_the_demonstration_bureau_is_worded_in_all_seven_languages() -> None:
    document = json.loads(DEMONSTRATION.read_bytes())

    missing = [place for place, text in _texts(document, "") if set(text) != set(LANGUAGES)]

    assert missing == []


def test_a_second_bureau_keeps_the_catalogue_and_the_partners_it_finds() -> None:
    document = json.loads(DEMONSTRATION.read_bytes())
    create_bureau(read_document(document, LANGUAGES), actor="test", now=NOW)
    document["bureau"]["code"] = "silver-lake"
    document["services"][0]["name"]["en"] = "Something else"

    made = create_bureau(read_document(document, LANGUAGES), actor="test", now=NOW)

    assert "service:info" in made.kept
    assert len(organisations.partners(organisations.get_bureau("silver-lake").id)) == 18
    assert len(organisations.workers(EVERY_ORGANISATION)) == 51


def _texts(value: Any, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, dict):
        if "en" in value:
            yield place, value
        else:
            for name, inner in value.items():
                yield from _texts(inner, f"{place}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{place}/{index}")
