"""A published site to be examined: the demonstration bureau on a Wednesday in December, the same at each call."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from bureau.app import create_app
from bureau.kernel.localised import LocalisedText
from bureau.publishing.actions import publish_documents
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import Indicator, NotedFigure, Report, Withdrawal, Words
from bureau.reports.domain.public import PublicReport
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web.languages import LANGUAGES
from tests.audit._installing import FOLDER
from tests.factories.programmes import a_bureau, a_programme, with_changes
from tests.factories.reports import a_report
from tests.installation import migrate, settings

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
HOME = "golden-river/"
KINDS = {
    "home": HOME,
    "easy": f"{HOME}easy/",
    "accessibility": f"{HOME}accessibility/",
    "month": f"{HOME}2026-12/",
    "unpublished": f"{HOME}2027-01/",
    "filtered": f"{HOME}month/need/legal/",
    "need": f"{HOME}need/legal/",
    "service": f"{HOME}service/job-search/",
    "language": f"{HOME}language/fa/",
    "language and need": f"{HOME}language/fa/legal/",
    "organisation": f"{HOME}organisation/open-gate/",
    "reports": f"{HOME}report/",
    "report": f"{HOME}report/2026-11/",
    "withdrawn report": f"{HOME}report/2026-10/",
    "report of a quarter, some numbers hidden": f"{HOME}report/2026-06/",
    "report of a year": f"{HOME}report/2025-12/",
    "first report": f"{HOME}report/2025-01/",
    "lost": "lost.html",
    "down": "down.html",
}
"""One page of each kind, below its language."""


def documents(languages: tuple[str, ...] = tuple(LANGUAGES)) -> list[ProgrammeDocument]:
    """December after its changes."""
    bureau = a_bureau(languages=languages)
    return [with_changes(a_programme(bureau=bureau, closed=[date(2026, 12, 25)]), datetime(2026, 12, 5, tzinfo=UTC))]


def reports(app: Flask) -> list[PublicReport]:
    """One of each kind: October was taken back."""
    noted = (NotedFigure(code="events", number=3), NotedFigure(code="satisfied", number=22, of=26))
    name = LocalisedText({"en": "Times that somebody was helped", "bg": "Оказана помощ"})
    indicator = Indicator(code="O.2.3", donor="AMIF", name=name, at=Coordinates("2026-11", "consultations"))
    words = Words(story=LocalisedText({"en": "A calm month.", "ar": "كان شهراً هادئاً."}))
    november = replace(a_report(app, "2026-11", months=13), noted=noted, indicators=(indicator,), words=words)
    gone = Withdrawal(on=date(2026, 11, 20), note=LocalisedText({"en": "Counted twice.", "bg": "Отчетено два пъти."}))
    october = replace(a_report(app, "2026-10"), withdrawn=gone)
    found = [
        a_report(app, "2025-01", months=1), a_report(app, "2025-12", months=12),
        a_report(app, "2026-06", months=6, method="suppression"), october, november,
    ]  # fmt: skip
    return [PublicReport(month=one.month, mark=one.month, load=partial(_same, one)) for one in found]


def _same(report: Report) -> Report:
    return report


def a_second(languages: tuple[str, ...]) -> ProgrammeDocument:
    """The same in another city."""
    city = LocalisedText({"en": "Plovdiv", "bg": "Пловдив", "ar": "بلوفديف", "fa": "پلوودیو"})
    bureau = a_bureau("blue-hill", languages=languages, city=city, latitude=42.15, longitude=24.75)
    return a_programme(code="blue-hill", bureau=bureau)


@contextmanager
def whole_site() -> Iterator[tuple[Path, Path]]:
    """The folder of one bureau in every language; kept from one audit to the next, since only what changed is made."""
    folder = FOLDER / "site"
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "bureau.db"
    app = create_app(settings(folder, f"sqlite:///{database}"))
    with app.app_context():
        migrate(app)
        publish_documents(documents, now=NOW, reports={"golden-river": reports(app)})
    yield Path(app.config["PUBLISHED"]), database


@contextmanager
def published(found: list[ProgrammeDocument], base_url: str = "http://localhost") -> Iterator[tuple[Path, Path]]:
    """The folder of a site made of these, and a database with nothing in its tables."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "bureau.db"
        app = create_app(settings(Path(folder), f"sqlite:///{database}") | {"BASE_URL": base_url})
        with app.app_context():
            migrate(app)
            publish_documents(lambda: found, now=NOW)
        yield Path(app.config["PUBLISHED"]), database
