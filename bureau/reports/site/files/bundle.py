"""The open data of a report in one file."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.document import Report

LONG_AGO = (1980, 1, 1, 0, 0, 0)


def bundle_zip(report: Report) -> bytes:
    """The Frictionless data package of the report's release, zipped."""
    return zipped(bundle_of(report.release, {"title": f"{report.name.in_('en')}: {report.month}"}))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """These files in one, the same bytes whenever it is made."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            about = ZipInfo(name, LONG_AGO)
            about.compress_type = ZIP_DEFLATED
            archive.writestr(about, content)
    return packed.getvalue()
