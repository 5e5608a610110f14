"""Why there is no plan: a smallest set of groups that cannot all hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bureau.rotation.solver.core import is_possible
from bureau.rotation.solver.ending import Ending, usual_solver
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.fewest import Fewest
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.desks import named_desks
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.model.hard import hard_rules
from bureau.rotation.solver.narrower import asks, narrowed
from bureau.rotation.solver.needed import Pair, needed_pairs
from bureau.rotation.solver.problem import Group
from bureau.rotation.solver.wish import Wish

LIMITS = ("max_per_day", "max_per_week", "max_per_month", "max_concurrent")

MOST_PAIRS = 200_000
"""So many teams times blocks fit into a model with names."""
FEW_PAIRS = 6_000
"""Of more, a part that is impossible already is looked for first: a usual bureau's month is looked at as it is."""
FEW_GROUPS = 24
"""So many groups are tried one by one, more of them half by half."""

NAMING_EFFORT = 0.3
"""Deterministic time in which CP-SAT may name fewer groups of a contradiction; without, they are tried one by one."""


class _TooLittleTime(Exception):
    """The optimiser could not say in the time it had."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Groups that cannot all hold; `minimal` when it is proven that none of them can be spared."""

    groups: tuple[Group, ...]
    minimal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """Whether there is a plan that fulfils a wish; if not, the groups that cannot all hold.

    `possible` is None when the time was too short to know, or to prove that every group of the
    conflict is needed.
    """

    possible: bool | None
    conflict: tuple[Group, ...] = ()


def judge_wish(facts: Facts, wish: Wish | None, ending: Ending, *, seed: int = 0) -> Judgement:
    """Whether some plan fulfils the wish, and what stands against it if none does."""
    possible = is_possible(facts, ending, seed=seed, wish=wish)
    if possible is not False:
        return Judgement(possible=possible)
    conflict = find_conflict(facts, ending, seed=seed, wish=wish)
    return Judgement(possible=False, conflict=conflict.groups) if conflict.minimal else Judgement(possible=None)


def find_conflict(
    facts: Facts,
    ending: Ending,
    *,
    seed: int = 0,
    wish: Wish | None = None,
    most_pairs: int = MOST_PAIRS,
) -> Conflict:
    """Groups that cannot all hold, of a month that has no plan (with the wish); none if the wish alone is impossible.

    Of a large month, a part of what it asks for is taken that is impossible by itself. Then it starts from the core of
    assumptions that CP-SAT names, and drops every group without which the rest still contradicts itself (deletion
    filter, Chinneck and Dravnieks 1991). Where that takes too long, the groups left so far are a conflict too, though
    not proven minimal.
    """
    if wish is None and len(needed_by_name(facts, wish)) > min(FEW_PAIRS, most_pairs):
        facts = narrowed(facts, ending, seed=seed)
    pairs = needed_by_name(facts, wish)
    if len(pairs) > most_pairs:
        return Conflict(groups=_sorted(groups_of(facts, pairs)), minimal=False)
    return _Filter(facts, wish, ending, seed).conflict()


def groups_of(facts: Facts, pairs: Iterable[Pair]) -> list[Group]:
    """Whatever a conflict can name where only these teams in these blocks matter."""
    problem = facts.problem
    teams = {team.id: team for team, _ in pairs}
    orgs = {team.org: facts.orgs[team.org] for team in teams.values()}
    limits = [
        (of, name, limit)
        for of, owners in (("team", teams), ("org", orgs))
        for name, owner in owners.items()
        for limit in LIMITS
        if getattr(owner.limits, limit) is not None
    ]
    return [
        *asks(problem),
        *(("pin", index) for index in range(len(problem.pinned))),
        *(("rule", rule.id) for rule in problem.rules if ("rule", rule.id) not in asks(problem)),
        *(("team", name, "availability") for name in teams),
        *limits,
    ]


def needed_by_name(facts: Facts, wish: Wish | None) -> list[Pair]:
    """The teams and blocks that can matter, also those that only a group of a conflict forbids."""
    return needed_pairs(facts, wish, lambda team, block: bool(facts.desks_for(team, block)))


def _sorted(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=str))


def named_grounds(facts: Facts, wish: Wish | None = None) -> Grounds:
    """A model of every hard rule in which each group can be switched off."""
    from ortools.sat.python import cp_model

    grounds = Grounds(cp_model.CpModel(), named=True)
    decisions = Decisions(facts, grounds.model, needed_by_name(facts, wish), free_services=False)
    hard_rules(decisions, grounds)
    named_desks(decisions, grounds)
    if wish is not None:
        wish.hold(decisions)
    return grounds


class _Filter:
    """A month without a plan in which each group can be switched off, and the groups that are still suspected."""

    def __init__(self, facts: Facts, wish: Wish | None, ending: Ending, seed: int) -> None:
        self._ending, self._seed = ending, seed
        self._grounds = named_grounds(facts, wish)
        self._model = self._grounds.model
        self._needed: list[Group] = []
        self._suspected = list(self._grounds.switches)

    def conflict(self) -> Conflict:
        """As few groups as are needed for the contradiction, or those left when the time is over."""
        try:
            self._filter()
        except _TooLittleTime:
            return Conflict(groups=_sorted(self._needed + self._suspected), minimal=False)
        return Conflict(groups=_sorted(self._needed), minimal=True)

    def _filter(self) -> None:
        core = self._core(self._suspected)
        if core is None:
            raise ValueError("these groups can all hold")
        self._suspected = core
        if len(core) > FEW_GROUPS:
            fewest = Fewest(self._surely_contradict)
            self._suspected = fewest.among(core)
            if not fewest.proven:
                raise _TooLittleTime
            self._needed, self._suspected = self._suspected, []
        while self._suspected:
            group, *rest = self._suspected
            smaller = self._core(self._needed + rest)
            if smaller is None:
                self._needed.append(group)
                self._suspected = rest
            else:
                self._suspected = [one for one in rest if one in smaller]

    def _core(self, groups: list[Group]) -> list[Group] | None:
        """Groups among these that contradict themselves, few if they are quickly named; None if they do not."""
        from ortools.sat.python import cp_model

        self._model.clear_assumptions()
        if not self._contradict(groups):
            return None
        switches = self._grounds.switches
        self._model.add_assumptions([switches[group] for group in groups])
        solver = usual_solver(self._seed)
        solver.parameters.max_deterministic_time = NAMING_EFFORT
        if self._ending.solve(solver, self._model) != cp_model.INFEASIBLE:
            return groups
        by_index = {switches[group].index: group for group in groups}
        named = set(solver.sufficient_assumptions_for_infeasibility())
        return [group for index, group in by_index.items() if index in named]

    def _surely_contradict(self, groups: Sequence[Group]) -> bool | None:
        """None where the time is over."""
        try:
            return self._contradict(groups)
        except _TooLittleTime:
            return None

    def _contradict(self, groups: Sequence[Group]) -> bool:
        """Whether the groups cannot all hold. With every switch set the presolve sees through what assumptions hide."""
        from ortools.sat.python import cp_model

        held, settled = set(groups), self._model.clone()
        for group, switch in self._grounds.switches.items():
            settled.add(settled.get_bool_var_from_proto_index(switch.index) == (group in held))
        status = self._ending.solve(usual_solver(self._seed), settled)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE):
            raise _TooLittleTime
        return bool(status == cp_model.INFEASIBLE)
