"""Random small months, and what is left of a month when only some groups hold."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from bureau.rotation.solver.problem import Group
from tests.rotation.solver.problems import ALWAYS, WEIGHTS, Document, block, demand, desk, problem

SITES = ("here", "there")
SERVICES = ("social", "legal")
LANGUAGES = ("bg", "fr")
BLOCKS = ("b0", "b1", "b2", "b3")
ORGS = ("red", "blue")
LIMITS = ("max_per_day", "max_per_week", "max_per_month", "max_concurrent")

small = st.integers(0, 3)
maybe_limit = st.sampled_from([None, None, 0, 1, 2, 3])


@st.composite
def offers(draw: st.DrawFn) -> list[Document]:
    """One or two services in one or two languages, now and then a service in several offers."""
    services = draw(st.lists(st.sampled_from(SERVICES), min_size=1, max_size=3))
    languages = st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)
    return [{"service": service, "languages": draw(languages)} for service in services]


@st.composite
def teams(draw: st.DrawFn, name: str) -> Document:
    """A team with some of everything."""
    monday = [{"weekday": 1, "start": "09:00", "end": "13:00"}]
    return {
        "id": name,
        "org": draw(st.sampled_from(ORGS)),
        "offers": draw(offers()),
        "max_services": draw(st.integers(1, 2)),
        "available": draw(st.sampled_from([ALWAYS, monday])),
        "preferred": draw(st.sampled_from([[], monday])),
        "undesired": draw(st.sampled_from([[], [{"weekday": 1, "start": "08:00", "end": "11:00"}]])),
        "needs": draw(st.sampled_from([[], [], ["private"]])),
        "attrs": draw(st.sampled_from([[], ["women"]])),
        "max_per_day": draw(maybe_limit),
        "max_per_month": draw(maybe_limit),
    }


@st.composite
def demands(draw: st.DrawFn, name: str) -> Document:
    """A demand of any scope for anybody, a service, a language or the pair."""
    least = draw(st.integers(0, 2))
    return demand(
        name,
        scope=draw(st.sampled_from(["block", "day", "week", "month"])),
        block=draw(st.sampled_from(BLOCKS)),
        date="2027-04-05",
        week="2027-W14",
        site=draw(st.sampled_from([None, *SITES])),
        service=draw(st.sampled_from([None, *SERVICES])),
        language=draw(st.sampled_from([None, *LANGUAGES])),
        min=least,
        target=least + draw(st.integers(0, 2)),
        weight=draw(st.integers(0, 3)),
        hard=draw(st.integers(0, 5)) == 0,
    )


def rules() -> st.SearchStrategy[Document]:
    """One rule of any kind."""
    return st.sampled_from(
        [
            {"type": "not_together", "orgs": list(ORGS), "scope": "block"},
            {"type": "not_together", "orgs": list(ORGS), "scope": "day"},
            {"type": "block_requires", "blocks": ["b0", "b2"], "attr": "women"},
            {"type": "always_present", "attr": "women", "count": 1, "when": "any"},
            {"type": "always_present", "attr": "women", "count": 1, "when": "open", "sites": ["there"]},
            {"type": "companion", "org": "red", "needs_org": "blue"},
        ]
    )


def _organisations(draw: st.DrawFn) -> list[Document]:
    return [
        {
            "id": name,
            "name": name,
            "promised": draw(small),
            "min_shifts": draw(small),
            "min_hard": draw(st.integers(0, 7)) == 0,
            "carry": draw(st.integers(-1, 1)),
            "boundary_load": draw(st.sampled_from([{}, {"2027-W14": 1}])),
            **{limit: draw(maybe_limit) for limit in LIMITS},
        }
        for name in ORGS
    ]


def _blocks() -> list[Document]:
    return [
        block("b0"),
        block("b1", start="11:00", end="13:00"),
        block("b2", site="there", start="11:30", end="13:00"),
        block("b3", day="2027-04-13"),
    ]


@st.composite
def months(draw: st.DrawFn, teams_most: int = 3) -> Document:
    """A month of four blocks at two sites; often nothing can satisfy it."""
    crew = [draw(teams(f"t{index}")) for index in range(draw(st.integers(1, teams_most)))]
    held: dict[str, Any] = {"team": st.sampled_from([one["id"] for one in crew]), "block": st.sampled_from(BLOCKS)}
    pin = st.fixed_dictionaries({**held, "desk": st.sampled_from([None, None, "d0", "d1"])})
    current = st.fixed_dictionaries({**held, "services": st.just(["social"])})
    in_force = draw(st.none() | st.lists(current, max_size=3, unique_by=lambda one: (one["team"], one["block"])))
    return problem(
        sites=[{"id": site, "name": site} for site in SITES],
        blocks=_blocks(),
        desks=[desk("d0", attrs=["private"]), desk("d1", unavailable_blocks=["b1"]), desk("d2", site="there")],
        organisations=_organisations(draw),
        teams=crew,
        demands=[draw(demands(f"q{index}")) for index in range(draw(small))],
        rules=[{**draw(rules()), "id": f"r{index}"} for index in range(draw(st.integers(0, 2)))],
        pinned=draw(st.sampled_from([[], [], draw(st.lists(pin, max_size=2))])),
        previous=[{"team": crew[0]["id"], "site": "here", "weekday": 1, "start": "09:00", "weight": 2}],
        spread=[{"site": "here", "week": "2027-W14", "service": "social", "days": 2}],
        current=in_force,
        planned_shifts=draw(st.integers(0, 6)),
        weights={**WEIGHTS, "changes": 0 if in_force is None else 150},
    )


def first_weeks(document: Any, many: int) -> Document:
    """The month in whose later weeks there are no blocks."""
    days = sorted({date.fromisoformat(one["date"]).isocalendar()[:2] for one in document["blocks"]})[:many]
    blocks = [one for one in document["blocks"] if date.fromisoformat(one["date"]).isocalendar()[:2] in days]
    left = {one["id"] for one in blocks}
    return {
        **document,
        "blocks": blocks,
        "desks": [
            {**one, "unavailable_blocks": sorted(left.intersection(one.get("unavailable_blocks", [])))}
            for one in document["desks"]
        ],
        "demands": [one for one in document["demands"] if one["scope"] != "block" or one["block"] in left],
        "rules": [
            {**one, "blocks": sorted(left.intersection(one["blocks"]))} if "blocks" in one else one
            for one in document["rules"]
        ],
        "pinned": [one for one in document["pinned"] if one["block"] in left],
    }


def holding_only(document: Document, groups: list[Group]) -> Document:
    """The month in which only these groups hold, and what belongs to no group."""
    kept = set(groups)
    return {
        **document,
        "pinned": [pin for index, pin in enumerate(document["pinned"]) if ("pin", index) in kept],
        "demands": [
            {**one, "hard": one.get("hard", False) and ("demand", one["id"]) in kept} for one in document["demands"]
        ],
        "rules": [one for one in document["rules"] if ("rule", one["id"]) in kept],
        "organisations": [_organisation_holding(one, kept) for one in document["organisations"]],
        "teams": [_team_holding(one, document, kept) for one in document["teams"]],
    }


def _without_limits(kind: str, owner: Document, kept: set[Group]) -> Document:
    return {key: value for key, value in owner.items() if key not in LIMITS or (kind, owner["id"], key) in kept}


def _organisation_holding(org: Document, kept: set[Group]) -> Document:
    hard = org.get("min_hard", False) and ("org", org["id"], "min_shifts") in kept
    return {**_without_limits("org", org, kept), "min_hard": hard}


def _team_holding(team: Document, document: Document, kept: set[Group]) -> Document:
    free = ("team", team["id"], "availability") not in kept
    limited = _without_limits("team", team, kept)
    # A pin that is dropped still exempts its own block from the availability.
    pinned = [pin["block"] for pin in document["pinned"] if pin["team"] == team["id"]]
    own = [one for one in document["blocks"] if one["id"] in pinned]
    exempt = [{"date": one["date"], "start": one["start"], "end": one["end"]} for one in own]
    if free:
        return {**limited, "available": ALWAYS, "sites": [], "unavailable_dates": []}
    away = {*team.get("unavailable_dates", [])} - {one["date"] for one in own}
    return {**limited, "available": [*team["available"], *exempt], "unavailable_dates": sorted(away)}
