"""The attack: all releases together, every protected count driven to the ends of what is possible."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np

from bureau.reports.audit.bounding import Space, space_of
from bureau.reports.audit.findings import Audit, Coordinates, Finding, Limits
from bureau.reports.audit.groups import groups_of
from bureau.reports.audit.knowledge import Knowledge, check_sums, learn
from bureau.reports.audit.narrowing import Contradiction, narrow
from bureau.reports.audit.promises import broken_promises
from bureau.reports.audit.reading import read

LOOKS = 12
"""So many points are tried for all unsettled counts at once before each is driven alone."""

OnProgress = Callable[[int, int], None]
Interval = tuple[float, float]


def attack(
    releases: Sequence[Mapping[str, bytes]],
    *,
    planned: Collection[tuple[str, ...]] | None = None,
    fresh: int | None = None,
    on_progress: OnProgress | None = None,
) -> Audit:
    """Attack every release ever published, each given as the files of its bundle, in the order of publication.

    `fresh`: only so many at the end are new; what hangs together with nothing of theirs was judged when it was new.

    `planned`: the tables that may be public, each as its id and then its dimensions; a cell elsewhere is a finding.
    `on_progress` hears how many protected counts are settled, of how many.
    """
    published = [read(files) for files in releases]
    known = learn(published)
    audit = Audit(findings=[*known.findings, *check_sums(published), *broken_promises(published, planned)])
    audit.protected, audit.counts = sum(known.protected), len(known.at)
    try:
        narrow(known.low, known.high, known.sums)
        new = {at for release in published[-fresh if fresh else 0 :] for at in release.places()}
        for finding in _driven(known, new, audit, on_progress or (lambda _done, _of: None)):
            audit.findings.append(finding)
    except Contradiction:
        audit.findings.append(Finding(kind="contradiction", at=()))
    return audit


def _driven(known: Knowledge, new: Collection[Coordinates], audit: Audit, tell: OnProgress) -> Iterator[Finding]:
    """The findings among the protected counts that are new, or hang together with new ones."""
    targets = [one for one, protected in enumerate(known.protected) if protected]
    free = [one for one in range(len(known.at)) if known.low[one] < known.high[one]]
    done = 0
    for one in targets:
        if known.low[one] == known.high[one]:
            done += 1
            yield from _judged(known, one, known.low[one], known.high[one])
    wanted = set(targets)
    for group in groups_of(free, known.sums):
        mine = [at for at, one in enumerate(group.counts) if one in wanted]
        if mine and any(known.at[one] in new for one in group.counts):
            space = space_of(group.counts, known.low, known.high, group.sums)
            surely = [known.low[one] for one in group.counts]
            limits = {column: known.limits[group.counts[column]] for column in mine}
            driven = dict(_open(space, surely, limits, audit))
            for column, interval in driven.items():
                yield from _judged(known, group.counts[column], *interval)
            _note_narrowest(audit, space, surely, limits, driven)
        done += len(mine)
        tell(done, len(targets))


def _open(
    space: Space, surely: Sequence[float], limits: Mapping[int, Limits], audit: Audit
) -> Iterator[tuple[int, Interval]]:
    """The counts that no point has proven safe, each with its tightest interval."""
    left = list(limits)
    chance = np.random.default_rng(1)
    for look in range(LOOKS):
        left = [one for one in left if not _safe(space, one, surely, limits[one])]
        if not left:
            return
        cost = np.zeros(len(surely))
        signs = np.full(len(left), 1.0 - 2.0 * (look % 2)) if look < 2 else chance.choice([-1.0, 1.0], len(left))
        cost[left] = signs
        space.look(cost)
    for one in left:
        for sign in (1, -1):
            if not _safe(space, one, surely, limits[one]):
                space.reach(one, sign, limits[one].enough(space.least[one], space.most[one], sign))
        if _safe(space, one, surely, limits[one]):
            continue
        (low, low_proven), (high, high_proven) = space.end(one, 1), space.end(one, -1)
        audit.unproven += not (low_proven and high_proven)
        yield one, (low, high)


def _note_narrowest(
    audit: Audit,
    space: Space,
    surely: Sequence[float],
    limits: Mapping[int, Limits],
    driven: Mapping[int, Interval],
) -> None:
    """Remember the narrowest span of a count that may be small, as far as points or the ends have shown it."""
    for column, limit in limits.items():
        low, high = driven.get(column, (space.least[column], space.most[column]))
        if surely[column] < limit.threshold and high >= 1:
            width = int(high - low)
            audit.narrowest = width if audit.narrowest is None else min(width, audit.narrowest)


def _safe(space: Space, column: int, surely: Sequence[float], limits: Limits) -> bool:
    return limits.safe_from(space.least[column], space.most[column], surely=surely[column])


def _judged(known: Knowledge, one: int, low: float, high: float) -> Iterator[Finding]:
    kind = known.limits[one].broken_by(low, high)
    if kind is not None:
        yield Finding(kind=kind, at=known.at[one], low=low, high=high)
