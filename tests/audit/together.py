"""What reports tell together with something else: with the manager's own tables, or with the belief that two counts are the same.

``make audit ARGS="together own"`` or ``"together referrals"`` takes one of them, a number so many made years.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from bureau.reports.audit.attacking import attack
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.cells import HIDDEN, Cell, Coordinates
from bureau.reports.domain.plan import CONSULTATIONS, REFERRALS
from bureau.reports.domain.release import Release
from bureau.reports.domain.tabulating import Record, record
from tests.bench.measuring import table
from tests.reports.made import Made
from tests.reports.mutants import series_of
from tests.reports.own_tables import found_together

YEARS, MONTHS = 3, 3


def run(words: list[str]) -> bool:
    """Whether nothing is found with own tables; what a belief would find is told, and promised to nobody."""
    years = next((int(word) for word in words if word.isdigit()), YEARS)
    asked = [look for name, look in (("own", _own), ("referrals", _referrals)) if name in words]
    kept = [look(years) for look in asked or (_own, _referrals)]  # all, even after one found something
    return all(kept)


def _own(years: int) -> bool:
    """Reports and own tables of the same months in one hand."""
    found = {seed: found_together(Made(seed, months=MONTHS)) for seed in range(1, years + 1)}
    apart = {seed: found_together(Made(seed, months=1), told_of_another_draw=True) for seed in range(1, years + 1)}
    rows = [[seed, found[seed], apart[seed]] for seed in found]
    table("rounded months with own tables", ["year", "found in a quarter", "in a month, were they drawn apart"], rows)
    return not any(found.values()) and all(apart.values())


@dataclass(frozen=True)
class Alike(Made):
    """A bureau in which every consultation that ends with "sent on" is a referral, and there is no other.

    ``one_of``: it is so many times smaller than a usual one.
    """

    one_of: int = 1

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All that was logged."""
        others = [one for one in Made(self.seed, self.months).records if one.at.measure != REFERRALS][:: self.one_of]
        return (*others, *_sent_on(others))


def _sent_on(records: Iterable[Record]) -> list[Record]:
    """A referral for each; every fourth did not arrive."""
    sent = [one for one in records if one.at.outcome == "referred"]
    return [
        record(one.at.time_period, REFERRALS, one.number, arrival="arrived" if place % 4 else "not-arrived")
        for place, one in enumerate(sent)
    ]


def _referrals(years: int) -> bool:
    """Where both counts are the same in truth, what those find who guess so."""
    rows = []
    for method, one_of in product(("rounding", "suppression"), (1, 10)):
        found, small = Counter[str](), 0
        for seed in range(1, years + 1):
            series = series_of(Alike(seed, months=MONTHS, one_of=one_of), method)
            small += sum(0 < sheet.counts[_sent(sheet.id)] < 5 for sheet in series.sheets)
            audit = attack([bundle_of(_believed(release)) for release in series.releases])
            found.update(one.kind for one in audit.findings)
        rows.append([method, one_of, small, found.total(), dict(found)])
    head = ["method", "times smaller", "months with 1 to 4 sent on", "found", "of which"]
    table(f"found by who takes both for the same, in {years} quarters", head, rows)
    return True


def _sent(period: str) -> Coordinates:
    return Coordinates(period, CONSULTATIONS, outcome="referred")


def _believed(release: Release) -> Release:
    """What a reader knows of each number, and of the two as much as they tell together."""
    tables = tuple(one for one in release.tables if one.counts_people and not one.derived)
    spans = {at: release.bounds(one, at) for one in tables for at in release.coordinates(one)}
    for period in {one.period for one in tables if one.dimensions == ("OUTCOME",)}:
        both = [spans[_sent(period)], spans[Coordinates(period, REFERRALS)]]
        ends = [high for _, high in both if high is not None]
        for at in (_sent(period), Coordinates(period, REFERRALS)):
            spans[at] = (max(low for low, _ in both), min(ends) if ends else None)
    return replace(release, tables=tables, cells={at: _cell(*span) for at, span in spans.items()})


def _cell(low: int, high: int | None) -> Cell:
    if high is None:
        return HIDDEN
    return Cell(low) if low == high else Cell(low=low, high=high)
