"""A document that means nothing is refused, and the place is named."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_problem
from tests.rotation.solver.problems import Document, block, demand, problem

MONTHS = Path(__file__).parent / "months"


def setting(*path: str | int, value: Any) -> Callable[[Document], None]:
    """A change of one value deep in a document."""

    def change(document: Document) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def removing(*path: str | int) -> Callable[[Document], None]:
    """The loss of one field deep in a document."""

    def change(document: Document) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


WRONG: list[tuple[str, str, Callable[[Document], None]]] = [
    ("format", "unknown format", setting("format", value="bureau-rota/9")),
    ("blocks", "missing", removing("blocks")),
    ("weights", "missing", removing("weights")),
    ("weights.luck", "unknown term", setting("weights", "luck", value=1)),
    ("timezone", "unknown timezone", setting("timezone", value="Europe/Nowhere")),
    ("teams", "not a list", setting("teams", value={})),
    ("teams[1].id", "duplicate id red-team", setting("teams", 1, "id", value="red-team")),
    ("teams[0].org", "unknown organisation", setting("teams", 0, "org", value="green")),
    ("teams[0].offers", "no offer", setting("teams", 0, "offers", value=[])),
    ("teams[0].offers[0].service", "missing", removing("teams", 0, "offers", 0, "service")),
    ("teams[0].offers[0].service", "not a text", setting("teams", 0, "offers", 0, "service", value=7)),
    ("teams[0].offers[0].languages", "no language", setting("teams", 0, "offers", 0, "languages", value=[])),
    ("teams[0].max_services", "below 1", setting("teams", 0, "max_services", value=0)),
    ("teams[1].needs[1]", "not a text", setting("teams", 1, "needs", value=["private", 3])),
    ("organisations[1].promised", "too large a number", setting("organisations", 1, "promised", value=2**60)),
    (
        "teams[0].available[0].start",
        "not a time",
        setting("teams", 0, "available", value=[{"weekday": 1, "start": "9", "end": "11:00"}]),
    ),
    ("blocks[0].site", "unknown site", setting("blocks", 0, "site", value="moon")),
    ("blocks[0].date", "not a date", setting("blocks", 0, "date", value="2027-04-31")),
    ("blocks[0].date", "not a date", setting("blocks", 0, "date", value="20270405")),
    ("blocks[0].date", "outside the month", setting("blocks", 0, "date", value="2027-05-01")),
    ("blocks[0].end", "ends before it starts", setting("blocks", 0, "end", value="08:00")),
    ("desks[0].site", "unknown site", setting("desks", 0, "site", value="moon")),
    ("organisations[0].promised", "below 0", setting("organisations", 0, "promised", value=-1)),
    ("organisations[0].promised", "not a whole number", setting("organisations", 0, "promised", value=1.5)),
    ("demands[0].target", "below 2", setting("demands", value=[demand("q", min=2, target=1)])),
    ("demands[0].block", "missing", setting("demands", value=[demand("q", scope="block")])),
    ("demands[0].block", "unknown block", setting("demands", value=[demand("q", scope="block", block="never")])),
    ("demands[0].scope", "none of block, day, week, month", setting("demands", value=[demand("q", scope="year")])),
    ("demands[0].week", "not an ISO week", setting("demands", value=[demand("q", scope="week", week="14")])),
    (
        "rules[0].type",
        "none of not_together, block_requires, always_present, companion",
        setting("rules", value=[{"id": "r", "type": "luck"}]),
    ),
    (
        "rules[0].orgs[0]",
        "unknown organisation",
        setting("rules", value=[{"id": "r", "type": "not_together", "orgs": ["green"]}]),
    ),
    ("pinned[0].team", "unknown team", setting("pinned", value=[{"team": "nobody", "block": "mon-1"}])),
    ("previous[0].start", "missing", setting("previous", value=[{"team": "red-team", "site": "here", "weekday": 1}])),
    ("current[0].services", "missing", setting("current", value=[{"team": "red-team", "block": "mon-1"}])),
]


@pytest.mark.parametrize(("place", "reason", "spoil"), WRONG, ids=[f"{place} {reason}" for place, reason, _ in WRONG])
def test_what_is_wrong_is_named_with_its_place(place: str, reason: str, spoil: Callable[[Document], None]) -> None:
    document = problem()
    spoil(document)

    with pytest.raises(Malformed) as caught:
        parse_problem(document)

    assert (caught.value.place, caught.value.reason) == (place, reason)


@pytest.mark.parametrize("document", [None, [], "rota", 3])
def test_something_that_is_no_object_is_no_problem(document: object) -> None:
    with pytest.raises(Malformed, match="document: not an object"):
        parse_problem(document)


def test_unknown_fields_are_ignored() -> None:
    document = problem(mood="good", expect="optimal")

    assert parse_problem(document) == parse_problem(problem())


def test_a_local_time_that_the_clocks_skip_is_malformed() -> None:
    document = problem(month="2027-03", blocks=[block("gap", day="2027-03-28", start="03:30", end="05:00")])

    with pytest.raises(Malformed, match=r"blocks\[0\]\.start: local time does not exist"):
        parse_problem(document)


def test_a_block_across_the_spring_change_has_its_real_length() -> None:
    document = problem(month="2027-03", blocks=[block("short", day="2027-03-28", start="02:00", end="05:00")])

    found = parse_problem(document).blocks[0]

    assert found.begins == datetime(2027, 3, 28, 0, tzinfo=UTC)
    assert found.ends == datetime(2027, 3, 28, 2, tzinfo=UTC)


@pytest.mark.parametrize(("fold", "fold_end", "hours"), [(0, 0, 0.5), (0, 1, 1.5), (1, 1, 0.5)])
def test_the_hour_that_occurs_twice_is_told_apart_by_its_fold(fold: int, fold_end: int, hours: float) -> None:
    twice = block("twice", day="2027-10-31", start="03:00", end="03:30", fold=fold, fold_end=fold_end)

    found = parse_problem(problem(month="2027-10", blocks=[twice])).blocks[0]

    assert (found.ends - found.begins).total_seconds() == hours * 3600


def test_the_second_pass_cannot_end_in_the_first() -> None:
    twice = block("twice", day="2027-10-31", start="03:00", end="03:30", fold=1, fold_end=0)

    with pytest.raises(Malformed, match=r"blocks\[0\]: no real duration"):
        parse_problem(problem(month="2027-10", blocks=[twice]))


@pytest.mark.parametrize(("name", "place"), [("odd-dst-gap", "blocks[92].start"), ("odd-duplicate-ids", "desks[5].id")])
def test_a_malformed_month_names_its_place(name: str, place: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_problem(read_document(MONTHS / f"{name}.json.gz"))

    assert caught.value.place == place


@pytest.mark.parametrize("name", ["month.json", "month.json.gz"])
def test_a_document_survives_its_file(name: str, tmp_path: Path) -> None:
    write_document(tmp_path / name, problem())

    assert read_document(tmp_path / name) == problem()


def test_half_a_character_survives_its_file(tmp_path: Path) -> None:
    write_document(tmp_path / "odd.json", {"id": "\ud800 \u0441"})

    assert read_document(tmp_path / "odd.json") == {"id": "\ud800 \u0441"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.json", b'{"format":'),
        ("cut.json.gz", b"\x1f\x8b\x08"),
        ("damaged.json.gz", gzip.compress(b"{}", mtime=0)[:10] + b"\xff" * 20),
        ("odd.json", b"\xff\xfe"),
        ("deep.json", b"[" * 100_000),
    ],
    ids=["cut", "cut when packed", "damaged when packed", "no text", "too deep"],
)
def test_a_broken_file_is_malformed(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(Malformed, match=name):
        read_document(tmp_path / name)
