"""Every number of every file of a report, read back: both methods, each kind of month, seven languages; and the open data by Frictionless.

``make audit ARGS="report ar fa"`` takes some languages only.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from flask_babel import force_locale

from bureau.calendars.domain.files import Draft
from bureau.calendars.domain.place import places_of
from bureau.calendars.site.reader import Reader, public_environment
from bureau.kernel.month import Month
from bureau.kernel.typeset import typesetting
from bureau.reports.domain.cells import Cell, Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.public import PublicReport
from bureau.reports.site.drafts import writers_of
from bureau.reports.site.files.bundle import bundle_zip
from bureau.web.languages import LANGUAGES
from tests.audit._installing import python_with
from tests.audit._making import application
from tests.bench.measuring import table
from tests.factories.programmes import a_programme
from tests.factories.reports import a_report
from tests.reports.in_words import BASE, wrong_in_feed, wrong_in_head, wrong_in_post, wrong_in_posts, wrong_in_words
from tests.reports.on_page import wrong_in_tables
from tests.reports.on_paper import Paper, wrong_in_alternatives
from tests.reports.test_equality import bundles_of, with_more
from tests.reports.test_pages import article, bundled, wrong_numbers
from tests.reports.truth import Open, opened, wrong_in_table, wrong_in_workbook

METHODS = ("rounding", "suppression")
MONTHS = {"2026-12": 12, "2026-06": 6, "2026-11": 2, "2026-01": 1}
"""A year with its quarter, a quarter, an ordinary month, and the first of all; with how many months the series has."""


def run(words: list[str]) -> bool:
    """Make all files and read them again; a line for each report in each language."""
    languages = [tag for tag in LANGUAGES if tag in words] or list(LANGUAGES)
    rows, found = list[list[object]](), list[str]()
    with application() as app, app.app_context(), typesetting():
        for method in METHODS:
            for month, months in MONTHS.items():
                report = with_more(a_report(app, month, months=months, method=method))
                found += [f"{method} {month}: {one}" for one in _not_frictionless(report)]
                bundles, cells = bundles_of(report), bundled(report)
                for language in languages:
                    checked, wrong = _read_back(report, language, bundles, cells)
                    rows.append([method, month, language, checked, len(wrong)])
                    found += [f"{method} {month} {language}: {one}" for one in wrong]
                sys.stdout.write(f"{method} {month}: {len(found)} findings so far\n")
                sys.stdout.flush()
    table("Every number read back", ["method", "month", "language", "numbers", "wrong"], rows)
    sys.stdout.write("\n".join([*found[:40], f"{len(found)} findings", ""]))
    return not found


def _read_back(
    report: Report, language: str, bundles: list[bytes], cells: dict[Coordinates, Cell]
) -> tuple[int, list[str]]:
    """How many numbers were looked up, and those that are not what the open data say."""
    with force_locale(LANGUAGES[language].locale):
        files, truth = files_of(report, language), opened(bundles, language)
        wrong = [*_wrong(files, report, truth), *_wrong_pages(files, report, truth, cells)]
        return truth.checked, wrong


def files_of(report: Report, language: str) -> dict[str, bytes]:
    """All files of a report in a language, with the variants of its page, and the list and the feed of its series."""
    return {one.path: one.make() for one in drafts_of(report, language)}


def drafts_of(report: Report, language: str) -> Iterator[Draft]:
    """Its own files and the list and the feed of its series, before they are made; within that language."""
    (place,) = places_of([a_programme()])
    series = [*earlier_of(report), report]
    reader = Reader(
        place=place, language=language, today=date(2027, 1, 8), base_url=BASE,
        environment=public_environment(lambda name: f"/static/{name}"),
        reports=tuple(Month.parse(one.month) for one in series),
    )  # fmt: skip
    public = [PublicReport(month=one.month, mark=one.month, load=lambda one=one: one) for one in series]
    above = f"/{report.bureau}/report/"
    own = (f"{above}{report.month}/", f"{above}index.html", f"{above}reports.atom")
    drafts = (draft for write in writers_of(public) for draft in write(reader))
    return (draft for draft in drafts if any(path in draft.path for path in own))


def earlier_of(report: Report) -> list[Report]:
    """The reports before it, as each was published."""
    return [
        replace(report, month=one.id, release=one, earlier=report.earlier[:place], indicators=(), noted=())
        for place, one in enumerate(report.earlier)
    ]


def _wrong(files: dict[str, bytes], report: Report, truth: Open) -> Iterator[str]:
    beside = {path.rpartition("/")[2]: content for path, content in files.items() if not path.endswith(".html")}
    yield from wrong_in_table(beside["report.csv"], truth)
    yield from wrong_in_workbook(beside["report.xlsx"], truth)
    yield from Paper(beside["report.pdf"], report, truth).wrong()
    yield from wrong_in_alternatives(report, truth)
    yield from wrong_in_words(report, truth)
    yield from wrong_in_post(report, truth)
    yield from wrong_in_posts(beside["posts.txt"], report, truth)
    yield from wrong_in_feed(beside["reports.atom"].decode(), report, truth)
    if beside["bundle.zip"] != bundle_zip(report):
        yield "the bundle for download is another"


def _wrong_pages(files: dict[str, bytes], report: Report, truth: Open, cells: dict[Coordinates, Cell]) -> Iterator[str]:
    """The page and the list of reports, by other digits and another calendar too, with what programs read of them."""
    for path, page in files.items():
        if not path.endswith("/index.html"):
            continue
        yield from (f"{path}: {one}" for one in wrong_numbers(page, report, cells, truth.language))
        yield from (f"{path}: {one}" for one in wrong_in_head(page, report, truth))
        if path.startswith(f"{truth.language}/"):
            yield from wrong_in_tables(article(page), report, truth)


def _not_frictionless(report: Report) -> Iterator[str]:
    """What Frictionless finds in the package."""
    program = python_with("frictionless", "frictionless>=5") / "frictionless"
    with TemporaryDirectory() as folder:
        with ZipFile(BytesIO(bundle_zip(report))) as archive:
            archive.extractall(folder)
        told = subprocess.run(
            [program, "validate", "--json", "datapackage.json"], cwd=folder, capture_output=True, text=True, check=False
        )
    said = json.loads(told.stdout)
    if not said["valid"]:
        yield f"Frictionless: {json.dumps(said['errors'] or said['tasks'])[:400]}"
