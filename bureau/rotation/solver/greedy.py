"""A quick valid plan: again and again the addition that saves most, until none saves anything."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.problem import Block, Team

CHECK_EVERY = 256


def extend(draft: Draft, pairs: Sequence[tuple[Team, Block]], should_stop: Callable[[], bool]) -> None:
    """Add candidates to a valid draft, best first, each evaluated again before it is taken.

    Lazy greedy (Minoux 1978): savings mostly shrink as the plan grows, so an old saving is
    nearly an upper bound. What only lacks company waits until its block changes.
    """
    heap = [(-draft.best_services(*pair)[0], index) for index, pair in enumerate(pairs)]
    heapify(heap)
    waiting: dict[str, list[int]] = defaultdict(list)
    steps = 0
    while heap and not (steps % CHECK_EVERY == 0 and should_stop()):
        steps += 1
        _, index = heappop(heap)
        team, block = pairs[index]
        if not draft.has_room(team, block):
            continue
        if not draft.in_company(team, block):
            waiting[block.id].append(index)
            continue
        now, services = draft.best_services(team, block)
        if heap and -now > heap[0][0]:
            if now > 0:
                heappush(heap, (-now, index))
        elif now > 0:
            draft.add(team, block, services)
            for again in waiting.pop(block.id, ()):
                heappush(heap, (-draft.best_services(*pairs[again])[0], again))
