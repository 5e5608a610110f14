"""Every uncovered demand of the months of a usual bureau is explained, and the explanation is proven."""

from pathlib import Path
from typing import Any, cast

import pytest

from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.explain import explain_gaps, short_demands
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.plan import Plan
from tests.rotation.solver.feasibility import Group, Question, Suspects, all_groups
from tests.rotation.solver.problems import Document

MONTHS = Path(__file__).parent / "months"
USUAL = ["S-11", "S-12", "S-13"]


def month(name: str) -> Document:
    """A stored month."""
    return cast("Document", read_document(MONTHS / f"{name}.json.gz"))


def good_plan(name: str) -> Plan:
    """What a few seconds of search made of the month, stored so that its gaps stay the same."""
    return parse_assignments(read_document(MONTHS / f"{name}.plan.json.gz"))


@pytest.mark.parametrize("name", USUAL)
def test_every_gap_is_either_possible_or_has_a_conflict_none_of_which_can_be_spared(name: str) -> None:
    document = month(name)
    facts = Facts(parse_problem(document))
    plan = good_plan(name)
    short = {demand.id: have for demand, have in short_demands(facts, plan)}

    found = explain_gaps(facts, plan, Ending(600))

    assert {one["demand"] for one in found} == short.keys()
    for one in found:
        asked = next(row for row in document["demands"] if row["id"] == one["demand"])
        _prove(Question(document, asked, short[asked["id"]] + 1), cast("dict[str, Any]", one))


def _prove(question: Question, explanation: dict[str, Any]) -> None:
    if explanation["kind"] == "possible":
        everything = all_groups(question.document)
        assert Suspects(question, everything).can_all_hold(everything), explanation
        return
    assert explanation["kind"] == "conflict"
    conflict: list[Group] = [tuple(group) for group in explanation["conflict"]]
    suspects = Suspects(question, conflict)
    assert not suspects.can_all_hold(conflict), explanation
    for group in conflict:
        rest = [other for other in conflict if other != group]
        assert suspects.can_all_hold(rest), (explanation, group)


@pytest.mark.parametrize("name", USUAL)
def test_every_gap_names_at_once_who_could_fill_it_and_why_they_do_not(name: str) -> None:
    facts = Facts(parse_problem(month(name)))
    plan = good_plan(name)

    found = explain_gaps(facts, plan, Ending(0))

    reasons = [cast("list[dict[str, Any]]", one["reasons"]) for one in found]
    for first, *rest in reasons:
        assert first["code"] in ("nobody_offers", "offered_by")
        assert bool(rest) == (first["code"] == "offered_by")
        assert all(reason["teams"] <= first["teams"] for reason in rest)
