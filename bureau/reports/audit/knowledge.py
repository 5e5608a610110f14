"""All that follows from every release together: unknown counts, what is said of each, and which add up to which."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from bureau.reports.audit.findings import Coordinates, Finding, Limits
from bureau.reports.audit.reading import TIME, Published, Statement, leaves


@dataclass(slots=True, kw_only=True)
class Knowledge:
    """Whole numbers, not negative, each between a low and a high, and sums: `parent = part + part + …`, by position."""

    at: list[Coordinates] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    protected: list[bool] = field(default_factory=list)
    """Whether the count was published at all, but not exactly."""
    limits: dict[int, Limits] = field(default_factory=dict)
    """How uncertain each published count must stay: as the strictest release wants it that speaks of it."""
    sums: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    positions: dict[Coordinates, int] = field(default_factory=dict)

    def position(self, at: Coordinates) -> int:
        """Where a count stands; one that nobody published may be anything from 0 up."""
        if at not in self.positions:
            self.positions[at] = len(self.at)
            self.at.append(at)
            self.low.append(0)
            self.high.append(inf)
            self.protected.append(False)
        return self.positions[at]


def learn(releases: Sequence[Published]) -> Knowledge:
    """What a reader of all these releases knows, in their order."""
    if len({one.dimensions for one in releases}) > 1:
        raise ValueError("releases of one series have the same dimensions")
    known = Knowledge()
    said: dict[Coordinates, list[Statement]] = defaultdict(list)
    for release in releases:
        for statement in release.statements:
            said[statement.at].append(statement)
            here = known.position(statement.at)
            known.limits[here] = release.limits.and_of(known.limits.get(here, release.limits))
    for at, statements in said.items():
        _take(known, at, statements)
    _add_up(known, releases)
    return known


def _take(known: Knowledge, at: Coordinates, statements: Iterable[Statement]) -> None:
    here = known.position(at)
    told = tuple(statements)
    known.low[here] = max(one.low for one in told)
    known.high[here] = min(one.high for one in told)
    known.protected[here] = not any(one.exact for one in told)
    values = {one.value for one in told if one.value is not None}
    if known.low[here] > known.high[here]:
        known.findings.append(Finding(kind="contradiction", at=at, low=known.low[here], high=known.high[here]))
    if len(values) > 1:
        known.findings.append(Finding(kind="changed", at=at, low=min(values), high=max(values)))
    shown_and_hidden = any(one.hidden for one in told) and not known.protected[here]
    if shown_and_hidden and 0 < known.low[here] < known.limits[here].threshold:
        known.findings.append(Finding(kind="unsuppressed", at=at, low=known.low[here], high=known.high[here]))


def _add_up(known: Knowledge, releases: Sequence[Published]) -> None:
    """Every whole and its parts: where a part was published, and for quarters and years in any case.

    Parts that nobody published join as unknown counts. They have wholes of their own among what was published (a month of
    a table that is public by quarters is still part of that month's totals), so this goes on until nothing new comes up.
    """
    dimensions = releases[0].dimensions
    parents: dict[str, dict[str, str | None]] = {name: {} for name in dimensions}
    for release in releases:
        for name in dimensions:
            parents[name].update(release.parents.get(name, {}))
    children = {name: _children(parents[name]) for name in dimensions}
    done: set[tuple[int, Coordinates]] = set()
    waiting = list(known.at)
    while waiting:
        at = waiting.pop()
        for axis, name in enumerate(dimensions):
            for whole in _wholes(known, at, axis, parents[name].get(at[axis]), children[name], whole_time=name == TIME):
                if (axis, whole) in done:
                    continue
                done.add((axis, whole))
                parts = [_at(whole, axis, code) for code in children[name][whole[axis]]]
                waiting += [part for part in parts if part not in known.positions]
                known.sums.append((known.position(whole), tuple(known.position(part) for part in parts)))
    for release in releases:
        _add_up_as_told(known, release, children)


def _add_up_as_told(known: Knowledge, release: Published, all_codes: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
    """Wholes and parts by the codes that the release itself has: what came later counted nothing then."""
    told = {one.at for one in release.statements}
    for axis, name in enumerate(release.dimensions):
        then = _children(release.parents.get(name, {}))
        fewer = {code: codes for code, codes in then.items() if len(codes) < len(all_codes[name][code])}
        for whole in (at for at in told if at[axis] in fewer):
            parts = [_at(whole, axis, code) for code in fewer[whole[axis]]]
            if told.issuperset(parts):
                known.sums.append((known.positions[whole], tuple(known.positions[part] for part in parts)))


def _wholes(
    known: Knowledge,
    at: Coordinates,
    axis: int,
    parent: str | None,
    children: Mapping[str, Sequence[str]],
    *,
    whole_time: bool,
) -> Iterator[Coordinates]:
    """What the count is part of, and the count itself where parts of it are known of; every period has its months."""
    if parent is not None and (whole := _at(at, axis, parent)) in known.positions:
        yield whole
    codes = children.get(at[axis], ())
    if codes and (whole_time or any(_at(at, axis, code) in known.positions for code in codes)):
        yield at


def _at(at: Coordinates, axis: int, code: str) -> Coordinates:
    return (*at[:axis], code, *at[axis + 1 :])


def _children(parents: Mapping[str, str | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, parent in parents.items():
        if parent is not None:
            found[parent].append(code)
    return dict(found)


def check_sums(releases: Sequence[Published]) -> list[Finding]:
    """Tables that claim to be sums over time of what was shown, and are not."""
    shown = {one.at: one.value for release in releases for one in release.statements}
    found = []
    for release in releases:
        axis = release.dimensions.index(TIME) if release.sums else 0
        for claimed in release.sums:
            parts = [shown.get(_at(claimed.at, axis, code)) for code in leaves(release.parents[TIME], claimed.at[axis])]
            numbers = [part for part in parts if part is not None]
            if claimed.value is None or len(numbers) < len(parts) or sum(numbers) != claimed.value:
                found.append(Finding(kind="not-derived", at=claimed.at, low=claimed.low, high=claimed.high))
    return found
