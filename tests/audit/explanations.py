"""Why there are gaps: every explanation of many months is proven again by a model of its own, and timed."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, cast

from bureau.rotation.solver.conflict import judge_wish
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.explain import explain_demands, short_demands
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.gap_reasons import reasons_of_gap
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.problem import Demand
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.situation import Situation
from bureau.rotation.solver.wish import CoverWish
from tests.bench.measuring import markdown
from tests.rotation.solver.feasibility import Group, Question, Suspects, all_groups
from tests.rotation.solver.generated.strategies import month
from tests.rotation.solver.problems import Document

MONTHS = Path(__file__).parents[1] / "rotation/solver/months"
STORED = ("S-11", "S-12", "S-13", "M-21", "M-22")
TWISTS = ((), ("holidays",), ("narrow_rooms",), ("in_company",))
"""Each makes a usual bureau's month beside the stored ones."""
PLANNING = 5.0
"""Seconds for each month's plan."""
LOOK_UP, ANSWER = 0.05, {"S": 2.0, "M": 10.0}
"""Seconds of a processor that a look-up and a whole answer may take."""
PRICED = 6
"""Of so many gaps of a month the price is asked."""

Answer = TypeVar("Answer")


class Clock:
    """The longest time of each kind of work, in seconds of a processor."""

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}

    def of(self, kind: str, work: Callable[[], Answer]) -> Answer:
        """The answer, its time noted."""
        began = time.process_time()
        answer = work()
        self.longest[kind] = max(self.longest.get(kind, 0.0), time.process_time() - began)
        return answer


def run(names: list[str]) -> bool:
    """Print a table, a row for each month or those named, and what is wrong; whether nothing is."""
    rows, found = [], list[str]()
    for name, document in _months():
        if not names or name in names:
            rows.append(_examine(name, document, found))
    head = ("month", "gaps", "impossible", "look-up", "conflict", "price")
    lines = [markdown(head, rows), *(f"  {one}" for one in found), f"{len(found)} findings"]
    sys.stdout.write("\n".join(lines) + "\n")
    return not found


def _months() -> Iterator[tuple[str, Document]]:
    for name in STORED:
        yield name, cast("Document", read_document(MONTHS / f"{name}.json.gz"))
    for seed, twists in enumerate(TWISTS, 20):
        yield " ".join((f"S-grown-{seed}", *twists)), month("S", seed, twists)


def _examine(name: str, document: Document, found: list[str]) -> tuple[str, ...]:
    facts, clock = Facts(parse_problem(document)), Clock()
    plan = solve(facts.problem, seconds=PLANNING).assignments
    short, situation = short_demands(facts, plan), Situation(facts, plan)
    impossible = 0
    for demand, have in short:
        clock.of("look-up", lambda demand=demand: reasons_of_gap(situation, demand))
        wish = CoverWish(demand=demand, least=have + 1)
        judged = clock.of("conflict", lambda wish=wish: judge_wish(facts, wish, Ending(60)))
        impossible += judged.possible is False
        question = Question(document, _row(document, demand), have + 1)
        if not _is_proven(question, possible=judged.possible, conflict=judged.conflict):
            found.append(f"{name}: {demand.id} is wrongly explained by {judged.conflict}")
    for demand, _ in short[:: max(1, len(short) // PRICED)]:
        _ask_price(name, facts, plan, demand, clock, found)
    most = {"look-up": LOOK_UP, "conflict": ANSWER[name[0]], "price": ANSWER[name[0]]}
    found += [f"{name}: a {kind} took {took:.2f} s" for kind, took in clock.longest.items() if took > most[kind]]
    times = (f"{1000 * clock.longest.get(kind, 0.0):.0f} ms" for kind in most)
    return name, str(len(short)), str(impossible), *times


def _row(document: Document, demand: Demand) -> Document:
    return next(row for row in document["demands"] if row["id"] == demand.id)


def _is_proven(question: Question, *, possible: bool | None, conflict: tuple[Group, ...]) -> bool:
    """Whether the second opinion is the same, and says that none of a conflict's groups can be spared."""
    if possible is None:
        return False
    if possible:
        everything = all_groups(question.document)
        return Suspects(question, everything).can_all_hold(everything)
    suspects = Suspects(question, conflict)
    rests = ([other for other in conflict if other != group] for group in conflict)
    return not suspects.can_all_hold(conflict) and all(map(suspects.can_all_hold, rests))


def _ask_price(name: str, facts: Facts, plan: Plan, demand: Demand, clock: Clock, found: list[str]) -> None:
    answers = clock.of("price", lambda: explain_demands(facts, plan, [demand.id], seconds_each=60))
    if answers[0]["kind"] not in ("conflict", "trade"):
        found.append(f"{name}: {demand.id} has no answer but {answers[0]['kind']}")
