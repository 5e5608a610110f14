"""What makes a month nasty: each twist changes a realistic month into one that has broken a planner before."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from random import Random
from typing import Any

from bureau.rotation.solver.problem import TERMS
from tests.rotation.solver.problems import Document

Twist = Callable[[Document, Random], Document]
LAST_SUNDAY = {"2027-03": "2027-03-28", "2027-10": "2027-10-31"}


def night(month: Document, *hours: tuple[str, str, int, int]) -> Document:
    """Blocks in the night in which the clocks change, and teams that come then."""
    day, site = LAST_SUNDAY[month["month"]], month["sites"][0]["id"]
    blocks = [
        {"id": f"night-{n}", "site": site, "date": day, "start": start, "end": end, "fold": fold, "fold_end": fold_end}
        for n, (start, end, fold, fold_end) in enumerate(hours)
    ]
    awake = [{"date": day, "start": "00:00", "end": "23:59"}]
    teams = [{**team, "available": [*team["available"], *awake], "unavailable_dates": []} for team in month["teams"]]
    wished = [
        {"id": f"n{block['id']}", "scope": "block", "block": block["id"], "min": 1, "target": 2} for block in blocks
    ]
    return {**month, "blocks": [*month["blocks"], *blocks], "teams": teams, "demands": [*month["demands"], *wished]}


def clocks_forward(month: Document, _rng: Random) -> Document:
    """An hour is skipped: what looks like two hours and a half is one and a half."""
    return night(month, ("00:30", "02:00", 0, 0), ("02:00", "04:30", 0, 0), ("04:30", "06:00", 0, 0))


def clocks_back(month: Document, _rng: Random) -> Document:
    """An hour comes twice: the same wall clock in both passes, and a block that lasts into the second one."""
    return night(
        month,
        ("01:00", "03:30", 0, 0),
        ("03:15", "05:00", 1, 1),
        ("03:00", "03:30", 0, 0),
        ("03:00", "03:30", 1, 1),
        ("03:30", "03:45", 0, 1),
    )


def lost_hour(month: Document, _rng: Random) -> Document:
    """A block begins at a time that the clocks skip."""
    return night(month, ("03:30", "05:00", 0, 0))


def nobody(month: Document, _rng: Random) -> Document:
    """No partner at all."""
    rules = [rule for rule in month["rules"] if rule["type"] in ("block_requires", "always_present")]
    nothing: Document = {"organisations": [], "teams": [], "pinned": [], "previous": [], "planned_shifts": 0}
    return {**month, **nothing, "rules": rules}


def nothing_open(month: Document, _rng: Random) -> Document:
    """No opening block at all."""
    return {**month, "blocks": [], "demands": [], "spread": [], "pinned": [], "rules": []}


def always_closed(month: Document, _rng: Random) -> Document:
    """Every day is closed."""
    closed = [{"date": block["date"], "site": None, "reason": "repairs"} for block in month["blocks"]]
    return {**month, "closed_days": closed, "pinned": []}


def holidays(month: Document, rng: Random) -> Document:
    """Some days are closed, one of them at one site only."""
    days = sorted({block["date"] for block in month["blocks"]})
    pinned = {block["date"] for block in month["blocks"] if block["id"] in {pin["block"] for pin in month["pinned"]}}
    free = [day for day in days if day not in pinned]
    chosen = rng.sample(free, min(len(free), 3))
    sites = [month["sites"][0]["id"], None, None]
    closed = [{"date": day, "site": site, "reason": "holiday"} for day, site in zip(chosen, sites, strict=False)]
    return {**month, "closed_days": closed}


def one_day(month: Document, rng: Random) -> Document:
    """Everybody comes on the same weekday only."""
    window = {"weekday": rng.randint(1, 5), "start": "09:00", "end": "18:00"}
    return {**month, "teams": [{**team, "available": [window]} for team in month["teams"]]}


def by_date(month: Document, rng: Random) -> Document:
    """Teams declare dates, not weekdays; one block's exact hours among them."""
    days = sorted({block["date"] for block in month["blocks"]})

    def windows() -> list[Document]:
        some = rng.sample(days, min(len(days), 6))
        return [{"date": day, "start": "10:00", "end": rng.choice(["12:00", "18:00"])} for day in some]

    return {**month, "teams": [{**team, "available": windows(), "preferred": windows()} for team in month["teams"]]}


def duplicate_ids(month: Document, _rng: Random) -> Document:
    """Two teams with one id."""
    return {**month, "teams": [*month["teams"], month["teams"][0]]}


def impossible_pins(month: Document, rng: Random) -> Document:
    """One team is agreed at two places at the same time."""
    team, block = month["teams"][0], rng.choice(month["blocks"])
    again = {**block, "id": "at-once"}
    pins = [{"team": team["id"], "block": name} for name in (block["id"], "at-once")]
    teams = [{**team, "needs": []}, *month["teams"][1:]]
    return {**month, "blocks": [*month["blocks"], again], "teams": teams, "pinned": pins, "rules": []}


def impossible_demand(month: Document, _rng: Random) -> Document:
    """More teams must come to a block than there are desks."""
    asked = len(month["desks"]) + 1
    demand = {"id": "must", "scope": "block", "block": month["blocks"][0]["id"], "min": asked, "target": asked}
    return {**month, "demands": [*month["demands"], {**demand, "hard": True}]}


def replanning(month: Document, rng: Random) -> Document:
    """A plan is in force, a team fell ill for a week and another one moved its services."""
    current, taken = [], set()
    for team in month["teams"]:
        mine = [block for block in month["blocks"] if block["site"] in team.get("sites", [block["site"]])]
        for block in rng.sample(mine, min(len(mine), 4)):
            desks = [desk["id"] for desk in month["desks"] if desk["site"] == block["site"]]
            free = [desk for desk in desks if (desk, block["id"]) not in taken]
            if free:
                taken.add((free[0], block["id"]))
                services = [team["offers"][-1]["service"]]
                current.append({"team": team["id"], "block": block["id"], "desk": free[0], "services": services})
    return {**month, "current": current, "weights": {**month["weights"], "changes": 150}}


def many_services(month: Document, rng: Random) -> Document:
    """Teams that offer nearly everything, and may give three services at once."""

    def team(one: Document) -> Document:
        services = rng.sample(month["services"], max(1, len(month["services"]) - 2))
        offers = [
            {"service": name, "languages": rng.sample(["bg", "en", "ar"], rng.randint(1, 3))} for name in services
        ]
        return {**one, "offers": offers, "max_services": 3}

    return {**month, "teams": [team(one) if rng.random() < 0.5 else one for one in month["teams"]]}


def hard_minimums(month: Document, rng: Random) -> Document:
    """Some partners must get what they were promised, at the least one shift."""
    organisations = [
        {**org, "min_hard": True, "min_shifts": 1} if rng.random() < 0.4 else org for org in month["organisations"]
    ]
    return {**month, "organisations": organisations}


def two_always(month: Document, _rng: Random) -> Document:
    """Two social workers in every open block of the first site; everybody may be one."""
    rule = {"id": "two", "type": "always_present", "attr": "social_worker", "count": 2, "when": "open"}
    teams = [{**team, "attrs": [*{*team["attrs"], "social_worker"}]} for team in month["teams"]]
    return {**month, "teams": teams, "rules": [*month["rules"], {**rule, "sites": [month["sites"][0]["id"]]}]}


def in_company(month: Document, rng: Random) -> Document:
    """A chain of partners who come only with each other, and some who are never at a place on one day."""
    names = rng.sample([org["id"] for org in month["organisations"]], min(3, len(month["organisations"])))
    chain = [
        {"id": f"with-{org}", "type": "companion", "org": org, "needs_org": other} for org, other in pairwise(names)
    ]
    apart = {"id": "apart", "type": "not_together", "orgs": [names[0], names[-1]], "scope": "day"}
    return {**month, "rules": [*month["rules"], *chain, apart]}


def narrow_rooms(month: Document, rng: Random) -> Document:
    """Half of the teams need equipment that one desk of each site has, away in a third of the blocks."""
    blocks = [block["id"] for block in month["blocks"]]
    first = {desk["site"]: desk["id"] for desk in reversed(month["desks"])}
    desks = [
        {**desk, "attrs": ["video", "private"], "unavailable_blocks": rng.sample(blocks, len(blocks) // 3)}
        if desk["id"] in first.values()
        else {**desk, "attrs": ["step_free"]}
        for desk in month["desks"]
    ]
    teams = [{**team, "needs": rng.choice([[], ["video"], ["private", "video"]])} for team in month["teams"]]
    return {**month, "desks": desks, "teams": teams, "pinned": []}


def on_the_road(month: Document, rng: Random) -> Document:
    """Two more sites, teams that go anywhere, and little time between."""
    more = [{**block, "id": f"far-{block['id']}", "site": "far"} for block in month["blocks"]]
    late = [
        {**block, "id": f"late-{block['id']}", "site": "late", "start": block["end"], "end": "19:00"} for block in more
    ]
    sites = [*month["sites"], {"id": "far", "name": "Far"}, {"id": "late", "name": "Late"}]
    desks = [*month["desks"], *({"id": f"{site}-desk", "site": site, "attrs": []} for site in ("far", "late"))]
    teams = [{key: value for key, value in team.items() if key != "sites"} for team in month["teams"]]
    wished = [
        {"id": f"q-{block['id']}", "scope": "block", "block": block["id"], "min": 1, "target": 2} for block in more
    ]
    return {
        **month,
        "travel_minutes": rng.choice([0, 60, 121]),
        "sites": sites,
        "blocks": [*month["blocks"], *more, *late],
        "desks": desks,
        "teams": teams,
        "demands": [
            *month["demands"],
            *wished,
            {"id": "q-late", "scope": "month", "site": "late", "min": 5, "target": 20},
        ],
    }


def last_month(month: Document, rng: Random) -> Document:
    """Heavy weeks and large balances from the months before."""

    def org(one: Document) -> Document:
        week = "2027-W13" if month["month"] == "2027-04" else "2027-W39"
        load = {week: rng.randint(0, one["max_per_week"] + 1)}
        return {**one, "carry": rng.randint(-4, one["promised"]), "boundary_load": load}

    return {**month, "organisations": [org(one) for one in month["organisations"]]}


def free_terms(month: Document, rng: Random) -> Document:
    """Some terms cost nothing, some demands weigh nothing."""
    free = rng.sample(TERMS, 4)
    demands = [{**one, "weight": rng.choice([0, 1, 5])} for one in month["demands"]]
    return {**month, "weights": {**month["weights"], **dict.fromkeys(free, 0)}, "demands": demands}


def upside_down(month: Document, _rng: Random) -> Document:
    """Targets cost more than minimums, and keeping a place in the week more than both."""
    weights: dict[str, Any] = {"uncovered_min": 7, "uncovered_target": 400, "continuity": 900, "regularity": 300}
    return {**month, "weights": {**month["weights"], **weights}}


TWISTS: Mapping[str, Twist] = {
    twist.__name__: twist
    for twist in (
        nobody, nothing_open, always_closed, holidays, one_day, by_date, replanning, many_services, hard_minimums,
        two_always, in_company, narrow_rooms, on_the_road, last_month, free_terms, upside_down,
    )
}  # fmt: skip
"""A month with any of these can be read; often it can be planned."""
CLOCKS: Mapping[str, tuple[str, Twist]] = {
    "clocks_forward": ("2027-03", clocks_forward),
    "clocks_back": ("2027-10", clocks_back),
}
IMPOSSIBLE: Mapping[str, Twist] = {twist.__name__: twist for twist in (impossible_pins, impossible_demand)}
"""Nothing can satisfy a month with one of these."""
