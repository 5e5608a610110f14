"""The hard rules as rows: as tight as is cheap, and never stricter than the rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bureau.rotation.solver.bound.choices import Choices, Shift
from bureau.rotation.solver.bound.groups import at_once, by_day, columns_of, one_place_at_a_time, singles
from bureau.rotation.solver.bound.seats import desk_sets
from bureau.rotation.solver.problem import AlwaysPresent, Companion, Limits, NotTogether


class HardRules:
    """Writes the rows of the hard rules; who may be planned where is in the choices already."""

    def __init__(self, choices: Choices) -> None:
        self._facts = choices.facts
        self._builder = choices.builder
        self._by_block: dict[str, list[Shift]] = defaultdict(list)
        self.by_team: dict[str, list[Shift]] = defaultdict(list)
        self.by_org: dict[str, list[Shift]] = defaultdict(list)
        for shift in choices.shifts:
            self._by_block[shift.block.id].append(shift)
            self.by_team[shift.team.id].append(shift)
            self.by_org[shift.team.org].append(shift)

    def write(self) -> None:
        """Every hard rule but the hard demands and minimums of organisations."""
        self._pins()
        self._teams()
        self._organisations()
        self._desks()
        for rule in self._facts.problem.rules:
            match rule:
                case NotTogether():
                    self._not_together(rule)
                case AlwaysPresent():
                    self._always_present(rule)
                case Companion():
                    self._companion(rule)

    def _pins(self) -> None:
        for team, block in self._facts.pins:
            columns = columns_of(one for one in self._by_block.get(block, ()) if one.team.id == team)
            self._builder.exactly(columns, 1)

    def _teams(self) -> None:
        for shifts in self.by_team.values():
            limits = shifts[0].team.limits
            self._limits(limits, shifts)
            for on_day in by_day(shifts).values():
                if 1 not in (limits.max_per_day, limits.max_per_week, limits.max_per_month):
                    self._one_place_at_a_time(on_day)

    def _one_place_at_a_time(self, on_day: Sequence[Shift]) -> None:
        alone = {shift.block.id for shift in on_day if len(shift.columns) > 1}
        for clique in one_place_at_a_time(self._facts, on_day):
            alone.difference_update(shift.block.id for shift in clique)
            self._builder.at_most(columns_of(clique), 1)
        for shift in on_day:
            if shift.block.id in alone:
                self._builder.at_most(shift.columns, 1)

    def _organisations(self) -> None:
        for org, shifts in self.by_org.items():
            self._limits(self._facts.orgs[org].limits, shifts)

    def _limits(self, limits: Limits, shifts: Sequence[Shift]) -> None:
        weeks: dict[str, list[Shift]] = defaultdict(list)
        for shift in shifts:
            weeks[shift.block.week].append(shift)
        self._limit(limits.max_per_month, shifts)
        for week, them in weeks.items():
            self._limit(limits.in_week(week), them)
        for them in by_day(shifts).values():
            self._limit(limits.max_per_day, them)
            if limits.max_concurrent is not None and limits.max_per_day != 1:
                for running in at_once(them):
                    self._limit(limits.max_concurrent, running)

    def _limit(self, most: int | None, shifts: Sequence[Shift]) -> None:
        columns = columns_of(shifts)
        if most is not None and len(columns) > most:
            self._builder.at_most(columns, most)

    def _desks(self) -> None:
        """Hall's condition: of the teams confined to some desks there are at most so many."""
        for shifts in self._by_block.values():
            allowed = {one.team.id: self._facts.desks_when_pinned(one.team, one.block) for one in shifts}
            for desks in sorted(desk_sets(allowed.values()), key=sorted):
                confined = columns_of(shift for shift in shifts if allowed[shift.team.id] <= desks)
                if len(confined) > len(desks):
                    self._builder.at_most(confined, len(desks))

    def _not_together(self, rule: NotTogether) -> None:
        there: dict[object, dict[str, list[Shift]]] = {}
        for org in sorted(rule.orgs):
            for shift in self.by_org.get(org, ()):
                block = shift.block
                place = (block.site, block.day) if rule.scope == "day" else block.id
                there.setdefault(place, {}).setdefault(org, []).append(shift)
        for orgs in there.values():
            if len(orgs) > 1:
                present = [column for org, shifts in orgs.items() for column in self._presence(org, shifts)]
                self._builder.at_most(present, 1)

    def _presence(self, org: str, shifts: Sequence[Shift]) -> list[int]:
        """Columns whose sum is 1 when the organisation holds any of these shifts of a day."""
        sets = list(singles(self._facts.orgs[org].limits, shifts))
        if len(sets) == 1:
            return columns_of(sets[0])
        present = self._builder.column()
        for them in sets:
            self._builder.at_most(columns_of(them), 0, [(present, 1)])
        return [present]

    def _always_present(self, rule: AlwaysPresent) -> None:
        for block in self._facts.open_blocks:
            if rule.count < 1 or not rule.covers(block):
                continue
            shifts = self._by_block.get(block.id, [])
            having = columns_of(one for one in shifts if rule.attr in one.team.attrs)
            if rule.when == "open":
                self._builder.at_least(having, rule.count)
            elif shifts:
                self._company(rule, shifts, having)

    def _company(self, rule: AlwaysPresent, shifts: Sequence[Shift], having: list[int]) -> None:
        """Nobody without those who must be there; who is there with them has fewer desks left."""
        used = self._builder.column()
        self._builder.at_least(having, 0, [(used, rule.count)])
        watched = [one for one in shifts if rule.count > 1 or rule.attr not in one.team.attrs]
        for them in self._singles(watched):
            self._builder.at_most(columns_of(them), 0, [(used, 1)])
        others = [one for one in watched if rule.attr not in one.team.attrs]
        desks = frozenset().union(*(self._facts.desks_when_pinned(one.team, one.block) for one in shifts))
        left = max(0, len(desks) - rule.count)
        if len(others) > left:
            self._builder.at_most(columns_of(others), 0, [(used, left)])

    def _companion(self, rule: Companion) -> None:
        if rule.org == rule.needs_org:
            return
        for shifts in self._by_block.values():
            company = columns_of(one for one in shifts if one.team.org == rule.needs_org)
            for them in self._singles([one for one in shifts if one.team.org == rule.org]):
                self._builder.at_most(columns_of(them), 0, [(column, 1) for column in company])

    def _singles(self, shifts: Iterable[Shift]) -> Iterable[list[Shift]]:
        orgs: dict[str, list[Shift]] = defaultdict(list)
        for shift in shifts:
            orgs[shift.team.org].append(shift)
        for org, them in orgs.items():
            yield from singles(self._facts.orgs[org].limits, them)
