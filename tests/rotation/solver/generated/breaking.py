"""One hard rule broken at a time: what a mistake in a plan looks like, or a month that changed under a good plan.

Each takes a month with a valid plan and gives both back, with one rule broken; nothing is changed in place.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from bureau.rotation.solver.instants import iso_week
from tests.rotation.solver.problems import Document

Case = tuple[Document, Document]
Break = Callable[[Document, Document], Case]


def _with_plan(solution: Document, plan: list[Document]) -> Document:
    return {key: value for key, value in solution.items() if key != "claimed"} | {"assignments": plan}


def _first_changed(**change: Any) -> Break:
    """The first assignment of the plan says something else."""

    def change_first(month: Document, solution: Document) -> Case:
        first, *rest = solution["assignments"]
        return month, _with_plan(solution, [{**first, **change}, *rest])

    return change_first


def _thing_changed(kind: str, name: str, month: Document, **change: Any) -> Document:
    return {**month, kind: [{**one, **change} if one["id"] == name else one for one in month[kind]]}


def _other_month(month: Document, solution: Document) -> Case:
    return month, {**solution, "instance": "another"}


def _unclaimed(month: Document, solution: Document) -> Case:
    return month, _with_plan(solution, solution["assignments"])


def _twice(month: Document, solution: Document) -> Case:
    """A team at a second desk, made for it."""
    one, blocks = solution["assignments"][0], {block["id"]: block for block in month["blocks"]}
    spare = {"id": "spare", "site": blocks[one["block"]]["site"], "attrs": ["private", "children", "video"]}
    plan = [*solution["assignments"], {**one, "desk": "spare"}]
    return {**month, "desks": [*month["desks"], spare]}, _with_plan(solution, plan)


def _pair_at(solution: Document, differ: Callable[[Document, Document], bool]) -> tuple[Document, Document]:
    """Two assignments of one block that differ so."""
    by_block: dict[str, list[Document]] = defaultdict(list)
    for one in solution["assignments"]:
        by_block[one["block"]].append(one)
    return next((a, b) for those in by_block.values() for a in those for b in those if a is not b and differ(a, b))


def _one_desk_for_two(month: Document, solution: Document) -> Case:
    needs = {team["id"]: team["needs"] for team in month["teams"]}
    stays, moves = _pair_at(solution, lambda _, other: not needs[other["team"]])
    plan = [{**one, "desk": stays["desk"]} if one is moves else one for one in solution["assignments"]]
    return month, _with_plan(solution, plan)


def _block_of(month: Document, one: Document) -> Document:
    return next(block for block in month["blocks"] if block["id"] == one["block"])


def _team_of(month: Document, one: Document) -> Document:
    return next(team for team in month["teams"] if team["id"] == one["team"])


def _free(month: Document, solution: Document) -> Document:
    """An assignment that no pin speaks about."""
    agreed = {(pin["team"], pin["block"]) for pin in month["pinned"]}
    return next(one for one in solution["assignments"] if (one["team"], one["block"]) not in agreed)


def _closed(month: Document, solution: Document) -> Case:
    block = _block_of(month, solution["assignments"][0])
    closed = [*month["closed_days"], {"date": block["date"], "site": block["site"], "reason": "strike"}]
    return {**month, "closed_days": closed}, _with_plan(solution, solution["assignments"])


def _ill(month: Document, solution: Document) -> Case:
    one = _free(month, solution)
    day = _block_of(month, one)["date"]
    ill = _thing_changed("teams", one["team"], month, unavailable_dates=[day])
    return _unclaimed(ill, solution)


def _other_site(month: Document, solution: Document) -> Case:
    sites = [*month["sites"], {"id": "else", "name": "Elsewhere"}]
    attrs = ["private", "children", "video", "step_free"]
    desks = [*month["desks"], {"id": "else-desk", "site": "else", "attrs": attrs}]
    _, moved = _first_changed(desk="else-desk")(month, solution)
    return {**month, "sites": sites, "desks": desks}, moved


def _desk_away(month: Document, solution: Document) -> Case:
    one = solution["assignments"][0]
    return _unclaimed(_thing_changed("desks", one["desk"], month, unavailable_blocks=[one["block"]]), solution)


def _desk_bare(month: Document, solution: Document) -> Case:
    one = solution["assignments"][0]
    return _unclaimed(_thing_changed("teams", one["team"], month, needs=["a piano"]), solution)


def _service_twice(month: Document, solution: Document) -> Case:
    first = solution["assignments"][0]
    able = _thing_changed("teams", first["team"], month, max_services=9)
    return _first_changed(services=first["services"] * 2)(able, solution)


def _too_many_services(month: Document, solution: Document) -> Case:
    first = solution["assignments"][0]
    offers = [*_team_of(month, first)["offers"], {"service": "singing", "languages": ["bg"]}]
    most = len(first["services"])
    able = _thing_changed("teams", first["team"], month, offers=offers, max_services=most)
    return _first_changed(services=[*first["services"], "singing"])(able, solution)


def _pinned(month: Document, pin: Document, solution: Document) -> Case:
    return _unclaimed({**month, "pinned": [*month["pinned"], pin]}, solution)


def _missing(month: Document, solution: Document) -> Case:
    held = {(one["team"], one["block"]) for one in solution["assignments"]}
    pairs = ((team["id"], block["id"]) for team in month["teams"] for block in month["blocks"])
    team, block = next(pair for pair in pairs if pair not in held)
    return _pinned(month, {"team": team, "block": block}, solution)


def _at_another_desk(month: Document, solution: Document) -> Case:
    one = _free(month, solution)
    other = next(desk["id"] for desk in month["desks"] if desk["id"] != one["desk"])
    return _pinned(month, {"team": one["team"], "block": one["block"], "desk": other}, solution)


def _without_its_service(month: Document, solution: Document) -> Case:
    one = _free(month, solution)
    return _pinned(month, {"team": one["team"], "block": one["block"], "services": ["singing"]}, solution)


def _again(month: Document, solution: Document, *, site: str, **change: Any) -> Case:
    """The first team also comes to a new block like its own."""
    first = solution["assignments"][0]
    block = {**_block_of(month, first), "id": "again", "site": site, **change}
    day = [{"date": block["date"], "start": "00:00", "end": "23:59"}]
    team = {"max_per_day": 99, "sites": [], "unavailable_dates": [], "needs": []}
    more = {
        **month,
        "blocks": [*month["blocks"], block],
        "sites": [*month["sites"], *([{"id": site, "name": site}] if site == "else" else [])],
        "desks": [*month["desks"], {"id": "again-desk", "site": site, "attrs": []}],
        "travel_minutes": 60,
    }
    free = _thing_changed("teams", first["team"], more, available=day, **team)
    limits = {"max_per_day": 99, "max_per_week": 99, "max_per_month": 999, "max_concurrent": 99}
    free = _thing_changed("organisations", _team_of(month, first)["org"], free, **limits)
    rest = [one for one in solution["assignments"][1:] if one["team"] != first["team"]]
    agreed = [pin for pin in month["pinned"] if pin["team"] != first["team"]]
    plan = [first, {**first, "block": "again", "desk": "again-desk"}, *rest]
    return {**free, "pinned": agreed, "rules": []}, _with_plan(solution, plan)


def _overlap(month: Document, solution: Document) -> Case:
    return _again(month, solution, site=_block_of(month, solution["assignments"][0])["site"])


def _no_time_to_travel(month: Document, solution: Document) -> Case:
    end = _block_of(month, solution["assignments"][0])["end"]
    return _again(month, solution, site="else", start=end[:3] + "59", end="23:30")


def _loads(month: Document, solution: Document, kind: str, scope: str) -> Iterator[tuple[str, int]]:
    """How many shifts each team or organisation has in each day, week or month."""
    count: dict[tuple[str, str], int] = defaultdict(int)
    for one in solution["assignments"]:
        day = _block_of(month, one)["date"]
        when = {"day": day, "week": iso_week(date.fromisoformat(day)), "month": ""}[scope]
        count[one["team"] if kind == "teams" else _team_of(month, one)["org"], when] += 1
    return (((owner, shifts)) for (owner, _), shifts in count.items())


def _one_too_many(kind: str, scope: str) -> Break:
    def lower(month: Document, solution: Document) -> Case:
        owner, shifts = max(_loads(month, solution, kind, scope), key=lambda load: load[1])
        return _unclaimed(_thing_changed(kind, owner, month, **{f"max_per_{scope}": shifts - 1}), solution)

    return lower


def _heavy_last_month(month: Document, solution: Document) -> Case:
    one = solution["assignments"][0]
    org, week = _team_of(month, one)["org"], iso_week(date.fromisoformat(_block_of(month, one)["date"]))
    return _unclaimed(_thing_changed("organisations", org, month, max_per_week=99, boundary_load={week: 99}), solution)


def _alone_at_once(month: Document, solution: Document) -> Case:
    org = _team_of(month, solution["assignments"][0])["org"]
    return _unclaimed(_thing_changed("organisations", org, month, max_concurrent=0), solution)


def _promised_more(month: Document, solution: Document) -> Case:
    org = month["organisations"][0]["id"]
    return _unclaimed(_thing_changed("organisations", org, month, min_hard=True, min_shifts=999), solution)


def _ruled(rule: Document, month: Document, solution: Document) -> Case:
    return _unclaimed({**month, "rules": [*month["rules"], {"id": "new", **rule}]}, solution)


def _enemies(month: Document, solution: Document) -> Case:
    org = {team["id"]: team["org"] for team in month["teams"]}
    one, other = _pair_at(solution, lambda a, b: org[a["team"]] != org[b["team"]])
    orgs = [org[one["team"]], org[other["team"]]]
    return _ruled({"type": "not_together", "orgs": orgs, "scope": "block"}, month, solution)


def _enemies_by_day(month: Document, solution: Document) -> Case:
    """Two partners in different blocks of a day, never in one."""
    there: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in solution["assignments"]:
        block = _block_of(month, one)
        there[block["site"], block["date"]][_team_of(month, one)["org"]].add(block["id"])
    orgs = next(
        [one, other]
        for those in there.values()
        for one in those
        for other in those
        if one < other and not those[one] & those[other]
    )
    return _ruled({"type": "not_together", "orgs": orgs, "scope": "day"}, month, solution)


def _required(month: Document, solution: Document) -> Case:
    blocks = [solution["assignments"][0]["block"]]
    return _ruled({"type": "block_requires", "attr": "pilot", "blocks": blocks}, month, solution)


def _presence(when: str, count: int) -> Break:
    return lambda month, solution: _ruled(
        {"type": "always_present", "attr": "women", "count": count, "when": when}, month, solution
    )


def _alone(month: Document, solution: Document) -> Case:
    orgs = [*month["organisations"], {"id": "absent", "promised": 0, "min_shifts": 0}]
    org = _team_of(month, solution["assignments"][0])["org"]
    return _ruled({"type": "companion", "org": org, "needs_org": "absent"}, {**month, "organisations": orgs}, solution)


def _must_be_many(month: Document, solution: Document) -> Case:
    demand = {"id": "new", "scope": "month", "min": 9999, "target": 9999, "weight": 1, "hard": True}
    return _unclaimed({**month, "demands": [*month["demands"], demand]}, solution)


def _claim(**claims: Any) -> Break:
    return lambda month, solution: (month, {**solution, **claims})


BROKEN: Mapping[str, tuple[str, Break]] = {
    "the answer to another month": ("instance", _other_month),
    "a team that nobody knows": ("reference", _first_changed(team="nobody")),
    "a team at two desks": ("team_twice", _twice),
    "two teams at a desk": ("desk_twice", _one_desk_for_two),
    "a day that was closed since": ("closed", _closed),
    "a team that fell ill": ("availability", _ill),
    "a desk of another site": ("desk_site", _other_site),
    "a desk that is away": ("desk_unavailable", _desk_away),
    "a desk without what the team needs": ("desk_attrs", _desk_bare),
    "a service said twice": ("services", _service_twice),
    "no service": ("services", _first_changed(services=[])),
    "one service too many": ("max_services", _too_many_services),
    "a language that nobody speaks": ("languages", _first_changed(languages=["xx"])),
    "no language": ("languages", _first_changed(languages=[])),
    "an agreed booking left out": ("pinned", _missing),
    "an agreed booking at another desk": ("pinned", _at_another_desk),
    "an agreed booking without its service": ("pinned", _without_its_service),
    "a team in two places": ("overlap", _overlap),
    "a team that cannot be there in time": ("overlap", _no_time_to_travel),
    "a shift too many in a team's day": ("team_max_per_day", _one_too_many("teams", "day")),
    "a shift too many in a team's week": ("team_max_per_week", _one_too_many("teams", "week")),
    "a shift too many in a team's month": ("team_max_per_month", _one_too_many("teams", "month")),
    "a shift too many in a partner's day": ("org_max_per_day", _one_too_many("organisations", "day")),
    "a shift too many in a partner's week": ("org_max_per_week", _one_too_many("organisations", "week")),
    "a shift too many in a partner's month": ("org_max_per_month", _one_too_many("organisations", "month")),
    "a week that last month had filled": ("org_max_per_week", _heavy_last_month),
    "too many teams of a partner at once": ("org_max_concurrent", _alone_at_once),
    "fewer shifts than were promised": ("org_min_hard", _promised_more),
    "two who must not meet": ("not_together", _enemies),
    "two who must not come on one day": ("not_together", _enemies_by_day),
    "a team without what a block requires": ("block_requires", _required),
    "too few of those who must be there": ("always_present", _presence("any", 99)),
    "an open block without those who must be there": ("always_present", _presence("open", 99)),
    "a partner without its companion": ("companion", _alone),
    "a demand that must be met": ("demand_hard", _must_be_many),
    "a total that is none": ("claim", _claim(claimed={"total": -1})),
    "a term that is another": ("claim", _claim(claimed={"terms": {"fairness": 10**9}})),
    "a bound above the total": ("claim", _claim(bound=10**9)),
}
"""What is wrong, the rule that it breaks, and how to get there."""
