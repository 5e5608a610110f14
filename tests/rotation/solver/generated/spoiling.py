"""Plans with a few things wrong: what somebody might write who plans by hand, or a planner with a mistake."""

from collections.abc import Callable
from random import Random

from tests.rotation.solver.problems import Document

Spoil = Callable[[Document, list[Document], Random], None]


def spoil(month: Document, plan: list[Document], rng: Random, times: int) -> list[Document]:
    """A copy of the plan with so many changes that nobody thought about."""
    spoiled = [{**one, "services": [*one["services"]], "languages": [*one["languages"]]} for one in plan]
    for _ in range(times):
        rng.choice(_SPOILS)(month, spoiled, rng)
    return spoiled


def _drop(_month: Document, plan: list[Document], rng: Random) -> None:
    if plan:
        plan.pop(rng.randrange(len(plan)))


def _add(month: Document, plan: list[Document], rng: Random) -> None:
    if month["teams"] and month["blocks"] and month["desks"]:
        team = rng.choice(month["teams"])
        offer = rng.choice(team["offers"])
        where = {"block": rng.choice(month["blocks"])["id"], "desk": rng.choice(month["desks"])["id"]}
        plan.append({"team": team["id"], **where, "services": [offer["service"]], "languages": offer["languages"][:1]})


def _repeat(_month: Document, plan: list[Document], rng: Random) -> None:
    if plan:
        plan.append({**rng.choice(plan)})


def _change(key: str, pick: Callable[[Document, Document, Random], object]) -> Spoil:
    def change(month: Document, plan: list[Document], rng: Random) -> None:
        if plan:
            one = rng.choice(plan)
            one[key] = pick(month, one, rng)

    return change


def _one_of(kind: str) -> Callable[[Document, Document, Random], object]:
    return lambda month, _one, rng: rng.choice([*(thing["id"] for thing in month[kind]), "nothing"])


def _fewer(key: str) -> Callable[[Document, Document, Random], object]:
    return lambda _month, one, _rng: one[key][1:]


def _more(key: str, others: tuple[str, ...]) -> Callable[[Document, Document, Random], object]:
    return lambda _month, one, rng: [*one[key], rng.choice(others)]


_SPOILS: list[Spoil] = [
    _drop,
    _add,
    _add,
    _repeat,
    _change("team", _one_of("teams")),
    _change("block", _one_of("blocks")),
    _change("block", _one_of("blocks")),
    _change("desk", _one_of("desks")),
    _change("services", _fewer("services")),
    _change("services", _more("services", ("social", "legal", "health"))),
    _change("languages", _fewer("languages")),
    _change("languages", _more("languages", ("bg", "ar", "fr"))),
]
