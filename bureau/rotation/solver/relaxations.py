"""What would make an impossible month possible: changes of its hard rules, smallest first.

Each is `{"relax": group, "change": …, "size": n}` with numbers:

| change | group | fields |
|---|---|---|
| `raise` | a limit of a team or an organisation | `from`, `to` |
| `lower` | a hard demand, a hard minimum, a presence rule's count | `from`, `to` |
| `come` | a team's availability | `team`, `block` outside its hours |
| `free_desk`, `free_services` | a pin | `team`, `block`: it stays, its desk or services may change |
| `drop` | a pin (`team`, `block`), a rule | |
| `allow` | `["desk", id, block]` | `desk`, `block`: the desk is used after all |
| `open` | `["closed", date, site]` | `date`, `site`: the bureau opens after all |

Where no single one is enough there is one `{"together": [change, …], "size": n}`. Each one is proven: with it, and nothing
else changed, there is a plan.
"""

from collections.abc import Sequence

from bureau.rotation.solver.core import is_possible
from bureau.rotation.solver.correction import changes_together
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.giving_way import Change, changes_of
from bureau.rotation.solver.problem import Group

MOST_TRIED = 120
TOGETHER_SECONDS = 3.0
"""What looking for changes that only help together may take beyond the time for single ones."""


def find_relaxations(
    facts: Facts, conflict: Sequence[Group], ending: Ending, *, seed: int = 0
) -> list[dict[str, object]]:
    """What makes the month possible: single changes, as many as the time allows to prove, or else a few together.

    A change that leaves all groups of a conflict as they are leaves the conflict: only these
    groups, and the desks and closed days around them, come into question. Of each number only the
    smallest change that helps is told.
    """
    alone = _enough_alone(facts, conflict, ending, seed=seed)
    if alone or ending.told:
        return [one.document() for one in alone]
    together = changes_together(facts, ending.anew(TOGETHER_SECONDS), seed=seed)
    if not together:
        return []
    return [{"together": [one.document() for one in together], "size": sum(one.size for one in together)}]


def _enough_alone(facts: Facts, conflict: Sequence[Group], ending: Ending, *, seed: int) -> list[Change]:
    found: list[Change] = []
    done: set[tuple[Group, str]] = set()
    for change in changes_of(facts, conflict)[:MOST_TRIED]:
        by_number = change.change in ("raise", "lower")
        if ending.over:
            break
        if by_number and (change.group, change.change) in done:
            continue
        if is_possible(Facts(change.problem), ending, seed=seed):
            found.append(change)
            done.add((change.group, change.change))
    return found
