"""A report and the tables that its manager puts together, in one hand: what they tell together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bureau.reports.audit.attacking import attack
from bureau.reports.disclosure.rounding import rounded
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.cells import Cell
from bureau.reports.domain.plan import CONSULTATIONS, ShownTable
from bureau.reports.domain.release import Release, Sheet
from bureau.reports.domain.tabulating import Record, tabulate
from bureau.reports.domain.told_log import told_in_fives
from tests.reports.made import MONTHS, SECRET, Made

OWN = (
    (CONSULTATIONS, ("ORGANISATION", "LANGUAGE")), (CONSULTATIONS, ("ORGANISATION", "STATUS")),
    (CONSULTATIONS, ("SERVICE", "STATUS")), (CONSULTATIONS, ("LANGUAGE", "SEX")), (CONSULTATIONS, ("STATUS", "AGE")),
    (CONSULTATIONS, ("ORGANISATION", "OUTCOME")), (CONSULTATIONS, ("WAITING", "AGE")),
)  # fmt: skip
"""What is in no plan and may be asked for."""


def release_of(sheet: Sheet, shown: Iterable[Record]) -> Release:
    """A release of such a sheet that shows another log, one in fives."""
    cells = tabulate(shown, sheet.tables, sheet.dimensions)
    return Release(
        id=sheet.id, order=sheet.order, method="rounding", tables=sheet.tables, dimensions=sheet.dimensions,
        cells={at: Cell(number) for at, number in cells.items()}, max_dev=4, min_width=4,
    )  # fmt: skip


def with_own_tables(release: Release, told: Sequence[Record]) -> Release:
    """The release with the manager's tables beside its own, as if they were as near to the truth as these."""
    tables = tuple(
        ShownTable(id="-".join(("own", measure, *names)).lower(), measure=measure, dimensions=names, period=release.id)
        for measure, names in OWN
    )
    cells = {at: Cell(number) for at, number in tabulate(told, tables, release.dimensions).items()}
    return replace(release, tables=(*release.tables, *tables), cells={**cells, **release.cells})


def found_together(made: Made, *, told_of_another_draw: bool = False) -> int:
    """What an attack finds in all months of a made year with the tables of each; in a process that may have HiGHS."""
    plan = made.plan("rounding")
    public: list[Release] = []
    together = []
    for month in MONTHS[: made.months]:
        sheet = made.sheet(plan, month)
        release = rounded(sheet, public, secret=SECRET)
        other = rounded(sheet, public, secret=SECRET, salt=1) if told_of_another_draw else release
        log = [one for one in made.records if one.at.time_period == month]
        together.append(with_own_tables(release, told_in_fives(log, other, SECRET)))
        public.append(release)
    audit = attack([bundle_of(one) for one in together])
    return len(audit.findings) + audit.unproven
