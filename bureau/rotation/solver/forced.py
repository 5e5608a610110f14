"""What the hard rules ask for, placed quickly; where that fails the whole search for it begins."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.problem import Held


def hold_liked(draft: Draft, liked: Iterable[tuple[Held, frozenset[str]]]) -> None:
    """Add what can stay of a plan; who waits for company is asked again when somebody has come."""
    tables = draft.tables
    waiting = [(tables.at[key], services) for key, services in liked if key in tables.at]
    before = -1
    while waiting and len(waiting) != before:
        before, left = len(waiting), []
        colleagues: dict[int, list[int]] = defaultdict(list)
        for pair, _ in waiting:
            colleagues[tables.block[pair]].append(pair)
        for pair, services in waiting:
            if not draft.has_room(pair):
                continue
            if draft.in_company(pair) or _may_begin(draft, pair, colleagues[tables.block[pair]]):
                draft.add(pair, tables.option_with(pair, services))
            else:
                left.append((pair, services))
        waiting = left


def _may_begin(draft: Draft, pair: int, colleagues: Iterable[int]) -> bool:
    """Whether those who wait for the same block make company enough once all have come."""
    tables = draft.tables
    together = [other for other in colleagues if draft.has_room(other)]
    given = {key for other in together for key in tables.gives[other]}
    if not all(draft.companions[key] or key in given for key in tables.needs[pair]):
        return False
    return all(
        draft.having[key] + sum(key in tables.serves[other] for other in together) >= tables.presences[key].least
        for key in tables.guarded.get(tables.block[pair], ())
    )


def force(draft: Draft) -> bool:
    """Add what pins, hard minimums and company ask for, best first; False where that leads nowhere."""
    tables = draft.tables
    if not tables.pins_fit:
        return False
    for pair in sorted(tables.pinned - draft.held.keys()):
        if not draft.has_room(pair):
            return False
        draft.add(pair, draft.best_option(pair)[1])
    return _reach_floors(draft) and _reach_loads(draft) and _find_company(draft)


def _reach_floors(draft: Draft) -> bool:
    tables = draft.tables
    short = {demand for demand, floor in tables.floor.items() if draft.have[demand] < floor}
    if not short:
        return True
    counting: dict[int, list[tuple[int, int]]] = {demand: [] for demand in short}
    for pair, options in enumerate(tables.options):
        for number, option in enumerate(options):
            for demand in short.intersection(option.demands):
                counting[demand].append((pair, number))
    return all(_add_best(draft, counting[demand], draft.have, demand, tables.floor[demand]) for demand in sorted(short))


def _reach_loads(draft: Draft) -> bool:
    tables = draft.tables
    short = {org for org, least in enumerate(tables.least_load) if draft.load[org] < least}
    by_org: dict[int, list[tuple[int, int]]] = {org: [] for org in short}
    for pair, org in enumerate(tables.org if short else ()):
        if org in short and pair not in draft.held:
            by_org[org].append((pair, draft.best_option(pair)[1]))
    return all(_add_best(draft, by_org[org], draft.load, org, tables.least_load[org]) for org in sorted(short))


def _find_company(draft: Draft) -> bool:
    """Let those come whom a presence or a companion in a block asks for."""
    tables = draft.tables
    blocks = {
        block
        for block, guards in tables.guarded.items()
        if draft.crowd[block] or any(tables.presences[key].always for key in guards)
    }
    lonely = {key for key, those in enumerate(draft.dependents) if those and not draft.companions[key]}
    if not blocks and not lonely:
        return True
    by_key: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for pair, block in enumerate(tables.block):
        if block in blocks:
            for key in tables.serves[pair]:
                by_key.setdefault(("serves", key), []).append((pair, 0))
        for key in lonely.intersection(tables.gives[pair]):
            by_key.setdefault(("gives", key), []).append((pair, 0))
    for key in sorted(lonely):
        if not _add_best(draft, by_key.get(("gives", key), []), draft.companions, key, 1):
            return False
        blocks.update(tables.block[pair] for pair, _ in by_key.get(("gives", key), []))
    return all(
        _add_best(draft, by_key.get(("serves", key), []), draft.having, key, tables.presences[key].least)
        for block in sorted(blocks)
        for key in tables.guarded.get(block, ())
        if draft.crowd[block] or tables.presences[key].always
    )


def settle_company(draft: Draft, sure: Collection[int]) -> None:
    """Find company for what has none, and let go what stays without; the sure ones can stand alone."""
    _find_company(draft)
    while lonely := [pair for pair in draft.held if pair not in sure and not draft.is_sound([pair])]:
        for pair in lonely:
            draft.remove(pair)


def _add_best(draft: Draft, options: list[tuple[int, int]], count: list[int], key: int, least: int) -> bool:
    """Add the pair that saves most again and again until the count of the key reaches the least."""
    while count[key] < least:
        possible = [
            pair
            for pair, _ in options
            if draft.has_room(pair) and all(draft.companions[needed] for needed in draft.tables.needs[pair])
        ]
        if not possible:
            return False
        best = max(possible, key=lambda pair: draft.best_option(pair)[0])
        wanted = [number for pair, number in options if pair == best]
        draft.add(best, max(wanted, key=lambda number: draft.option_saving(best, number)))
    return True
