"""The decisions: which team comes to which block, and with which services."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import Assignment, Block, Demand, Held, Team

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


class Decisions:
    """The variables of a model; a service or language of a team may be the team's own variable.

    A team gives as many services as it may: with no plan in force to keep to, one service more
    never harms. `free_services` allows fewer.
    """

    def __init__(
        self,
        facts: Facts,
        model: "cp_model.CpModel",
        pairs: Iterable[tuple[Team, Block]],
        *,
        free_services: bool,
    ) -> None:
        self.facts = facts
        self.model = model
        self.here: dict[Held, cp_model.IntVar] = {}
        self.by_block: dict[str, dict[str, cp_model.IntVar]] = {}
        self.by_team: dict[str, dict[str, cp_model.IntVar]] = {}
        self.by_org: dict[str, list[tuple[Block, cp_model.IntVar]]] = {}
        self._services: dict[tuple[str, str, str], cp_model.IntVar] = {}
        self._languages: dict[tuple[str, str, str], cp_model.IntVar] = {}
        for team, block in pairs:
            self._add(team, block, free_services=free_services)

    def _add(self, team: Team, block: Block, *, free_services: bool) -> None:
        here = self.model.new_bool_var("")
        self.here[team.id, block.id] = here
        self.by_block.setdefault(block.id, {})[team.id] = here
        self.by_team.setdefault(team.id, {})[block.id] = here
        self.by_org.setdefault(team.org, []).append((block, here))
        most = min(team.max_services, len(team.offers))
        if len(team.offers) == 1 or (most == len(team.offers) and not free_services):
            return
        chosen = [self.model.new_bool_var("") for _ in team.offers]
        for service, var in zip(team.offers, chosen, strict=True):
            self._services[team.id, block.id, service] = var
        if free_services:
            self.model.add(sum(chosen) <= most * here)
            self.model.add(sum(chosen) >= here)
            self.model.add_bool_and(~var for var in chosen).only_enforce_if(~here)
        else:
            self.model.add(sum(chosen) == most * here)

    def service(self, team: str, block: str, service: str) -> "cp_model.IntVar | None":
        """Whether the team gives the service in the block; None when it cannot."""
        if service not in self.facts.teams[team].offers:
            return None
        here = self.here.get((team, block))
        return self._services.get((team, block, service), here)

    def language(self, team: str, block: str, language: str) -> "cp_model.IntVar | None":
        """A variable that may be 1 only if the team speaks the language there; None if never."""
        key = team, block, language
        if key not in self._languages:
            one = self.facts.teams[team]
            speaking = [service for service in one.offers if language in one.languages_of(frozenset((service,)))]
            if not speaking:
                return None
            self._languages[key] = self._any_service(team, block, speaking)
        return self._languages[key]

    def _any_service(self, team: str, block: str, services: list[str]) -> "cp_model.IntVar":
        here = self.here[team, block]
        chosen = [self._services.get((team, block, service), here) for service in services]
        if len(services) == len(self.facts.teams[team].offers) or chosen[0] is here:
            return here
        if len(chosen) == 1:
            return chosen[0]
        speaks = self.model.new_bool_var("")
        self.model.add_bool_or(*chosen, ~speaks)
        return speaks

    def counting(self, demand: Demand) -> "list[cp_model.IntVar]":
        """The variables whose sum is (at most) what the plan has for the demand."""
        found = chain.from_iterable(
            (self._counting(team, block.id, demand) for team in self.by_block.get(block.id, ()))
            for block in self.facts.blocks_of(demand)
        )
        return [var for var in found if var is not None]

    def _counting(self, team: str, block: str, demand: Demand) -> "cp_model.IntVar | None":
        if demand.service is not None:
            return self._service_in(team, block, demand.service, demand.language)
        if demand.language is not None:
            return self.language(team, block, demand.language)
        return self.here[team, block]

    def _service_in(self, team: str, block: str, service: str, language: str | None) -> "cp_model.IntVar | None":
        """A variable that may be 1 only if the team gives the service, in the language if one is asked for."""
        one = self.facts.teams[team]
        gives = self.service(team, block, service)
        if gives is None or language is None or language in one.languages_of(frozenset((service,))):
            return gives
        speaks = self.language(team, block, language) if language in one.offers[service] else None
        if speaks is None:
            return None
        both = self.model.new_bool_var("")
        self.model.add_implication(both, gives)
        self.model.add_implication(both, speaks)
        return both

    def hint(self, plan: Iterable[Assignment]) -> None:
        """Tell the solver a plan to start from."""
        self.model.clear_hints()
        services = {(one.team, one.block): one.services for one in plan}
        for key, var in self.here.items():
            self.model.add_hint(var, key in services)
        for (team, block, service), var in self._services.items():
            self.model.add_hint(var, service in services.get((team, block), ()))

    def read(self, value: Callable[["cp_model.IntVar"], int]) -> dict[Held, frozenset[str]]:
        """Who comes when and with which services, from the values of a solution."""
        return {
            (team, block): frozenset(
                service
                for service in self.facts.teams[team].offers
                if value(self._services.get((team, block, service), var))
            )
            for (team, block), var in self.here.items()
            if value(var)
        }
