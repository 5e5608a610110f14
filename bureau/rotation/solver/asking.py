"""`python -m bureau.rotation.solver.asking INSTANCE PLAN ANSWER`: what one wish would cost, in a process of its own."""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bureau.rotation.solver.child import command_of
from bureau.rotation.solver.explain import Explanation, explain_booking, explain_demands, usual_seconds
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.nodes import Node
from bureau.rotation.solver.parsing import parse_assignments, parse_problem

MOST_SECONDS = 15.0
"""A child that is still at work then is ended; usual months are answered within two."""
STARTING_SECONDS = 0.5
"""What a process takes until it can think, off the time that an answer may take."""


def explain_in_child(
    problem: Mapping[str, object],
    plan: Mapping[str, object],
    *,
    demand: str | None = None,
    booking: tuple[str, str] | None = None,
) -> Explanation:
    """What stands against one more for the demand, or against the booking (a team in a block), or what it would cost.

    `kind` is `unknown` where the child could not say in time.
    """
    asked = ["--demand", demand] if demand is not None else ["--booking", *(booking or ())]
    with TemporaryDirectory(prefix="rota-") as made:
        instance, told, answer = (Path(made) / name for name in ("instance.json", "plan.json", "answer.json"))
        write_document(instance, problem)
        write_document(told, plan)
        command, environment = command_of(
            "bureau.rotation.solver.asking", [str(instance), str(told), str(answer), *asked]
        )
        try:
            subprocess.run(
                command, env=environment, timeout=MOST_SECONDS, check=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return {"kind": "unknown"}
        return Node(read_document(answer)).fields()


def main(words: Sequence[str] | None = None) -> int:
    """Answer one question from files."""
    parser = argparse.ArgumentParser(prog="python -m bureau.rotation.solver.asking", description=__doc__)
    for name in ("instance", "plan", "answer"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--demand")
    parser.add_argument("--booking", nargs=2)
    given = parser.parse_args(words)
    facts = Facts(parse_problem(read_document(given.instance)))
    plan = parse_assignments(read_document(given.plan))
    seconds = max(STARTING_SECONDS, usual_seconds(facts) - STARTING_SECONDS)
    if given.booking:
        answer = explain_booking(facts, plan, *given.booking, seconds=seconds)
    else:
        found = explain_demands(facts, plan, [given.demand], seconds_each=seconds)
        answer = found[0] if found else {"kind": "unknown"}
    write_document(given.answer, answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
