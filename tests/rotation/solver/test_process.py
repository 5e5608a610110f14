"""The solver in a process of its own: progress relayed, stopped with its best plan, and never a burden when it dies."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

import pytest

from bureau.rotation.solver.child import Child, Folder
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.process import end_in, is_at_work, solve_in_child
from bureau.rotation.solver.run import _begin, _wait
from bureau.rotation.solver.verdict import judge
from tests.rotation.solver.problems import demand, problem

MONTHS = Path(__file__).parent / "months"
MEMORY_FOR_A_FIRST_PLAN = 220_000
"""KiB of addresses: enough to plan greedily, too little to load the optimiser."""
LONG = 600.0
"""Seconds that no test waits for: the run is ended before."""


def month(name: str) -> dict[str, Any]:
    """The document of a stored month."""
    document = read_document(MONTHS / f"{name}.json.gz")
    assert isinstance(document, dict)
    return document


def is_valid(document: dict[str, Any], solution: object) -> bool:
    """Whether our judge accepts the solution."""
    return judge(Facts(parse_problem(document)), solution).valid


@pytest.fixture
def long_run(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A run on a month that takes long, the answer going to answer.json."""
    command = [
        sys.executable,
        "-m",
        "bureau.rotation.solver",
        str(MONTHS / "S-11.json.gz"),
        str(tmp_path / "answer.json"),
    ]
    with subprocess.Popen([*command, "--seconds", str(LONG), "--progress"], stdout=subprocess.PIPE, text=True) as child:
        yield child
        child.kill()


def test_a_child_that_is_told_to_end_keeps_its_best_plan(long_run: "subprocess.Popen[str]", tmp_path: Path) -> None:
    assert long_run.stdout is not None
    first = json.loads(long_run.stdout.readline())

    long_run.send_signal(signal.SIGTERM)
    rest = [json.loads(line) for line in long_run.stdout]

    answer = read_document(tmp_path / "answer.json")
    assert isinstance(answer, dict)
    assert (long_run.wait(), answer["status"], is_valid(month("S-11"), answer)) == (0, "feasible", True)
    assert set(first) == {"seconds", "total", "bound", "gap", "terms"}
    assert answer["claimed"]["total"] == [first, *rest][-1]["total"]


def test_a_solution_and_its_progress_come_back_from_the_child() -> None:
    seen: list[dict[str, Any]] = []

    answer: Any = solve_in_child(problem(demands=[demand("q")]), seconds=60, on_progress=seen.append)

    assert (answer["status"], answer["claimed"]["total"], seen[-1]["total"]) == ("optimal", 6, 6)


def test_a_search_is_stopped_when_asked() -> None:
    seen: list[dict[str, Any]] = []

    answer = solve_in_child(month("S-11"), seconds=LONG, on_progress=seen.append, should_stop=lambda: bool(seen))

    assert (answer["status"], is_valid(month("S-11"), answer)) == ("feasible", True)


def test_a_search_ends_with_its_plan_when_somebody_else_tells_it_to(tmp_path: Path) -> None:
    answer = solve_in_child(month("S-11"), seconds=LONG, folder=tmp_path, on_progress=lambda _: end_in(tmp_path))

    assert (answer["status"], is_valid(month("S-11"), answer)) == ("feasible", True)
    assert not is_at_work(tmp_path)


def test_nobody_is_told_to_end_where_nobody_works(tmp_path: Path) -> None:
    (tmp_path / "pid").write_text(str(os.getpid()))

    end_in(tmp_path)
    end_in(tmp_path / "nowhere")

    assert not is_at_work(tmp_path)


def test_a_search_that_does_not_hear_a_stop_is_left_behind() -> None:
    asked, never, heard = Event(), Event(), SimpleQueue[None]()
    asked.set()

    found = _wait(_begin(lambda _: never.wait(), asked), asked, heard, None)

    assert found is None
    never.set()


def test_a_process_ends_though_its_search_does_not() -> None:
    words = "from threading import Event; from bureau.rotation.solver.run import _begin, leave"

    ended = subprocess.run(
        [sys.executable, "-c", f"{words}; _begin(lambda asked: asked.wait(), Event()); leave(7)"],
        check=False, timeout=LONG, cwd=Path(__file__).parents[3],
    )  # fmt: skip

    assert ended.returncode == 7


def test_a_child_that_is_killed_leaves_its_best_plan_and_the_reason() -> None:
    def kill_the_child(progress: object) -> None:
        del progress
        os.kill(_child_of(os.getpid()), signal.SIGKILL)

    answer: Any = solve_in_child(month("S-11"), seconds=LONG, on_progress=kill_the_child)

    assert (answer["status"], is_valid(month("S-11"), answer)) == ("feasible", True)
    assert answer["report"]["reason"] == "the solver's process ended with status -9"


def test_a_malformed_problem_comes_back_with_its_place() -> None:
    answer: Any = solve_in_child(problem(timezone="Europe/Nowhere"), seconds=5)

    assert (answer["status"], answer["assignments"]) == ("malformed", [])
    assert answer["report"] == {"place": "timezone", "reason": "unknown timezone"}


def test_a_child_that_dies_before_its_first_plan_is_an_unknown_answer() -> None:
    def kill_the_child() -> bool:
        os.kill(_child_of(os.getpid()), signal.SIGKILL)
        return False

    answer: Any = solve_in_child(month("S-11"), seconds=LONG, should_stop=Once(kill_the_child))

    assert (answer["status"], answer["assignments"]) == ("unknown", [])
    assert answer["report"] == {"reason": "the solver's process ended with status -9"}


def test_a_child_that_fails_says_its_last_words() -> None:
    wrong_seed: Any = "seven"

    answer: Any = solve_in_child(month("XS-1"), seconds=LONG, seed=wrong_seed)

    assert (answer["status"], answer["assignments"]) == ("unknown", [])
    assert answer["report"]["reason"].startswith("the solver's process ended with status 2: ")


def test_a_run_that_finds_too_little_memory_keeps_its_first_plan(tmp_path: Path) -> None:
    run = f"ulimit -v {MEMORY_FOR_A_FIRST_PLAN}; exec {sys.executable} -m bureau.rotation.solver"

    ended = subprocess.run(
        ["sh", "-c", f"{run} {MONTHS / 'S-11.json.gz'} {tmp_path / 'answer.json'}"],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )

    answer = read_document(tmp_path / "answer.json")
    assert ended.returncode != 0
    assert is_valid(month("S-11"), answer)


def test_a_folder_that_many_look_at_is_still_free_for_who_works_there(tmp_path: Path) -> None:
    folder = Folder(path=tmp_path)
    done = Event()

    def look() -> None:
        while not done.is_set():
            folder.is_busy()

    lookers = [Thread(target=look) for _ in range(2)]
    for looker in lookers:
        looker.start()
    refused = [number for number in range(300) if not _let_go(folder.take())]
    done.set()
    for looker in lookers:
        looker.join()

    assert refused == []


def _let_go(held: int | None) -> bool:
    """Whether the lock was ours, which we give back."""
    if held is None:
        return False
    os.close(held)
    return True


def test_nothing_was_told_where_somebody_is_only_about_to_begin(tmp_path: Path) -> None:
    folder = Folder(path=tmp_path)
    held = folder.take()
    other = Child(folder, None)

    told = list(other.lines())

    assert (told, other.is_alive(), folder.take()) == ([], True, None)
    assert _let_go(held)
    assert not other.is_alive()


class Once:
    """A question asked again and again, answered once."""

    def __init__(self, question: Callable[[], bool]) -> None:
        self._question: Callable[[], bool] | None = question

    def __call__(self) -> bool:
        question, self._question = self._question, None
        return question is not None and question()


def _child_of(parent: int) -> int:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and b"rotation.solver" in (status.parent / "cmdline").read_bytes():
            return int(status.parent.name)
    raise AssertionError("no child")
