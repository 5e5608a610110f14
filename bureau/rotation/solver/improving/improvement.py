"""From a plan to better ones: the whole month at once where it is small, part after part where not.

Large-neighbourhood search (Shaw 1998): free a part of the plan, let CP-SAT find its best again with
the rest held, keep what is better. Each worker solves a part of its own; the draft they share is
read and changed by one at a time, and a part that no longer fits it is dropped.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from math import ceil, isfinite
from random import Random
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from bureau.rotation.solver.best import Best
from bureau.rotation.solver.bound.child import BoundProcess, Message
from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.improving.costs import model_of
from bureau.rotation.solver.improving.neighbourhoods import Neighbourhoods
from bureau.rotation.solver.improving.part import Part
from bureau.rotation.solver.problem import Held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ortools.sat.python import cp_model

    from bureau.rotation.solver.improving.neighbourhoods import Kind

WHOLE_BY_ALL = 400
"""Up to so many pairs all workers search the whole month together, beyond it part after part."""
WHOLE_REPAIR = 3000
"""The same when a plan in force is repaired: it is nearly the best one."""
LINEARIZATION = 2
"""The relaxation of everything leads the search: on parts of 300 pairs it is solved where else it is not."""
PART_EFFORT = 0.15
"""Deterministic time for a part, some 0.4 s of a quiet processor; so a busy one learns the same."""
LEAST_EFFORT = 0.001
"""What solving any part counts for at least, so that a run of nothing but trivial parts ends."""
PART_SECONDS = 6.0
STOP_EVERY_SECONDS = 0.1
ROUNDING = 1e-6
"""The optimiser tells its bound as a float; totals are whole."""
MOST_FOR_BOUNDS, MOST_TO_ADD = 2**40, 2**58
"""Totals above are too large to be told as a float with certainty, or to be added up in the optimiser's 64 bits."""


class InvalidModel(Exception):
    """The optimiser refuses the model or its settings: a mistake here."""


class Improvement:
    """A draft that several workers make better until `over` says so."""

    def __init__(
        self, draft: Draft, best: Best, over: Callable[[], bool], *, seed: int, effort: float | None = None
    ) -> None:
        self._draft = draft
        self._best = best
        self._is_over = over
        self._effort = effort
        self._rng = Random(seed)  # noqa: S311 - a search, not a secret
        self._choose = Neighbourhoods(draft.tables, self._rng)
        self._largest = draft.tables.constant
        self.bound_within: int | None = None
        """Where only some pairs may change: no plan that changes nothing else has a lower total."""
        self._least: dict[int, int] = {}
        self._within: frozenset[int] | None = None
        self._lock = Lock()
        self._running: set[cp_model.CpSolver] = set()
        self._ended, self._left, self._listened = Event(), Event(), Event()

    def run(self, workers: int, bounds: BoundProcess | None = None, *, within: Sequence[int] | None = None) -> None:
        """Improve the draft, or only some of its pairs, until time is up or nothing can be better.

        The process of the bounds is one of the workers as long as it runs. With an effort there is one
        worker and no process beside it, and everything depends on the seed alone.
        """
        if self._largest > MOST_TO_ADD:
            return
        workers = max(1, workers) if self._effort is None else 1
        bounds = bounds if self._effort is None and self._largest <= MOST_FOR_BOUNDS else None
        free = range(len(self._draft.tables.pairs)) if within is None else within
        self._within = None if within is None else frozenset(within)
        with self._watched(), ThreadPoolExecutor(max_workers=workers + 1) as pool:
            if len(free) <= (WHOLE_BY_ALL if within is None else WHOLE_REPAIR):
                tasks = [pool.submit(self._search_whole, workers, free)]
            else:
                late = 1 if bounds is not None and workers > 1 else 0
                tasks = [pool.submit(self._search_parts) for _ in range(workers - late)]
                tasks += [pool.submit(self._search_parts, after=self._listened) for _ in range(late)]
            if bounds is not None:
                tasks.append(pool.submit(self._listen, bounds))
            wait(tasks, return_when=FIRST_EXCEPTION)
            self._ended.set()
            for task in tasks:
                task.result()

    def _over(self) -> bool:
        spent = self._effort is not None and self._effort <= 0
        return spent or self._ended.is_set() or self._best.proven or self._is_over()

    @contextmanager
    def _watched(self) -> "Iterator[None]":
        """Stop every solver that runs when the end has come."""
        thread = Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._left.set()
            thread.join()

    def _watch(self) -> None:
        while not self._left.wait(STOP_EVERY_SECONDS):
            for solver in list(self._running) if self._over() else ():
                solver.stop_search()

    def _search_whole(self, workers: int, free: Sequence[int]) -> None:
        with self._lock:
            part, rest = self._part(free)
        solver = self._solver(workers)
        solver.parameters.max_deterministic_time = self._left_effort()
        status = self._solve(solver, part, _watcher(part, lambda found: self._take_whole(part, free, found, rest)))
        if status in _solved():
            self._tighten(solver.best_objective_bound, rest)
        self._ended.set()

    def _take_whole(
        self, part: Part, free: Sequence[int], found: "cp_model.CpSolverSolutionCallback", rest: int
    ) -> None:
        with self._lock:
            if self._draft.replace(free, part.read(found.value)):
                self._best.offer(self._draft)
            self._tighten(found.best_objective_bound, rest)

    def _tighten(self, bound: float, rest: int) -> None:
        if not (isfinite(bound) and self._draft.tables.complete and self._largest <= MOST_FOR_BOUNDS):
            return
        whole = ceil(bound - ROUNDING) + rest
        if self._within is None:
            self._best.tighten(whole)
        else:
            self.bound_within = whole

    def _listen(self, bounds: BoundProcess) -> None:
        """Take what the bound's process finds, as long as somebody searches."""
        while bounds.running and not self._over():
            for message in bounds.news(wait=STOP_EVERY_SECONDS):
                self._take_news(message)
            self._best.settle_when_due()
        self._listened.set()

    def _take_news(self, message: Message) -> None:
        tables = self._draft.tables
        if isinstance(bound := message.get("bound"), int):
            self._best.tighten(bound)
        with self._lock:
            for team, block, least in _rows(message.get("least")):
                if (team, block) in tables.at:
                    self._least[tables.at[team, block]] = least
            if "values" in message:
                likely = [(team, block) for team, block, _, _ in _rows(message["values"])]
                self._choose.favour(tables.at[key] for key in likely if key in tables.at)
            if "plan" in message:
                self._take_plan({(team, block): frozenset(given) for team, block, given in _rows(message["plan"])})

    def _take_plan(self, held: Mapping[Held, frozenset[str]]) -> None:
        wanted = {
            self._draft.tables.at[key]: self._draft.tables.option_with(self._draft.tables.at[key], held[key])
            for key in held
        }
        if self._draft.replace(list(self._draft.held), wanted):
            self._best.offer(self._draft)

    def _search_parts(self, after: Event | None = None) -> None:
        while after is not None and not self._over() and not after.wait(STOP_EVERY_SECONDS):
            pass
        while not self._over():
            with self._lock:
                kind, free = self._choose.choose(self._draft)
                part, rest = self._part(free)
            self._search_part(kind, part, free, rest)

    def _part(self, free: Iterable[int]) -> tuple[Part, int]:
        """The model of a part and the total of the rest; without what no better plan can hold."""
        total, within = self._draft.total, self._within
        free = [
            pair
            for pair in free
            if (pair in self._draft.held or self._least.get(pair, 0) < total) and (within is None or pair in within)
        ]
        before = {pair: self._draft.held[pair] for pair in free if pair in self._draft.held}
        for pair in before:
            self._draft.remove(pair)
        part, rest = model_of(self._draft, free), self._draft.total
        part.hint(before)
        for pair, number in before.items():
            self._draft.add(pair, number)
        return part, rest

    def _search_part(self, kind: "Kind", part: Part, free: list[int], rest: int) -> None:
        solver = self._solver(1)
        solver.parameters.max_deterministic_time = min(PART_EFFORT, self._left_effort())
        if self._effort is None:
            solver.parameters.max_time_in_seconds = PART_SECONDS
        status = self._solve(solver, part)
        if status is None:
            return
        saved = 0
        if status in _solved():
            with self._lock:
                before = self._draft.total
                if self._draft.replace(free, part.read(solver.value)):
                    saved = before - self._draft.total
                    self._best.offer(self._draft)
        kind.learn(saved / max(0.01, solver.deterministic_time), solved=status != _feasible())

    def _left_effort(self) -> float:
        return float("inf") if self._effort is None else self._effort

    def _solver(self, workers: int) -> "cp_model.CpSolver":
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.linearization_level = LINEARIZATION
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.random_seed = self._rng.randrange(2**30)
        return solver

    def _solve(
        self, solver: "cp_model.CpSolver", part: Part, watcher: "cp_model.CpSolverSolutionCallback | None" = None
    ) -> int | None:
        """The status; None when the end came before."""
        from ortools.sat.python import cp_model

        if self._over():
            return None
        self._running.add(solver)
        status = solver.solve(part.model, watcher)
        self._running.discard(solver)
        if self._effort is not None:
            self._effort -= max(LEAST_EFFORT, solver.deterministic_time)
        if status == cp_model.MODEL_INVALID:
            raise InvalidModel(part.model.validate())
        return int(status)


def _rows(value: object) -> Iterable[Any]:
    """The rows of a table in a message, none when there is no table."""
    return value if isinstance(value, list) else ()


def _solved() -> tuple[int, int]:
    from ortools.sat.python import cp_model

    return int(cp_model.OPTIMAL), int(cp_model.FEASIBLE)


def _feasible() -> int:
    return _solved()[1]


def _watcher(
    part: Part, take: "Callable[[cp_model.CpSolverSolutionCallback], None]"
) -> "cp_model.CpSolverSolutionCallback":
    from ortools.sat.python import cp_model

    class Watcher(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            take(self)

    return Watcher()
