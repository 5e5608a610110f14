"""A quick valid plan: again and again the addition that saves most, until none saves anything."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush, heapreplace

from bureau.rotation.solver.draft import Draft

CHECK_EVERY = 256


def extend(draft: Draft, pairs: Iterable[int], should_stop: Callable[[], bool]) -> None:
    """Add pairs to a valid draft, best first, each evaluated again before it is taken.

    Lazy greedy (Minoux 1978): savings mostly shrink as the plan grows, so an old saving is
    nearly an upper bound. What only lacks company waits until its block changes.
    """
    tables, many = draft.tables, len(draft.tables.pairs)
    # One number for saving and pair: the heap compares numbers much faster than tuples.
    heap = [pair - many * draft.best_option(pair)[0] for pair in pairs if draft.has_room(pair)]
    heapify(heap)
    waiting: dict[int, list[int]] = defaultdict(list)
    steps = 0
    while heap and not (steps % CHECK_EVERY == 0 and should_stop()):
        steps += 1
        pair = heap[0] % many
        if not draft.has_room(pair):
            heappop(heap)
            continue
        block = tables.block[pair]
        if not draft.in_company(pair):
            waiting[block].append(heappop(heap) % many)
            continue
        now, option = draft.best_option(pair)
        if now > 0 and pair - many * now > heap[0]:
            heapreplace(heap, pair - many * now)
            continue
        heappop(heap)
        if now <= 0:
            continue
        draft.add(pair, option)
        for again in waiting.pop(block, ()):
            heappush(heap, again - many * draft.best_option(again)[0])
