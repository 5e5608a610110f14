"""The objective of a part: what its pairs add to the total of the rest; exact for weights from 0 up."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.improving.part import Part

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from bureau.rotation.solver.improving.part import Value


def model_of(draft: Draft, free: Iterable[int]) -> Part:
    """The free pairs with the hard rules, and what they add to the total of the rest to be minimised."""
    part = Part(draft, free)
    Costs(part).minimise()
    return part


class Costs:
    """A sum of cost times variable, and a constant."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._model = part.model
        self._draft, self._tables = part.draft, part.tables
        self._costs: list[int] = []
        self._vars: list[cp_model.IntVar] = []
        self._constant = 0
        for pair, here in part.here.items():
            self._add(-self._tables.saving[pair], here)
            for var, option in zip(part.chosen[pair], self._tables.options[pair], strict=True):
                self._add(-option.saving, var)
        for demand, them in part.counting.items():
            self._shortage(demand, them)
        for org, them in part.by_org.items():
            self._organisation(org, them)
        self._regularity()
        self._spread()

    def minimise(self) -> None:
        """Make it the objective of the model."""
        from ortools.sat.python import cp_model

        self._model.minimize(cp_model.LinearExpr.weighted_sum(self._vars, self._costs) + self._constant)

    def _add(self, cost: int, var: "cp_model.IntVar") -> None:
        if cost:
            self._costs.append(cost)
            self._vars.append(var)

    def _shortage(self, demand: int, them: "list[cp_model.IntVar]") -> None:
        """Each further assignment saves what the demand says, first up to the minimum."""
        gains = self._tables.gains[demand][self._draft.have[demand] :]
        steps = [(gain, len(list(same))) for gain, same in itertools.groupby(gains)]
        if not steps or not any(gain for gain, _ in steps) or not them:
            return
        if len(them) == 1:
            self._add(-gains[0], them[0])
            return
        covers = [self._model.new_int_var(0, length, "") for _, length in steps]
        for place, cover in enumerate(covers):
            below = sum(length for _, length in steps[:place])
            self._part.derive(cover, _clamped(them, below, steps[place][1]))
        self._model.add(sum(covers) <= sum(them))
        for (gain, _), cover in zip(steps, covers, strict=True):
            self._add(-gain, cover)
        if len(steps) > 1 and steps[1][0] > steps[0][0]:
            self._only_after(covers[0], steps[0][1], covers[1])

    def _only_after(self, first: "cp_model.IntVar", whole: int, then: "cp_model.IntVar") -> None:
        """Cover beyond the minimum counts only when the minimum is reached."""
        reached = self._model.new_bool_var("")
        self._part.derive(reached, lambda value: value(first) == whole)
        self._model.add(first == whole).only_enforce_if(reached)
        self._model.add(then == 0).only_enforce_if(~reached)

    def _organisation(self, org: int, them: "list[cp_model.IntVar]") -> None:
        """Unfairness and broken promise of one organisation: a convex function of its shifts.

        It is the maximum of the lines through each two neighbouring points, so a variable above
        all of them, minimised, is exact and as tight for the relaxation as it can be.
        """
        load = self._draft.load[org]
        cost = self._tables.org_cost[org][load : load + len(them) + 1]
        self._constant -= cost[0]
        lines = _lines(cost)
        if len(lines) == 1:
            self._constant += cost[0]
            for var in them:
                self._add(lines[0][0], var)
            return
        above = self._model.new_int_var(min(cost), max(cost), "")
        count = self._model.new_int_var(0, len(them), "")
        self._model.add(count == sum(them))
        self._part.derive(count, lambda value: sum(map(value, them)))
        self._part.derive(above, lambda value: cost[value(count)])
        for slope, constant in lines:
            self._model.add(above >= slope * count + constant)
        self._add(1, above)

    def _regularity(self) -> None:
        used: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for pair, here in self._part.here.items():
            if not self._draft.slots[self._tables.slot[pair]]:
                used[self._tables.slot[pair]].append(here)
        for them in used.values() if self._tables.regularity else ():
            self._add(self._tables.regularity, self._part.any_of(them))

    def _spread(self) -> None:
        """Each new day of a service saves, as long as days are wanted."""
        new_days: dict[int, dict[object, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
        for pair in self._part.here:
            day = self._tables.pairs[pair][1].day
            for var, option in zip(self._part.chosen[pair], self._tables.options[pair], strict=True):
                for spread in option.spreads:
                    if day not in self._draft.days[spread]:
                        new_days[spread][day].append(var)
        for spread, days in new_days.items() if self._tables.spread else ():
            wanted = self._tables.facts.problem.spread[spread].days - len(self._draft.days[spread])
            if wanted > 0:
                self._wanted_days(wanted, list(days.values()))

    def _wanted_days(self, wanted: int, days: "list[list[cp_model.IntVar]]") -> None:
        reached = self._model.new_int_var(0, wanted, "")
        there = [self._model.new_bool_var("") for _ in days]
        for day, them in zip(there, days, strict=True):
            self._model.add_bool_or(*them, ~day)
            self._part.derive(day, _any(them))
        self._model.add(reached <= sum(there))
        self._part.derive(reached, lambda value: min(wanted, sum(map(value, there))))
        self._add(-self._tables.spread, reached)


def _clamped(them: "list[cp_model.IntVar]", below: int, most: int) -> "Callable[[Value], int]":
    return lambda value: min(most, max(0, sum(map(value, them)) - below))


def _any(them: "list[cp_model.IntVar]") -> "Callable[[Value], int]":
    return lambda value: max(map(value, them))


def _lines(cost: list[int]) -> list[tuple[int, int]]:
    """Slope and constant of the line through each two neighbouring points, each line once."""
    slopes = [(right - left, count) for count, (left, right) in enumerate(itertools.pairwise(cost))]
    first = dict(reversed(slopes))
    return [(slope, cost[count] - slope * count) for slope, count in first.items()]
