"""A part of the month as a CP-SAT model: some pairs are free, the rest of the plan is held.

With every pair free it is the whole month. The draft it is built on holds the rest and nothing of
the part, so what is left of every limit, and what every demand still lacks, can be read from it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bureau.rotation.solver.draft import Draft

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Value = Callable[[cp_model.IntVar], int]


class Part:
    """The variables of the free pairs, and the hard rules."""

    def __init__(self, draft: Draft, free: Iterable[int]) -> None:
        from ortools.sat.python import cp_model

        self.draft = draft
        self.tables = draft.tables
        self.model = cp_model.CpModel()
        self.here: dict[int, cp_model.IntVar] = {
            pair: self.model.new_bool_var("") for pair in free if draft.has_room(pair)
        }
        self.chosen: dict[int, list[cp_model.IntVar]] = {}
        self.counting: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self.by_org: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self._derived: list[tuple[cp_model.IntVar, Callable[[Value], int]]] = []
        for pair, here in self.here.items():
            self._choose_option(pair, here)
        self._rows()
        self._clashes()
        self._apart()
        self._presence()
        self._companions()
        self._minimums()

    def _choose_option(self, pair: int, here: "cp_model.IntVar") -> None:
        options = self.tables.options[pair]
        chosen = [here]
        if len(options) > 1:
            chosen = [self.model.new_bool_var("") for _ in options]
            self.model.add(sum(chosen) == here)
        self.chosen[pair] = chosen
        self.by_org[self.tables.org[pair]].append(here)
        for var, option in zip(chosen, options, strict=True):
            for demand in option.demands:
                self.counting[demand].append(var)

    def _rows(self) -> None:
        members: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for pair, here in self.here.items():
            for row in self.tables.rows[pair]:
                members[row].append(here)
        seen: set[tuple[tuple[int, ...], int]] = set()
        for row, them in members.items():
            room = self.draft.room[row]
            key = tuple(var.index for var in them), room
            if len(them) <= room or key in seen:
                continue
            seen.add(key)
            if room == 1:
                self.model.add_at_most_one(them)
            else:
                self.model.add(sum(them) <= room)

    def _clashes(self) -> None:
        """Cliques of pairs of one team that follow each other too closely, the rest two by two."""
        clashes = {pair: {pair, *self.tables.clashes[pair]} for pair in self.here}
        for pair, here in self.here.items():
            later = [other for other in self.tables.clashes[pair] if other in self.here and other > pair]
            if later and all(clashes[other].issuperset(later) for other in later):
                self.model.add_at_most_one([here, *(self.here[other] for other in later)])
            else:
                for other in later:
                    self.model.add_at_most_one([here, self.here[other]])

    def _apart(self) -> None:
        there: dict[int, dict[int, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
        for pair, here in self.here.items():
            for key in self.tables.apart[pair]:
                there[key][self.tables.org[pair]].append(here)
        for orgs in there.values():
            if len(orgs) > 1:
                self.model.add_at_most_one([self.any_of(them) for them in orgs.values()])

    def any_of(self, them: "Sequence[cp_model.IntVar]") -> "cp_model.IntVar":
        """A variable that is 1 if any of them is."""
        if len(them) == 1:
            return them[0]
        present = self.model.new_bool_var("")
        for var in them:
            self.model.add_implication(var, present)
        self.derive(present, lambda value: max(map(value, them)))
        return present

    def derive(self, var: "cp_model.IntVar", value: "Callable[[Value], int]") -> None:
        """How the value of a helping variable follows from others, for a complete hint."""
        self._derived.append((var, value))

    def _presence(self) -> None:
        tables, draft = self.tables, self.draft
        by_block: dict[int, list[int]] = defaultdict(list)
        for pair in self.here:
            by_block[tables.block[pair]].append(pair)
        for block, pairs in by_block.items():
            for key in tables.guarded.get(block, ()):
                lacking = tables.presences[key].least - draft.having[key]
                if lacking <= 0:
                    continue
                serving = [self.here[pair] for pair in pairs if key in tables.serves[pair]]
                if draft.crowd[block] or tables.presences[key].always:
                    self._add_at_least(serving, lacking)
                    continue
                for pair in pairs:
                    if lacking > 1 or key not in tables.serves[pair]:
                        self.model.add(sum(serving) >= lacking * self.here[pair])

    def _companions(self) -> None:
        tables, draft = self.tables, self.draft
        company: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for pair, here in self.here.items():
            for key in tables.gives[pair]:
                company[key].append(here)
        for pair, here in self.here.items():
            for key in tables.needs[pair]:
                if not draft.companions[key]:
                    self.model.add_bool_or([*company[key], ~here])
        for key, them in company.items():
            if draft.dependents[key] and not draft.companions[key]:
                self.model.add_bool_or(them)

    def _minimums(self) -> None:
        """Hard minimums, as far as the rest does not reach them, and pins."""
        tables, draft = self.tables, self.draft
        for demand in sorted(tables.floor.keys() & self.counting.keys()):
            self._add_at_least(self.counting[demand], tables.floor[demand] - draft.have[demand])
        for org, them in self.by_org.items():
            self._add_at_least(them, tables.least_load[org] - draft.load[org])
        for pair in sorted(tables.pinned & self.here.keys()):
            self.model.add(self.here[pair] == 1)

    def _add_at_least(self, them: "Sequence[cp_model.IntVar]", least: int) -> None:
        if least > 0:
            self.model.add(sum(them) >= least)

    def hint(self, plan: Mapping[int, int]) -> None:
        """Tell the solver the options held before; every variable, for half a hint is mostly lost."""
        values: dict[int, int] = {}
        for pair, here in self.here.items():
            values[here.index] = pair in plan
            for number, var in enumerate(self.chosen[pair]):
                if var is not here:
                    values[var.index] = plan.get(pair) == number
        for var, follow in self._derived:
            values[var.index] = follow(lambda other: values[other.index])
        for index, value in values.items():
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def read(self, value: "Callable[[cp_model.IntVar], int]") -> dict[int, int]:
        """The pairs that come, each with its option, from the values of a solution."""
        return {
            pair: next(number for number, var in enumerate(self.chosen[pair]) if value(var))
            for pair, here in self.here.items()
            if value(here)
        }
