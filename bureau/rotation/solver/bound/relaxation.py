"""From a month's facts to the program whose optimum no plan can beat."""

from dataclasses import dataclass

from bureau.rotation.solver.bound.choices import Choices, Shift
from bureau.rotation.solver.bound.hard import HardRules
from bureau.rotation.solver.bound.program import Builder, Program
from bureau.rotation.solver.bound.soft import write_objective
from bureau.rotation.solver.bound.unavoidable import unavoidable
from bureau.rotation.solver.facts import Facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Relaxation:
    """The program, and what its first columns mean: shifts, with their services."""

    program: Program
    shifts: list[Shift]
    easy: int
    """A bound that needs no program: what no plan can avoid, one by one."""

    @property
    def width(self) -> int:
        """How many columns are shifts; they come first."""
        return self.shifts[-1].columns.stop if self.shifts else 0


def relaxation(facts: Facts) -> Relaxation:
    """The program of which every valid plan is a solution at the plan's own total or less."""
    builder = Builder()
    choices = Choices(facts, builder)
    rules = HardRules(choices)
    easy = unavoidable(choices, rules)
    rules.write()
    write_objective(choices, rules)
    return Relaxation(program=builder.finish(), shifts=choices.shifts, easy=easy)
