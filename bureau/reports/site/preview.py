"""The public pages and files of a report before they are public."""

from datetime import date

from flask import current_app
from markupsafe import Markup

from bureau.calendars.domain.files import Address
from bureau.calendars.domain.place import Place
from bureau.calendars.site.reader import Asset, Reader, public_environment, written_languages
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.domain.public import PublicReport
from bureau.web.languages import writing_in

from .drafts import writers_of


def preview_of(
    report: Report, below: str, *, place: Place, language: str, today: date, root: str, banner: Markup, asset: Asset
) -> bytes | None:
    """The page or file of the report at the address ``below`` the bureau's own, its links kept below ``root``.

    None where the report has no such page, or the site is not written in that language.
    """
    if language not in written_languages(place):
        return None
    reader = Reader(
        place=place, language=language, today=today, base_url=current_app.config["BASE_URL"],
        environment=public_environment(asset), reports=(Month.parse(report.month),), root=root, banner=banner,
    )  # fmt: skip
    name = "" if below.rpartition("/")[2] else "index.html"
    wanted = f"{Address(below).path(language, place.bureau.code)[1:]}{name}"
    waiting = PublicReport(month=report.month, mark="waiting", load=lambda: report)
    with writing_in(language):
        drafts = (draft for writer in writers_of([waiting]) for draft in writer(reader))
        found = next((draft for draft in drafts if draft.path == wanted), None)
        return found.make() if found else None
