"""What words of a month are written about: its report, published or only prepared, and who wrote last."""

from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.localised import LocalisedText
from bureau.reports.domain.document import Report
from bureau.servicelog.queries.changes import last_change

from .preparing import prepared_report
from .reports import TEXTS, find_report, report_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The words of a month as they are stored, in which version of the row, and who corrected them last and when."""

    texts: dict[str, LocalisedText]
    version: int
    text_version: int
    published: bool
    by: str | None = None
    at: datetime | None = None


def report_in_hand(bureau_id: int, month: str) -> Report | None:
    """The month's report as it was published, else as it is prepared; None where there are no figures yet."""
    return report_of(bureau_id, month) or prepared_report(bureau_id, month)


def written(bureau: str, bureau_id: int, month: str) -> Written:
    """The words of the month."""
    row = find_report(bureau_id, month)
    if row is None:
        return Written(texts={name: LocalisedText() for name in TEXTS}, version=0, text_version=1, published=False)
    return Written(
        texts={name: getattr(row, name) for name in TEXTS}, version=row.version, text_version=row.text_version,
        published=row.published_at is not None, **last_change(f"report:{bureau}/{month}", "report.reworded"),
    )  # fmt: skip
