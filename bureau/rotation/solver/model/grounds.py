"""Constraints added in the name of a group, so that a contradiction can be traced to groups."""

from typing import TYPE_CHECKING

from bureau.rotation.solver.problem import Group

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


class Grounds:
    """Remembers the group of each constraint; `named` makes each group a switch of the model."""

    def __init__(self, model: "cp_model.CpModel", *, named: bool) -> None:
        self.model = model
        self.named = named
        self.switches: dict[Group, cp_model.IntVar] = {}

    def hold(self, constraint: "cp_model.Constraint", group: Group) -> None:
        """The constraint belongs to the group: it holds only while the group's switch is on."""
        if self.named:
            constraint.only_enforce_if(self.switch(group))

    def holds(self, group: Group) -> "cp_model.IntVar | int":
        """The group's switch, or 1 where groups have none."""
        return self.switch(group) if self.named else 1

    def refuse(self, group: Group) -> None:
        """The group can never hold."""
        self.hold(self.model.add_bool_or([self.model.new_constant(0)]), group)

    def switch(self, group: Group) -> "cp_model.IntVar":
        """The literal of a group."""
        if group not in self.switches:
            self.switches[group] = self.model.new_bool_var("")
        return self.switches[group]
