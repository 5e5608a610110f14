"""One planning run from file to file, stopped early by SIGTERM or SIGINT with the best plan kept."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from bureau.rotation.solver.best import OnProgress
from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.problem import Problem
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.solution import Progress, Solution

TICK_SECONDS = 0.25
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

    def keep(progress: Progress) -> None:
        write_document(answer, _so_far(problem, progress).document())
        on_progress(progress)

    with _stop_on_signal() as asked, ThreadPoolExecutor(max_workers=1) as pool:
        # Off the main thread: there Python would see the signal only after the solver returns.
        running = pool.submit(
            solve,
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
        return _written(answer, _wait(running, on_tick))


def _wait(running: Future[Solution], on_tick: Callable[[], None] | None) -> Solution:
    while True:
        try:
            return running.result(timeout=TICK_SECONDS)
        except NotYet:
            if on_tick is not None:
                on_tick()


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
def _stop_on_signal() -> Iterator[Event]:
    asked = Event()
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
