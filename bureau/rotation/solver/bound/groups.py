"""Sets of shifts of which at most one can hold, as large as is cheap to find."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bureau.rotation.solver.bound.choices import Shift
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import Limits


def columns_of(shifts: Iterable[Shift]) -> list[int]:
    """The columns of the shifts."""
    return [column for shift in shifts for column in shift.columns]


def at_once(shifts: Sequence[Shift]) -> Iterator[list[Shift]]:
    """The largest sets of shifts that run at the same instant: those under way when one begins."""
    seen: set[tuple[int, ...]] = set()
    for begins in sorted({shift.block.begins for shift in shifts}):
        running = [one for one in shifts if one.block.begins <= begins < one.block.ends]
        key = tuple(one.columns.start for one in running)
        if key not in seen:
            seen.add(key)
            yield running


def one_place_at_a_time(facts: Facts, shifts: Sequence[Shift]) -> Iterator[list[Shift]]:
    """Sets of one team's shifts on one day of which no two go together; every such pair is in one."""
    clash = [
        {j for j, two in enumerate(shifts) if i != j and facts.clash(one.block, two.block)}
        for i, one in enumerate(shifts)
    ]
    done: set[tuple[int, int]] = set()
    for first, others in enumerate(clash):
        for second in sorted(others):
            if (first, second) in done:
                continue
            clique, common = [first, second], others & clash[second]
            while common:
                clique.append(max(common, key=lambda one: (len(clash[one] & common), -one)))
                common = common & clash[clique[-1]]
            done.update((one, two) for one in clique for two in clique)
            yield [shifts[one] for one in clique]


def by_day(shifts: Iterable[Shift]) -> dict[object, list[Shift]]:
    """The shifts of each day."""
    days: dict[object, list[Shift]] = defaultdict(list)
    for shift in shifts:
        days[shift.block.day].append(shift)
    return days


def singles(limits: Limits, shifts: Sequence[Shift]) -> Iterator[list[Shift]]:
    """Sets of one organisation's shifts on one day: each shift in one, of each at most one holds."""
    if 1 in (limits.max_per_day, limits.max_per_week, limits.max_per_month):
        yield list(shifts)
    elif limits.max_concurrent == 1:
        yield from at_once(shifts)
    else:
        yield from _by_team(shifts)


def _by_team(shifts: Sequence[Shift]) -> Iterator[list[Shift]]:
    teams: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        teams[shift.team.id].append(shift)
    for them in teams.values():
        if them[0].team.limits.max_per_day == 1:
            yield them
        else:
            yield from ([shift] for shift in them)
