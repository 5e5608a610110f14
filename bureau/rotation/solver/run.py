"""One planning run from file to file, stopped early by SIGTERM or SIGINT with the best plan kept."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from threading import enumerate as enumerate_threads
from typing import NoReturn

from bureau.rotation.solver.best import OnProgress
from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.problem import Problem
from bureau.rotation.solver.score import levels
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.solution import Progress, Solution

TICK_SECONDS = 0.1
STOP_SECONDS = 0.2
"""Who says stop waits so long for the search to judge its last plan; then the plan told last is the answer."""
SEARCH = "search"
COLLECT = 200_000, 20, 100
"""A month in numbers is millions of objects that all stay: looking for garbage among them took a quarter of the start."""
EXIT_STATUS = {"optimal": 0, "feasible": 0, "infeasible": 1, "unknown": 1, "malformed": 2}


def run(
    instance: Path,
    answer: Path,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    explain_seconds: float = 0.0,
    everywhere: bool = False,
    effort: float | None = None,
    on_progress: OnProgress,
    on_tick: Callable[[], None] | None = None,
) -> Solution:
    """Solve the problem in a file and write the solution; better plans are written as they come.

    A malformed problem gives a solution that says where and why.
    """
    try:
        problem = parse_problem(read_document(instance))
    except Malformed as error:
        return _written(answer, _malformed(error))

    told: list[Progress] = []
    writing, ended = Lock(), Event()

    def keep(progress: Progress) -> None:
        with writing:
            if ended.is_set():
                return
            write_document(answer, _so_far(problem, progress).document())
            told.append(progress)
            on_progress(progress)

    def search(asked: Event) -> Solution:
        return solve(
            problem,
            seconds=seconds,
            seed=seed,
            workers=workers,
            explain_seconds=explain_seconds,
            on_progress=keep,
            should_stop=asked.is_set,
            bounds=None if effort else BoundProcess(instance, seconds=seconds),
            everywhere=everywhere,
            effort=effort,
        )

    gc.set_threshold(*COLLECT)
    heard: SimpleQueue[None] = SimpleQueue()
    with _stop_on_signal(heard) as asked:
        # Off the main thread: there Python would see the signal only after the solver returns.
        running = _begin(search, asked)
        running.add_done_callback(lambda _: heard.put(None))
        found = _wait(running, asked, heard, on_tick)
        with writing:
            ended.set()
            return _written(answer, found or _told_last(problem, told))


def leave(status: int) -> NoReturn:
    """End the process, also where a search that was told to stop is in the middle of something."""
    sys.stdout.flush()
    sys.stderr.flush()
    if any(thread.name == SEARCH for thread in enumerate_threads()):
        os._exit(status)
    sys.exit(status)


def _begin(search: Callable[[Event], Solution], asked: Event) -> Future[Solution]:
    """The search, in a thread that nobody has to wait for."""
    running: Future[Solution] = Future()

    def work() -> None:
        try:
            running.set_result(search(asked))
        except BaseException as error:
            running.set_exception(error)

    Thread(target=work, name=SEARCH, daemon=True).start()
    return running


def _wait(
    running: Future[Solution], asked: Event, heard: "SimpleQueue[None]", on_tick: Callable[[], None] | None
) -> Solution | None:
    """What the search found; None where it was told to stop and does not get to it."""
    while not asked.is_set():
        with suppress(Empty):
            heard.get(timeout=TICK_SECONDS)
        if running.done():
            return running.result()
        if on_tick is not None:
            on_tick()
    try:
        return running.result(timeout=STOP_SECONDS)
    except NotYet:
        return None


def _told_last(problem: Problem, told: Sequence[Progress]) -> Solution:
    """The best plan that was told, if any was."""
    if not told:
        return Solution(instance=problem.id, status="unknown")
    last = told[-1]
    return replace(
        _so_far(problem, last),
        report={"seconds": round(last.seconds, 2), "levels": levels(problem, last.terms)},
    )


def _written(answer: Path, solution: Solution) -> Solution:
    write_document(answer, solution.document())
    return solution


def _malformed(error: Malformed) -> Solution:
    report = {"place": error.place, "reason": error.reason}
    return Solution(instance="", status="malformed", report=report)


def _so_far(problem: Problem, progress: Progress) -> Solution:
    return Solution(
        instance=problem.id,
        status="feasible",
        assignments=progress.plan,
        bound=progress.bound,
        total=progress.total,
        terms=progress.terms,
        report={"seconds": round(progress.seconds, 2), "unfinished": True},
    )


@contextmanager
def _stop_on_signal(heard: "SimpleQueue[None]") -> Iterator[Event]:
    asked = Event()

    def stop(*_: object) -> None:
        asked.set()
        heard.put(None)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
