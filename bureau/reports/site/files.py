"""Which files lie beside the page of a report, to be taken away."""

from bureau.reports.domain.document import Report

WORKBOOK, BUNDLE = "report.xlsx", "bundle.zip"
FILES: list[tuple[str, str]] = [(WORKBOOK, "XLSX"), (BUNDLE, "CSV · JSON")]
"""Name in the address and what it is called (a kind of file needs no translation): ``("report.pdf", "PDF")``.

Whoever writes a file beside the page adds it here; a file that nobody writes is not linked.
"""


def downloads(report: Report) -> list[tuple[str, str]]:
    """The files of this report."""
    return list(FILES)
