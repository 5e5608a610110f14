"""The nine terms of the objective as a linear expression; exact for any weights from 0 up."""

import itertools
from typing import TYPE_CHECKING

from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.problem import Demand, Organisation
from bureau.rotation.solver.score import fair_shares, fairness_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ortools.sat.python import cp_model


class Objective:
    """A sum of cost times variable, and a constant."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._model = decisions.model
        self._facts = decisions.facts
        self._costs: list[int] = []
        self._vars: list[cp_model.IntVar] = []
        self._constant = 0
        for demand in self._facts.problem.demands:
            self._shortage(demand)
        self._organisations()
        self._continuity()
        self._regularity()
        self._preferences()
        self._spread()
        self._changes()

    def minimise(self) -> None:
        """Make it the objective of the model."""
        from ortools.sat.python import cp_model

        expression = cp_model.LinearExpr.weighted_sum(self._vars, self._costs)
        self._model.minimize(expression + self._constant)

    def _weight(self, term: str) -> int:
        return self._facts.problem.weight(term)

    def _add(self, cost: int, var: "cp_model.IntVar") -> None:
        if cost:
            self._costs.append(cost)
            self._vars.append(var)

    def _shortage(self, demand: Demand) -> None:
        """Cover up to the minimum, then up to the target, bought at what each unit saves."""
        first = demand.weight * self._weight("uncovered_min")
        then = demand.weight * self._weight("uncovered_target")
        extra = demand.target - demand.min
        self._constant += first * demand.min + then * extra
        having = self._decisions.counting(demand)
        if not having or not demand.target or not (first or then):
            return
        within = self._model.new_int_var(0, demand.min, "")
        beyond = self._model.new_int_var(0, extra, "")
        self._model.add(within + beyond <= sum(having))
        if then > first:
            self._only_after(within, beyond, demand)
        self._add(-first, within)
        self._add(-then, beyond)

    def _only_after(self, within: "cp_model.IntVar", beyond: "cp_model.IntVar", demand: Demand) -> None:
        """Cover beyond the minimum counts only when the minimum is reached."""
        reached = self._model.new_bool_var("")
        self._model.add(within == demand.min).only_enforce_if(reached)
        self._model.add(beyond == 0).only_enforce_if(~reached)

    def _organisations(self) -> None:
        problem = self._facts.problem
        shares = fair_shares(problem.organisations, problem.planned_shifts)
        for org in problem.organisations:
            self._organisation(org, shares[org.id])

    def _organisation(self, org: Organisation, share: int) -> None:
        """Unfairness and broken promise of one organisation: a convex function of its shifts.

        It is the maximum of the lines through each two neighbouring points, so a variable above
        all of them, minimised, is exact and as tight for the relaxation as it can be.
        """
        shifts = [var for _, var in self._decisions.by_org.get(org.id, [])]
        most = min(len(shifts), self._most_shifts(org))
        cost = [self._cost_of(org, share, count) for count in range(most + 1)]
        if most == 0:
            self._constant += cost[0]
            return
        above = self._model.new_int_var(min(cost), max(cost), "")
        count = self._model.new_int_var(0, most, "")
        self._model.add(count == sum(shifts))
        for slope, constant in _lines(cost):
            self._model.add(above >= slope * count + constant)
        self._add(1, above)

    def _cost_of(self, org: Organisation, share: int, shifts: int) -> int:
        unmet = self._weight("promise_unmet") * max(0, org.min_shifts - shifts)
        if org.promised == 0:
            return unmet
        return unmet + self._weight("fairness") * fairness_cost(abs(shifts - share), share)

    def _most_shifts(self, org: Organisation) -> int:
        limit = org.limits.max_per_month
        return 10**9 if limit is None else limit

    def _continuity(self) -> None:
        weight = self._weight("continuity")
        for key, regular in self._facts.regular_weight.items():
            self._constant += weight * regular
            if key in self._decisions.here:
                self._add(-weight * regular, self._decisions.here[key])

    def _regularity(self) -> None:
        weight, used = self._weight("regularity"), {}
        for (team, block), var in self._decisions.here.items() if weight else ():
            slot = team, self._facts.blocks[block].slot
            if slot not in used:
                used[slot] = self._model.new_bool_var("")
                self._add(weight, used[slot])
            self._model.add_implication(var, used[slot])

    def _preferences(self) -> None:
        weight, facts = self._weight("preferences"), self._facts
        for (team, block), var in self._decisions.here.items() if weight else ():
            cost = facts.preference_cost(facts.teams[team], facts.blocks[block])
            self._add(weight * cost, var)

    def _spread(self) -> None:
        weight = self._weight("spread")
        for wish in self._facts.problem.spread:
            self._constant += weight * wish.days
            days = [self._day(them) for them in self._given(wish.site, wish.week, wish.service)]
            if weight and days and wish.days:
                reached = self._model.new_int_var(0, wish.days, "")
                self._model.add(reached <= sum(days))
                self._add(-weight, reached)

    def _day(self, them: "list[cp_model.IntVar]") -> "cp_model.IntVar":
        there = self._model.new_bool_var("")
        self._model.add_bool_or(*them, ~there)
        return there

    def _given(self, site: str, week: str, service: str) -> "Iterator[list[cp_model.IntVar]]":
        """Day by day, the variables of the service at the site in the week."""
        by_day: dict[object, list[cp_model.IntVar]] = {}
        for block in self._facts.open_blocks:
            if block.site == site and block.week == week:
                for team in self._decisions.by_block.get(block.id, ()):
                    var = self._decisions.service(team, block.id, service)
                    if var is not None:
                        by_day.setdefault(block.day, []).append(var)
        yield from by_day.values()

    def _changes(self) -> None:
        weight = self._weight("changes")
        if self._facts.problem.current is None or not weight:
            return
        current = {(one.team, one.block): one.services for one in self._facts.problem.current}
        for key, var in self._decisions.here.items():
            if key not in current:
                self._add(weight, var)
        for key, services in current.items():
            self._constant += weight
            if key in self._decisions.here:
                self._add(-weight, self._decisions.here[key])
                self._add(weight, self._other_services(key, services))

    def _other_services(self, key: tuple[str, str], services: frozenset[str]) -> "cp_model.IntVar":
        """1 if the team is kept in the block with another set of services."""
        here, differs = self._decisions.here[key], self._model.new_bool_var("")
        for service in sorted(services | set(self._facts.teams[key[0]].offers)):
            given = self._decisions.service(*key, service)
            if service not in services and given is not None:
                self._model.add_implication(given, differs)
            elif given is None:
                self._model.add_implication(here, differs)
            elif given is not here:
                self._model.add_bool_or(given, ~here, differs)
        return differs


def _lines(cost: list[int]) -> list[tuple[int, int]]:
    """Slope and constant of the line through each two neighbouring points, each line once."""
    slopes = [(right - left, count) for count, (left, right) in enumerate(itertools.pairwise(cost))]
    first = dict(reversed(slopes))
    return [(slope, cost[count] - slope * count) for slope, count in first.items()]
