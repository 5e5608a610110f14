"""One thing more that a plan is asked to do: cover a demand further, or take a booking."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bureau.rotation.solver.facts import Facts, Kind
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.problem import Block, Demand

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverWish:
    """So many assignments that count for the demand."""

    demand: Demand
    least: int

    @property
    def team(self) -> None:
        """Anybody who counts for the demand will do."""
        return None

    @property
    def kind(self) -> Kind:
        """The service and language that are asked for."""
        return self.demand.service, self.demand.language

    def blocks(self, facts: Facts) -> list[Block]:
        """Where the wish can ask somebody to come."""
        return facts.blocks_of(self.demand)

    def hold(self, decisions: Decisions) -> None:
        """Make the model fulfil it."""
        _at_least(decisions, decisions.counting(self.demand), self.least)


@dataclass(frozen=True, kw_only=True, slots=True)
class BookingWish:
    """A team in a block."""

    team: str
    block: str

    @property
    def kind(self) -> Kind:
        """Whatever the team gives."""
        return None, None

    def blocks(self, facts: Facts) -> list[Block]:
        """Where the wish can ask somebody to come."""
        return [facts.blocks[self.block]]

    def hold(self, decisions: Decisions) -> None:
        """Make the model fulfil it."""
        here = decisions.here.get((self.team, self.block))
        _at_least(decisions, [] if here is None else [here], 1)


Wish = CoverWish | BookingWish


def _at_least(decisions: Decisions, them: "list[cp_model.IntVar]", least: int) -> None:
    if len(them) < least:
        decisions.model.add_bool_or([decisions.model.new_constant(0)])
    else:
        decisions.model.add(sum(them) >= least)
