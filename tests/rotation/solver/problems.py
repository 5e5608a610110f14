"""Small problem documents: one bureau, two desks, two organisations with a team each."""

from typing import Any

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.problem import TERMS, Assignment

Document = dict[str, Any]

WEIGHTS = {
    "uncovered_min": 1000,
    "uncovered_target": 100,
    "promise_unmet": 60,
    "fairness": 1,
    "continuity": 12,
    "regularity": 6,
    "preferences": 5,
    "spread": 40,
    "changes": 0,
}
ALWAYS = [{"weekday": day, "start": "00:00", "end": "23:59"} for day in range(1, 8)]


def block(name: str, day: str = "2027-04-05", start: str = "09:00", end: str = "11:00", **more: Any) -> Document:
    """A block of the bureau, a Monday morning by default."""
    return {"id": name, "site": "here", "date": day, "start": start, "end": end, **more}


def desk(name: str, **more: Any) -> Document:
    """A desk of the bureau without equipment."""
    return {"id": name, "site": "here", "attrs": [], **more}


def organisation(name: str, **more: Any) -> Document:
    """An organisation that promised nothing and has no limits."""
    return {"id": name, "name": name, "promised": 0, "min_shifts": 0, "carry": 0, **more}


def team(name: str, org: str, **more: Any) -> Document:
    """A team that can always come and gives social work in Bulgarian."""
    offers = [{"service": "social", "languages": ["bg"]}]
    return {"id": name, "org": org, "offers": offers, "max_services": 1, "available": ALWAYS, **more}


def demand(name: str, **more: Any) -> Document:
    """One wish for anybody in the month."""
    return {"id": name, "scope": "month", "min": 1, "target": 1, "weight": 1, **more}


def problem(**more: Any) -> Document:
    """Two teams of two organisations, three blocks on a Monday and a Tuesday, nothing asked."""
    return {
        "format": "bureau-rota/1",
        "id": "small",
        "month": "2027-04",
        "timezone": "Europe/Sofia",
        "travel_minutes": 60,
        "sites": [{"id": "here", "name": "Here"}],
        "blocks": [
            block("mon-1"),
            block("mon-2", start="11:00", end="13:00"),
            block("tue-1", day="2027-04-06"),
        ],
        "desks": [desk("desk-1"), desk("desk-2")],
        "organisations": [organisation("red"), organisation("blue")],
        "teams": [team("red-team", "red"), team("blue-team", "blue")],
        "demands": [],
        "planned_shifts": 0,
        "weights": dict(WEIGHTS),
        **more,
    }


def weights(**only: int) -> dict[str, int]:
    """Weights that count only these terms."""
    return {**dict.fromkeys(TERMS, 0), **only}


def shift(team: str, block: str, desk: str = "desk-1", **more: Any) -> Document:
    """An assignment that gives social work in Bulgarian."""
    return {"team": team, "block": block, "desk": desk, "services": ["social"], "languages": ["bg"], **more}


def facts(document: Document) -> Facts:
    """The facts of a problem document."""
    return Facts(parse_problem(document))


def plan(*shifts: Document) -> tuple[Assignment, ...]:
    """A plan of shifts."""
    return parse_assignments({"assignments": list(shifts)})
