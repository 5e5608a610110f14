"""A document that cannot be taken in is refused by place, and nothing of it is stored."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from bureau.organisations import queries as organisations
from bureau.replication.domain.document import read_document
from bureau.replication.domain.reading import MalformedDocument
from bureau.web.languages import LANGUAGES
from tests.factories.organisations import a_bureau

DEMONSTRATION = Path(__file__).parents[2] / "bureau/demonstration/data/golden-river.json"
WHOLE = json.loads(DEMONSTRATION.read_bytes())

WRONG = {
    "/format": "bureau/9",
    "/languages/0/tag": "arabic!",
    "/languages/0/direction": "up",
    "/services/3/category": "magic",
    "/services/0/minutes": 0,
    "/services/0/walk_in": "yes",
    "/services/0/name": "Information",
    "/services/0/name/en": " padded ",
    "/bureau/code": "Golden River",
    "/bureau/timezone": "Europe/Zlatna",
    "/bureau/languages": ["xx"],
    "/rooms/1/kind": "cellar",
    "/rooms/1/seats": True,
    "/hours/0/starts": "25:00",
    "/closures/0/day": "2026-02-30",
    "/organisations/0/kind": "secret",
    "/organisations/3/workers/0/services/1": "magic",
    "/organisations/3/workers/0/languages/0": "xx",
    "/organisations/3/partnership/usual": {"promised": 1, "minimum": 2},
    "/demand/0/target": 0,
}


def changed(place: str, value: object) -> dict[str, Any]:
    """The demonstration's document with another value at one place."""
    document = deepcopy(WHOLE)
    *way, last = place.split("/")[1:]
    inner: Any = document
    for name in way:
        inner = inner[int(name) if isinstance(inner, list) else name]
    inner[int(last) if isinstance(inner, list) else last] = value
    return document


@pytest.mark.parametrize(("place", "value"), WRONG.items())
def test_what_is_wrong_is_named_with_its_place(place: str, value: object) -> None:
    with pytest.raises(MalformedDocument) as refusal:
        read_document(changed(place, value), LANGUAGES)

    assert refusal.value.params["place"] == place


@pytest.mark.parametrize(
    ("place", "fault"),
    [("/rooms", "double"), ("/closures", "double"), ("/demand", "double"), ("/categories", "double")],
)
def test_what_stands_twice_is_refused(place: str, fault: str) -> None:
    rows = WHOLE[place[1:]]

    with pytest.raises(MalformedDocument) as refusal:
        read_document(changed(place, [*rows, rows[0]]), LANGUAGES)

    assert refusal.value.params["place"] == f"{place}/{len(rows)}"
    assert refusal.value.params["reason"] == fault


def test_overlapping_hours_are_refused() -> None:
    hours = [*WHOLE["hours"], {**WHOLE["hours"][0], "starts": "11:00", "ends": "13:00"}]

    with pytest.raises(MalformedDocument) as refusal:
        read_document(changed("/hours", hours), LANGUAGES)

    assert refusal.value.params["reason"] == "hours_overlap"


def test_a_misspelt_member_is_refused_rather_than_lost() -> None:
    with pytest.raises(MalformedDocument) as refusal:
        read_document(changed("/bureau/phnoe", "+359"), LANGUAGES)

    assert refusal.value.params["place"] == "/bureau/phnoe"


@pytest.mark.parametrize("data", [None, [], "bureau", 3, {}])
def test_something_else_than_a_document_is_refused(data: object) -> None:
    with pytest.raises(MalformedDocument):
        read_document(data, LANGUAGES)


def run(app: Flask, *arguments: str) -> Result:
    """What ``flask bureau`` answers."""
    return app.test_cli_runner().invoke(args=["bureau", *arguments])


@pytest.mark.usefixtures("session")
def test_the_commands_take_a_bureau_in_and_out(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    created, exported = run(app, "create", str(DEMONSTRATION)), run(app, "export", "golden-river", str(out))

    assert (created.exit_code, created.output) == (0, "bureau golden-river created, organisations: 18\n")
    assert exported.exit_code == 0
    assert out.read_bytes() == DEMONSTRATION.read_bytes()


@pytest.mark.usefixtures("session")
def test_a_refused_document_leaves_nothing_behind_and_says_where(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "bureau.json"
    file.write_text(json.dumps(changed("/organisations/3/workers/0/services/1", "magic")))

    answer = run(app, "create", str(file))

    assert answer.exit_code == 1
    assert "/organisations/3/workers/0/services/1: “magic” is not known here." in answer.stderr
    assert organisations.bureaux() == []


@pytest.mark.usefixtures("session")
def test_a_bureau_that_is_there_already_is_refused(app: Flask) -> None:
    a_bureau("golden-river")

    answer = run(app, "create", str(DEMONSTRATION))

    assert answer.exit_code == 1
    assert "“golden-river” is already in use." in answer.stderr


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(("arguments", "status"), [(["export", "nowhere", "x.json"], 1), (["create", "none.json"], 2)])
def test_refusals_are_status_1_and_wrong_usage_is_status_2(app: Flask, arguments: list[str], status: int) -> None:
    assert run(app, *arguments).exit_code == status


@pytest.mark.usefixtures("session")
def test_a_file_that_is_not_json_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "bureau.json"
    file.write_text("{")

    answer = run(app, "create", str(file))

    assert answer.exit_code == 1
    assert "is not JSON" in answer.stderr
