"""When a search ends: when its time is over, or when it is told to stop, also in the middle of an optimiser's work."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

ShouldStop = Callable[[], bool]

LISTEN_EVERY_SECONDS = 0.05
LEAST_SECONDS = 0.1
"""An optimiser gets so long even where the time is over: often it needs no more."""


class Ending:
    """So many seconds from now, or as soon as `should_stop` says so."""

    def __init__(self, seconds: float, should_stop: ShouldStop | None = None) -> None:
        self._deadline = time.monotonic() + seconds
        self._should_stop = should_stop

    @property
    def seconds(self) -> float:
        """How much time is left, below 0 when it is over."""
        return self._deadline - time.monotonic()

    @property
    def told(self) -> bool:
        """Whether somebody said stop."""
        return self._should_stop is not None and self._should_stop()

    @property
    def over(self) -> bool:
        """Whether the end has come."""
        return self.seconds <= 0 or self.told

    def anew(self, seconds: float) -> "Ending":
        """So many seconds from now, whatever is left; a stop is heard as before."""
        return Ending(seconds, self._should_stop)

    def solve(self, solver: "cp_model.CpSolver", model: "cp_model.CpModel") -> int:
        """The optimiser's status: UNKNOWN or FEASIBLE where the end came first."""
        from ortools.sat.python import cp_model

        if self.told:
            return int(cp_model.UNKNOWN)
        solver.parameters.max_time_in_seconds = max(LEAST_SECONDS, self.seconds)
        with self._listening(solver):
            return int(solver.solve(model))

    @contextmanager
    def _listening(self, solver: "cp_model.CpSolver") -> Iterator[None]:
        if self._should_stop is None:
            yield
            return
        done = Event()
        listener = Thread(target=self._listen, args=(solver, done), daemon=True)
        listener.start()
        try:
            yield
        finally:
            done.set()
            listener.join()

    def _listen(self, solver: "cp_model.CpSolver", done: Event) -> None:
        while not done.wait(LISTEN_EVERY_SECONDS):
            if self.told:  # again and again: a search that has not begun does not hear it
                solver.stop_search()


def usual_solver(seed: int) -> "cp_model.CpSolver":
    """CP-SAT for questions of what can hold at all."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2  # "too few for too many" is one step for an LP, and endless cases without
    return solver
