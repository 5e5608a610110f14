"""`flask rota`: plan, judge and explain problem files, without a database.

`group` is the one click group named "rota"; features.py lists it. Commands that need the database
(`flask rota export`) are added to it from another module of this package:

    from bureau.rotation.cli.rota import group

    @group.command("export")
    def export_problem(...): ...
"""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from bureau.rotation.cli.progress import watching
from bureau.rotation.solver.explain import explain_booking, explain_demands, usual_seconds
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.nodes import Node
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.run import EXIT_STATUS, leave, run
from bureau.rotation.solver.solution import Progress, Solution
from bureau.rotation.solver.verdict import Verdict, has_plan, judge

REFUSED, WRONG_USAGE = 1, 2

group = AppGroup("rota", help="Plan a month from a problem file, judge a plan, explain it.")

_existing = click.Path(exists=True, dir_okay=False, path_type=Path)
_new = click.Path(dir_okay=False, writable=True, path_type=Path)


@group.command("solve", with_appcontext=False)
@click.argument("instance", type=_existing)
@click.argument("solution", type=_new)
@click.option("--seconds", type=click.FloatRange(min=0.1), default=60.0, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--effort", type=click.FloatRange(min=0.1), help="End after so much work, the same on any machine.")
@click.option("--everywhere", is_flag=True, help="Re-plan the whole month, not only the weeks that broke.")
@click.option("--progress", is_flag=True, help="Print a JSON line for each better plan or bound.")
def solve_file(
    instance: Path,
    solution: Path,
    seconds: float,
    seed: int,
    workers: int,
    effort: float | None,
    *,
    everywhere: bool,
    progress: bool,
) -> None:
    """Write the best plan found for INSTANCE to SOLUTION; stop early with Ctrl-C."""
    with watching("Planning", seconds) as watch:
        answer = run(
            instance,
            solution,
            seconds=seconds,
            seed=seed,
            workers=workers,
            everywhere=everywhere,
            effort=effort,
            on_progress=_say_line if progress else lambda so_far: watch.say(f"{so_far.total} (bound {so_far.bound})"),
            on_tick=watch.tick,
        )
    click.echo(_outcome(answer), err=progress or bool(EXIT_STATUS[answer.status]))
    leave(EXIT_STATUS[answer.status])


def _say_line(progress: Progress) -> None:
    click.echo(json.dumps(progress.document()))


@group.command("check", with_appcontext=False)
@click.argument("instance", type=_existing)
@click.argument("solution", type=_existing)
def check_file(instance: Path, solution: Path) -> None:
    """Judge the plan in SOLUTION by every rule and recompute its score."""
    facts = _facts(instance)
    document, verdict = _judged(facts, solution)
    if not has_plan(document):
        _refuse("There is no plan to judge.", REFUSED)
    for broken in verdict.violations:
        click.echo(f"{broken.rule}: {broken.detail}", err=True)
    click.echo(" ".join(f"{term}={value}" for term, value in verdict.terms.items()))
    if not verdict.valid:
        _refuse(f"Not valid: {len(verdict.violations)} violations, total {verdict.total}.", REFUSED)
    click.echo(f"Valid: {verdict.assignments} assignments, total {verdict.total}.")


@group.command("explain", with_appcontext=False)
@click.argument("instance", type=_existing)
@click.argument("solution", type=_existing)
@click.argument("out", type=_new)
@click.option("--demand", "demands", multiple=True, metavar="ID", help="Only this demand; repeat for more.")
@click.option("--booking", nargs=2, metavar="TEAM BLOCK", help="Why this team is not in this block.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="For each; by default what the size of the month asks for."
)
def explain_file(
    instance: Path,
    solution: Path,
    out: Path,
    demands: tuple[str, ...],
    booking: tuple[str, str] | None,
    seconds: float | None,
) -> None:
    """Write SOLUTION with the reasons for its gaps, or for a refused booking, to OUT."""
    facts = _facts(instance)
    document, verdict = _judged(facts, solution)
    if not has_plan(document) or not verdict.valid:
        _refuse("Only a valid plan can be explained; see `flask rota check`.", REFUSED)
    _known_or_usage_error(facts, demands, booking)
    plan, each = parse_assignments(document), seconds or usual_seconds(facts)
    with watching("Explaining", None) as watch:
        explanations = []
        if demands or not booking:
            explanations += explain_demands(facts, plan, demands or None, seconds_each=each, on_progress=watch.count)
        if booking:
            explanations.append(explain_booking(facts, plan, *booking, seconds=each))
    write_document(out, {**document, "explanations": explanations})
    click.echo(f"{len(explanations)} explanations written.")


def _known_or_usage_error(facts: Facts, demands: tuple[str, ...], booking: tuple[str, str] | None) -> None:
    known = {demand.id for demand in facts.problem.demands}
    for demand in demands:
        if demand not in known:
            raise click.BadParameter(f"unknown demand {demand}", param_hint="--demand")
    if booking and booking[0] not in facts.teams:
        raise click.BadParameter(f"unknown team {booking[0]}", param_hint="--booking")
    if booking and booking[1] not in facts.blocks:
        raise click.BadParameter(f"unknown block {booking[1]}", param_hint="--booking")


def _facts(instance: Path) -> Facts:
    try:
        return Facts(parse_problem(read_document(instance)))
    except Malformed as error:
        _refuse(f"Malformed: {error}", WRONG_USAGE)


def _judged(facts: Facts, solution: Path) -> tuple[dict[str, object], Verdict]:
    try:
        document = Node(read_document(solution)).fields()
        return document, judge(facts, document)
    except Malformed as error:
        _refuse(f"Malformed: {error}", REFUSED)


def _refuse(why: str, status: int) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(status)


def _outcome(answer: Solution) -> str:
    if answer.status == "malformed":
        return f"Malformed: {answer.report['place']}: {answer.report['reason']}"
    if answer.status == "infeasible":
        groups = "; ".join(" ".join(map(str, group)) for group in answer.conflict)
        proven = "" if answer.report.get("conflict_minimal", True) else " (not all of them may be needed for that)"
        return f"No plan exists. These cannot all hold{proven}: {groups}"
    if answer.status == "unknown":
        return "No plan found in the time given."
    return f"{len(answer.assignments)} assignments, total {answer.total}, bound {answer.bound}, {answer.status}."
