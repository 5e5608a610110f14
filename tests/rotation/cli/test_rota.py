"""`flask rota` on files: what it writes, says and returns."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bureau.rotation.cli.rota import group
from bureau.rotation.solver.files import read_document, write_document
from tests.rotation.solver.problems import demand, problem, shift, team

PINNED_TWICE = {"pinned": [{"team": "red-team", "block": "mon-1", "desk": desk} for desk in ("desk-1", "desk-2")]}


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A small problem with a demand that nobody can cover."""
    path = tmp_path / "instance.json"
    write_document(path, problem(demands=[demand("q"), demand("legal", service="legal")]))
    return path


def solution(instance: Path, *shifts: dict[str, Any], **more: Any) -> Path:
    """A solution file beside the instance."""
    path = instance.with_name("solution.json")
    write_document(path, {"instance": "small", "assignments": list(shifts), **more})
    return path


def rota(*words: str | Path) -> Result:
    """What `flask rota` does with these words."""
    return CliRunner().invoke(group, [str(word) for word in words])


def read(path: Path) -> dict[str, Any]:
    """A JSON object in a file."""
    document = read_document(path)
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("name", ["answer.json", "answer.json.gz"])
def test_solve_writes_a_plan_that_check_accepts(instance: Path, name: str) -> None:
    answer = instance.with_name(name)

    solved = rota("solve", instance, answer, "--seconds", "20", "--workers", "1")
    checked = rota("check", instance, answer)

    assert (solved.exit_code, checked.exit_code) == (0, 0)
    assert solved.stdout == "1 assignments, total 1006, bound 1006, optimal.\n"
    assert checked.stdout.endswith("Valid: 1 assignments, total 1006.\n")


def test_solve_tells_each_better_plan_as_a_line(instance: Path) -> None:
    solved = rota("solve", instance, instance.with_name("answer.json"), "--seconds", "20", "--progress")

    lines = [json.loads(line) for line in solved.stdout.splitlines()]
    assert (solved.exit_code, set(lines[0])) == (0, {"seconds", "total", "bound", "gap", "terms"})
    assert (lines[-1]["total"], lines[-1]["bound"], lines[-1]["gap"]) == (1006, 1006, 0)


def test_solve_tells_the_conflict_when_there_is_no_plan(instance: Path) -> None:
    write_document(instance, problem(**PINNED_TWICE))
    answer = instance.with_name("answer.json")

    solved = rota("solve", instance, answer, "--seconds", "20")

    assert (solved.exit_code, solved.stdout) == (1, "")
    assert solved.stderr == "No plan exists. These cannot all hold: pin 0; pin 1\n"
    assert (read(answer)["status"], read(answer)["conflict"]) == ("infeasible", [["pin", 0], ["pin", 1]])


@pytest.mark.parametrize("command", ["solve", "check"])
def test_a_malformed_problem_is_wrong_usage_and_named(instance: Path, command: str) -> None:
    write_document(instance, problem(month="2027-05"))

    told = rota(command, instance, solution(instance))

    assert (told.exit_code, told.stderr) == (2, "Malformed: blocks[0].date: outside the month\n")


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert rota("solve", tmp_path / "nothing.json", tmp_path / "answer.json").exit_code == 2


def test_check_names_what_is_broken(instance: Path) -> None:
    path = solution(instance, shift("red-team", "mon-1"), shift("blue-team", "mon-1"))

    checked = rota("check", instance, path)

    assert checked.exit_code == 1
    assert checked.stderr == "desk_twice: desk-1@mon-1\nNot valid: 1 violations, total 1012.\n"


def test_check_refuses_a_false_claim(instance: Path) -> None:
    path = solution(instance, shift("red-team", "mon-1"), claimed={"total": 5})

    checked = rota("check", instance, path)

    assert (checked.exit_code, checked.stderr.splitlines()[0]) == (1, "claim: total 5, recomputed 1006")


@pytest.mark.parametrize("document", [[], {"instance": "small", "assignments": 7}])
def test_check_refuses_a_file_that_is_no_solution(instance: Path, document: object) -> None:
    path = instance.with_name("solution.json")
    write_document(path, document)

    assert rota("check", instance, path).exit_code == 1


def test_check_refuses_an_answer_without_a_plan(instance: Path) -> None:
    path = solution(instance, status="infeasible", conflict=[])

    checked = rota("check", instance, path)

    assert (checked.exit_code, checked.stderr) == (1, "There is no plan to judge.\n")


def test_explain_writes_the_solution_with_reasons(instance: Path) -> None:
    out = instance.with_name("out.json")

    told = rota("explain", instance, solution(instance, shift("red-team", "mon-1")), out)

    assert (told.exit_code, told.stdout) == (0, "1 explanations written.\n")
    reasons = [{"code": "nobody_offers", "service": "legal", "language": None}]
    assert read(out)["explanations"] == [{"demand": "legal", "kind": "conflict", "conflict": [], "reasons": reasons}]
    assert read(out)["assignments"] == [shift("red-team", "mon-1")]


def test_explain_answers_for_one_booking(instance: Path) -> None:
    write_document(instance, problem(teams=[team("red-team", "red", available=[]), team("blue-team", "blue")]))
    out = instance.with_name("out.json")

    told = rota("explain", instance, solution(instance), out, "--booking", "red-team", "mon-1")

    assert told.exit_code == 0
    assert read(out)["explanations"] == [
        {
            "booking": {"team": "red-team", "block": "mon-1"},
            "kind": "conflict",
            "conflict": [["team", "red-team", "availability"]],
            "reasons": [{"code": "not_available", "because": "hours"}],
        }
    ]


@pytest.mark.parametrize(
    "words",
    [("--demand", "never"), ("--booking", "nobody", "mon-1"), ("--booking", "red-team", "never")],
    ids=["demand", "team", "block"],
)
def test_explain_of_something_unknown_is_wrong_usage(instance: Path, words: tuple[str, ...]) -> None:
    told = rota("explain", instance, solution(instance), instance.with_name("out.json"), *words)

    assert (told.exit_code, "unknown" in told.stderr) == (2, True)


def test_explain_refuses_a_plan_that_breaks_a_rule(instance: Path) -> None:
    path = solution(instance, shift("nobody", "mon-1"))

    told = rota("explain", instance, path, instance.with_name("out.json"))

    assert told.exit_code == 1
    assert not instance.with_name("out.json").exists()
