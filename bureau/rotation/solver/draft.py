"""A plan under construction: what may be added without breaking a rule, and what it would save."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bureau.rotation.solver.problem import Held
from bureau.rotation.solver.tables import Tables


class Draft:
    """Pairs chosen with an option each; `total` is always the exact total of the plan."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.held: dict[int, int] = {}
        self.total = tables.constant
        self.room = list(tables.room)
        self.have = [0] * len(tables.gains)
        self.gain = [gains[0] if gains else 0 for gains in tables.gains]
        self._room_of, self._gain_of = self.room.__getitem__, self.gain.__getitem__
        self.load = [0] * len(tables.org_cost)
        self.blocked = [0] * len(tables.pairs)
        self.crowd = [0] * len(tables.facts.problem.blocks)
        self.having = [0] * len(tables.presences)
        self.companions = [0] * tables.companies
        self.dependents = [0] * tables.companies
        self.slots: Counter[int] = Counter()
        self.days: list[Counter[object]] = [Counter() for _ in tables.facts.problem.spread]
        self._apart = [0] * tables.aparts
        self._apart_by_org: Counter[tuple[int, int]] = Counter()

    def may_add(self, pair: int) -> bool:
        """Whether the pair can come too, without breaking a rule."""
        return self.has_room(pair) and self.in_company(pair)

    def has_room(self, pair: int) -> bool:
        """Whether team, organisation, desks and others let it; what is not now never will be."""
        if self.blocked[pair] or pair in self.held or min(map(self._room_of, self.tables.rows[pair]), default=1) <= 0:
            return False
        apart = self.tables.apart[pair]
        return not apart or not any(self.kept_apart(pair, key) for key in apart)

    def kept_apart(self, pair: int, key: int) -> bool:
        """Whether another organisation of a `not_together` rule is there."""
        return self._apart[key] > self._apart_by_org[key, self.tables.org[pair]]

    def in_company(self, pair: int) -> bool:
        """Whether those who are there allow it to come."""
        tables = self.tables
        needs = tables.needs[pair]
        if needs and not all(self.companions[key] for key in needs):
            return False
        for key in tables.guarded.get(tables.block[pair], ()):
            if self.having[key] + (key in tables.serves[pair]) < tables.presences[key].least:
                return False
        return True

    def best_option(self, pair: int) -> tuple[int, int]:
        """What the pair would save with its most useful services, and their number."""
        options = self.tables.options[pair]
        if len(options) == 1:
            return self._saving(pair) + self.option_saving(pair, 0), 0
        saving, number = max((self.option_saving(pair, number), -number) for number in range(len(options)))
        return self._saving(pair) + saving, -number

    def _saving(self, pair: int) -> int:
        tables = self.tables
        org = tables.org[pair]
        cost, load = tables.org_cost[org], self.load[org]
        saving = tables.saving[pair] + cost[load] - cost[load + 1]
        return saving if self.slots[tables.slot[pair]] else saving - tables.regularity

    def option_saving(self, pair: int, number: int) -> int:
        option = self.tables.options[pair][number]
        saving = option.saving + sum(map(self._gain_of, option.demands))
        for spread in option.spreads:
            saving += self._new_day(spread, pair)
        return saving

    def _new_day(self, spread: int, pair: int) -> int:
        """What one day more saves, if it is one and wanted."""
        wish, days = self.tables.facts.problem.spread[spread], self.days[spread]
        if len(days) >= wish.days or self.tables.pairs[pair][1].day in days:
            return 0
        return self.tables.spread

    def add(self, pair: int, number: int) -> None:
        """The pair comes, with the services of its option."""
        tables = self.tables
        self.total -= self._saving(pair) + self.option_saving(pair, number)
        self.held[pair] = number
        option = tables.options[pair][number]
        for demand in option.demands:
            self.have[demand] += 1
            self._regain(demand)
        for spread in option.spreads:
            self.days[spread][tables.pairs[pair][1].day] += 1
        self.load[tables.org[pair]] += 1
        self.slots[tables.slot[pair]] += 1
        self._use(pair, 1)

    def remove(self, pair: int) -> None:
        """The pair does not come."""
        tables = self.tables
        number = self.held.pop(pair)
        option, day = tables.options[pair][number], tables.pairs[pair][1].day
        for demand in option.demands:
            self.have[demand] -= 1
            self._regain(demand)
        for spread in option.spreads:
            self.days[spread][day] -= 1
            if not self.days[spread][day]:
                del self.days[spread][day]
        self.load[tables.org[pair]] -= 1
        self.slots[tables.slot[pair]] -= 1
        self._use(pair, -1)
        self.total += self._saving(pair) + self.option_saving(pair, number)

    def _regain(self, demand: int) -> None:
        gains, have = self.tables.gains[demand], self.have[demand]
        self.gain[demand] = gains[have] if have < len(gains) else 0

    def _use(self, pair: int, times: int) -> None:
        tables = self.tables
        for row in tables.rows[pair]:
            self.room[row] -= times
        for other in tables.clashes[pair]:
            self.blocked[other] += times
        self.crowd[tables.block[pair]] += times
        for key in tables.apart[pair]:
            self._apart[key] += times
            self._apart_by_org[key, tables.org[pair]] += times
        for key in tables.serves[pair]:
            self.having[key] += times
        for key in tables.gives[pair]:
            self.companions[key] += times
        for key in tables.needs[pair]:
            self.dependents[key] += times

    def replace(self, pairs: Iterable[int], wanted: Mapping[int, int]) -> bool:
        """Hold exactly the wanted of these pairs, if that breaks no rule and saves something.

        Otherwise everything stays as it was.
        """
        before = {pair: self.held[pair] for pair in pairs if pair in self.held}
        total = self.total
        if self._exchange(before, wanted) and self.total < total and self.is_sound({*before, *wanted}):
            return True
        self._exchange({pair: 0 for pair in wanted if pair in self.held}, {})
        self._exchange({pair: 0 for pair in before if pair in self.held}, before)
        return False

    def _exchange(self, old: Iterable[int], new: Mapping[int, int]) -> bool:
        for pair in list(old):
            self.remove(pair)
        for pair, number in new.items():
            if not self.has_room(pair):
                return False
            self.add(pair, number)
        return True

    def is_sound(self, pairs: Iterable[int]) -> bool:
        """Whether company, minimums and pins around these pairs are as they must be."""
        tables = self.tables
        return all(
            self._block_is_sound(tables.block[pair])
            and all(self.companions[key] or not self.dependents[key] for key in tables.gives[pair] + tables.needs[pair])
            and self.load[tables.org[pair]] >= tables.least_load[tables.org[pair]]
            and (pair in self.held or pair not in tables.pinned)
            and all(
                self.have[demand] >= tables.floor[demand]
                for option in tables.options[pair]
                for demand in option.demands
                if demand in tables.floor
            )
            for pair in pairs
        )

    def is_sound_everywhere(self) -> bool:
        """The same for the whole month."""
        tables = self.tables
        return (
            all(map(self._block_is_sound, range(len(self.crowd))))
            and all(there or not asking for there, asking in zip(self.companions, self.dependents, strict=True))
            and all(load >= least for load, least in zip(self.load, tables.least_load, strict=True))
            and tables.pinned <= self.held.keys()
            and all(self.have[demand] >= floor for demand, floor in tables.floor.items())
        )

    def _block_is_sound(self, block: int) -> bool:
        tables = self.tables
        return all(
            self.having[key] >= tables.presences[key].least or not (self.crowd[block] or tables.presences[key].always)
            for key in tables.guarded.get(block, ())
        )

    def services(self) -> dict[Held, frozenset[str]]:
        """Who comes when, with which services."""
        tables = self.tables
        return {
            (tables.pairs[pair][0].id, tables.pairs[pair][1].id): tables.options[pair][number].services
            for pair, number in self.held.items()
        }
