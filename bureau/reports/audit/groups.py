"""Counts that no sum connects are worked out apart."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

Sum = tuple[int, tuple[int, ...]]


@dataclass(slots=True)
class Group:
    """Unsettled counts that hang together, and the sums that they are in."""

    counts: list[int] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)


def groups_of(unsettled: Collection[int], sums: Sequence[Sum]) -> list[Group]:
    """The unsettled counts in groups that no sum connects."""
    root = {one: one for one in unsettled}

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    touched = [(one, [count for count in (one[0], *one[1]) if count in root]) for one in sums]
    for _, counts in touched:
        for other in counts[1:]:
            root[find(other)] = find(counts[0])
    groups: dict[int, Group] = {}
    for one in root:
        groups.setdefault(find(one), Group()).counts.append(one)
    for each, counts in touched:
        if counts:
            groups[find(counts[0])].sums.append(each)
    return list(groups.values())
