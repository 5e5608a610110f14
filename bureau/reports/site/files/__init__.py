"""Which files lie beside the page of a report, to be taken away."""

from flask_babel import lazy_gettext

from bureau.reports.domain.document import Report

PAPER, WORKBOOK, TABLE, BUNDLE, POSTS = "report.pdf", "report.xlsx", "report.csv", "bundle.zip", "posts.txt"
FILES: list[tuple[str, object]] = [
    (PAPER, "PDF"),
    (WORKBOOK, "XLSX"),
    (TABLE, "CSV"),
    (BUNDLE, lazy_gettext("Open data")),
    (POSTS, lazy_gettext("Text to share")),
]
"""Name in the address and what it is called: ``("report.pdf", "PDF")``.

Whoever writes a file beside the page adds it here; a file that nobody writes is not linked.
"""


def downloads(report: Report) -> list[tuple[str, str]]:
    """The files of this report; to be called with the reader's language as that of ``gettext``."""
    return [(name, str(kind)) for name, kind in FILES]
