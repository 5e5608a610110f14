"""Whether some groups of a month can all hold with a wish: a second opinion, from the document alone.

Nothing here is shared with the solver but CP-SAT: the document is read as the format says, every
desk has a variable of its own, and what a group does not ask for is simply left out.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.rotation.solver.problems import Document

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Group = tuple[object, ...]
LIMITS = ("max_per_day", "max_per_week", "max_per_month", "max_concurrent")


class Question:
    """A month, a demand of it, and how many are wished for."""

    def __init__(self, document: Document, demand: Document, wanted: int) -> None:
        self.document = document
        self.demand = demand
        self.wanted = wanted
        self.teams = {team["id"]: team for team in document["teams"] if self._may_be_needed(team)}
        self.closed = {(day["date"], day.get("site")) for day in document.get("closed_days", [])}

    def _may_be_needed(self, team: Document) -> bool:
        """Whether the team is agreed, counts for the demand, or is company that a rule asks for: all others may as well stay away."""
        rules = self.document.get("rules", [])
        company = {rule["needs_org"] for rule in rules if rule["type"] == "companion"}
        wanted = {rule["attr"] for rule in rules if rule["type"] == "always_present"}
        agreed = any(pin["team"] == team["id"] for pin in self.document.get("pinned", []))
        return agreed or team["org"] in company or bool(wanted & set(team.get("attrs", []))) or self._offers(team)

    def _offers(self, team: Document) -> bool:
        service, language = self.demand.get("service"), self.demand.get("language")
        return any(
            service in (None, offer["service"]) and (language is None or language in offer["languages"])
            for offer in team["offers"]
        )

    def blocks(self) -> list[Document]:
        """The blocks that count for the demand, and those of pins; elsewhere nobody needs to come."""
        pinned = {pin["block"] for pin in self.document.get("pinned", [])}
        return [
            one for one in self.document["blocks"] if self.is_open(one) and (one["id"] in pinned or self.counts(one))
        ]

    def is_open(self, block: Document) -> bool:
        """Whether the block's day is not closed."""
        return not {(block["date"], None), (block["date"], block["site"])} & self.closed

    def counts(self, block: Document) -> bool:
        """Whether the block is in the demand's scope."""
        asked = self.demand
        if asked["scope"] == "block":
            return bool(block["id"] == asked["block"])
        if asked.get("site") not in (None, block["site"]):
            return False
        when = {"day": ("date", block["date"]), "week": ("week", week_of(block))}
        return asked["scope"] == "month" or asked[when[asked["scope"]][0]] == when[asked["scope"]][1]

    def span(self, block: Document) -> tuple[datetime, datetime]:
        """The real instants of the block."""
        zone = self.document["timezone"]
        return _instant(zone, block["date"], block["start"]), _instant(zone, block["date"], block["end"])


@cache
def _instant(zone: str, day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def week_of(block: Document) -> str:
    """The ISO week of a block."""
    year, week, _ = date.fromisoformat(block["date"]).isocalendar()
    return f"{year}-W{week:02d}"


def all_groups(document: Document) -> list[Group]:
    """Every group that a conflict of the month can name."""
    groups: list[Group] = [("pin", index) for index in range(len(document.get("pinned", [])))]
    groups += [("demand", one["id"]) for one in document["demands"] if one.get("hard")]
    groups += [("rule", one["id"]) for one in document.get("rules", [])]
    groups += [("team", one["id"], "availability") for one in document["teams"]]
    for kind, owners in (("team", document["teams"]), ("org", document["organisations"])):
        groups += [(kind, one["id"], limit) for one in owners for limit in LIMITS if one.get(limit) is not None]
    return groups


class Suspects:
    """A question, and groups each of which can be let go."""

    def __init__(self, question: Question, groups: Iterable[Group]) -> None:
        self._model = _Model(question)
        self._model.ungrouped()
        for group in groups:
            self._model.hold(group)

    def can_all_hold(self, kept: Collection[Group]) -> bool:
        """Whether some plan keeps these groups, what belongs to no group, and fulfils the wish."""
        from ortools.sat.python import cp_model

        settled = self._model.cp.clone()
        for group, switch in self._model.switches.items():
            settled.add(settled.get_bool_var_from_proto_index(switch.index) == (group in kept))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(settled)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
        return bool(status != cp_model.INFEASIBLE)


class _Model:
    def __init__(self, question: Question) -> None:
        from ortools.sat.python import cp_model

        self.question = question
        self.document = question.document
        self.cp = cp_model.CpModel()
        self.blocks = {one["id"]: one for one in question.blocks()}
        self.here = {(t, b): self.cp.new_bool_var("") for t in question.teams for b in self.blocks}
        self.at: dict[tuple[str, str, str], cp_model.IntVar] = {}
        self.gives: dict[tuple[str, str, str], cp_model.IntVar] = {}
        self.switches: dict[Group, cp_model.IntVar] = {}

    def ungrouped(self) -> None:
        """Desks, services, one place at a time, and the wish."""
        for (team, block), here in self.here.items():
            self._seat(self.question.teams[team], self.blocks[block], here)
            self._serve(self.question.teams[team], block, here)
        at_desk: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
        for (_, block, desk), var in self.at.items():
            at_desk[block, desk].append(var)
        for them in at_desk.values():
            self.cp.add_at_most_one(them)
        for one, other in combinations(self.blocks, 2):
            if self._clash(self.blocks[one], self.blocks[other]):
                for team in self.question.teams:
                    self.cp.add_at_most_one(self.here[team, one], self.here[team, other])
        counted = [self._counted(team, block) for team, block in self.here if self.question.counts(self.blocks[block])]
        self.cp.add(sum(counted) >= self.question.wanted)

    def _seat(self, team: Document, block: Document, here: "cp_model.IntVar") -> None:
        mine = []
        for desk in self.document["desks"]:
            suits = set(team.get("needs", [])) <= set(desk.get("attrs", []))
            if desk["site"] == block["site"] and suits and block["id"] not in desk.get("unavailable_blocks", []):
                var = self.at[team["id"], block["id"], desk["id"]] = self.cp.new_bool_var("")
                mine.append(var)
        self.cp.add(sum(mine) == here)

    def _serve(self, team: Document, block: str, here: "cp_model.IntVar") -> None:
        given = {offer["service"]: self.cp.new_bool_var("") for offer in team["offers"]}
        self.cp.add(sum(given.values()) <= team.get("max_services", 1) * here)
        self.cp.add(sum(given.values()) >= here)
        self.gives.update({(team["id"], block, service): var for service, var in given.items()})

    def _counted(self, team: str, block: str) -> "cp_model.IntVar":
        service, language = self.question.demand.get("service"), self.question.demand.get("language")
        giving = [
            self.gives[team, block, offer["service"]]
            for offer in self.question.teams[team]["offers"]
            if service in (None, offer["service"]) and (language is None or language in offer["languages"])
        ]
        counted = self.cp.new_bool_var("")
        self.cp.add(sum(giving) >= counted)
        return counted

    def _clash(self, one: Document, other: Document) -> bool:
        first, second = sorted((one, other), key=self.question.span)
        travel = self.document.get("travel_minutes", 0) if one["site"] != other["site"] else 0
        return self.question.span(second)[0] < self.question.span(first)[1] + timedelta(minutes=travel)

    def hold(self, group: Group) -> None:
        """Make one group hold while its switch is on."""
        self._on = self.switches[group] = self.cp.new_bool_var("")
        match group:
            case ("pin", int(index)):
                self._pin(self.document["pinned"][index])
            case ("rule", name):
                self._rule(next(rule for rule in self.document["rules"] if rule["id"] == name))
            case ("team", str(team), *_) if team not in self.question.teams:
                return
            case ("team", str(team), "availability"):
                self._availability(self.question.teams[team])
            case (str(kind), str(owner), str(limit)):
                self._limit(kind, owner, limit)
            case unknown:
                raise AssertionError(unknown)

    def _add(self, constraint: "cp_model.BoundedLinearExpression | bool", *also: "cp_model.IntVar") -> None:
        self.cp.add(constraint).only_enforce_if(self._on, *also)

    def _pin(self, pin: Document) -> None:
        self._add(self.here[pin["team"], pin["block"]] == 1)
        if pin.get("desk"):
            self._add(self.at[pin["team"], pin["block"], pin["desk"]] == 1)
        for service in pin.get("services", []):
            self._add(self.gives[pin["team"], pin["block"], service] == 1)

    def _availability(self, team: Document) -> None:
        pinned = {(pin["team"], pin["block"]) for pin in self.document.get("pinned", [])}
        for block in self.blocks.values():
            if (team["id"], block["id"]) not in pinned and not _available(team, block):
                self._add(self.here[team["id"], block["id"]] == 0)

    def _limit(self, kind: str, owner: str, limit: str) -> None:
        rows = self.document["teams" if kind == "team" else "organisations"]
        most = next(row for row in rows if row["id"] == owner)[limit]
        boundary = next(row for row in rows if row["id"] == owner).get("boundary_load", {})
        mine = [t for t, team in self.question.teams.items() if owner == (t if kind == "team" else team["org"])]
        for key, blocks in self._periods(limit).items():
            used = boundary.get(key, 0) if limit == "max_per_week" else 0
            self._add(sum(self.here[team, block] for team in mine for block in blocks) <= max(0, most - used))

    def _periods(self, limit: str) -> dict[str, list[str]]:
        """The blocks that a limit counts together."""
        together: dict[str, list[str]] = defaultdict(list)
        when: dict[str, Callable[[Document], str]] = {
            "max_per_day": lambda block: str(block["date"]),
            "max_per_week": week_of,
            "max_per_month": lambda _: "month",
        }
        for name, block in self.blocks.items():
            if limit in when:
                together[when[limit](block)].append(name)
            else:
                start = self.question.span(block)[0]
                spans = {other: self.question.span(one) for other, one in self.blocks.items()}
                together[name] = [other for other, (begins, ends) in spans.items() if begins <= start < ends]
        return together

    def _rule(self, rule: Document) -> None:
        for block in self.blocks.values():
            there = {team: self.here[team, block["id"]] for team in self.question.teams}
            having = [v for t, v in there.items() if rule.get("attr") in self.question.teams[t].get("attrs", [])]
            match rule["type"]:
                case "block_requires" if block["id"] in rule["blocks"]:
                    self._add(sum(there.values()) == sum(having))
                case "always_present":
                    for var in there.values():
                        self._add(sum(having) >= rule.get("count", 1), var)
                case "companion":
                    for var in self._of(rule["org"], there):
                        self._add(sum(self._of(rule["needs_org"], there)) >= 1, var)
                case "not_together":
                    self._apart(rule, block)

    def _of(self, org: str, there: "dict[str, cp_model.IntVar]") -> "list[cp_model.IntVar]":
        return [var for team, var in there.items() if self.question.teams[team]["org"] == org]

    def _apart(self, rule: Document, block: Document) -> None:
        """The organisations do not meet: each of one in this block with each of another here or on its day."""
        whole_day = rule.get("scope") == "day"
        place = [
            other["id"]
            for other in self.blocks.values()
            if other is block or (whole_day and (other["site"], other["date"]) == (block["site"], block["date"]))
        ]
        for one, other in combinations(rule["orgs"], 2):
            for first in self._of(one, {t: self.here[t, block["id"]] for t in self.question.teams}):
                for name in place:
                    for second in self._of(other, {t: self.here[t, name] for t in self.question.teams}):
                        self._add(first + second <= 1)


def _available(team: Document, block: Document) -> bool:
    if block["date"] in team.get("unavailable_dates", []) or (team.get("sites") and block["site"] not in team["sites"]):
        return False
    weekday = date.fromisoformat(block["date"]).isoweekday()
    return any(
        (window["date"] == block["date"] if "date" in window else window["weekday"] == weekday)
        and window["start"] <= block["start"]
        and block["end"] <= window["end"]
        for window in team["available"]
    )
