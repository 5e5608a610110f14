"""Reports in the public site: their pages and the ways to them are there where one is published, and nowhere else."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.calendars.actions import SiteDrafts
from bureau.calendars.domain.files import PublicFile
from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText
from bureau.publishing.actions.given import Given
from bureau.publishing.actions.setting import draw, look, of_bureau
from bureau.reports import queries
from bureau.reports.domain.document import Report
from bureau.reports.domain.public import PublicReport
from bureau.reports.models import MonthReport
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.factories.organisations import a_bureau
from tests.factories.reports import a_report
from tests.publishing.conftest import small

NOW = datetime(2027, 1, 8, 9, tzinfo=UTC)


class WithReports(Given):
    """Programmes in hand, and reports."""

    def __init__(self, documents: Sequence[ProgrammeDocument], reports: Sequence[Report]) -> None:
        super().__init__(documents)
        self._reports = reports

    def reports(self, bureau: str) -> Sequence[PublicReport]:
        return [PublicReport(month=one.month, mark=one.month, load=lambda one=one: one) for one in self._reports]


def site(app: Flask, *reports: Report) -> dict[str, str]:
    """The pages of the bureau that have to do with reports, and its home, month and list of pages."""
    programmes = WithReports([small()], reports)
    wanted = ("/golden-river/index.html", "2026-12/index.html", "/report/index.html", "sitemap.xml", ".atom")
    with app.app_context():
        drafts = of_bureau(draw(NOW), "golden-river", programmes, programmes.of("golden-river"), several=False)
        chosen = [one for one in drafts.drafts if one[1].path.endswith(wanted)]
        files = list(SiteDrafts(version="1", drafts=chosen).files())
    assert not drafts.failed
    return {one.path: one.content.decode() for one in files if isinstance(one, PublicFile)}


def a_row(session: scoped_session[Session], report: Report, bureau_id: int) -> MonthReport:
    """The report as it is kept."""
    frame = report.to_json()
    row = MonthReport(
        bureau_id=bureau_id, month=report.month, state="published", published_at=NOW, release=frame["release"],
        frame={name: frame[name] for name in ("bureau", "name", "city", "languages", "published_on", "noted", "indicators")},
        summary=LocalisedText({"en": "A calm month."}),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row


def test_where_a_report_is_published_home_month_and_list_of_pages_lead_to_it(app: Flask) -> None:
    pages = site(app, a_report(app, months=1))

    assert "Monthly report" in pages["en/golden-river/report/2026-12/index.html"]
    assert "golden-river/report/2026-12/" in pages["en/golden-river/report/index.html"]
    assert "golden-river/report/2026-12/" in pages["en/golden-river/report/reports.atom"]
    assert 'href="/en/golden-river/report/"' in pages["en/golden-river/index.html"]
    assert 'href="/en/golden-river/report/2026-12/"' in pages["en/golden-river/2026-12/index.html"]
    assert "http://localhost/en/golden-river/report/2026-12/</loc>" in pages["en/golden-river/sitemap.xml"]


def test_the_look_has_all_that_the_page_of_a_report_is_drawn_with(app: Flask) -> None:
    page = site(app, a_report(app, months=1))["en/golden-river/report/2026-12/index.html"]

    with app.app_context():
        files = {look().address(name) for name in look().files}
    assert set(re.findall(r'"(/static/[^"#]+)', page)) <= files


def test_where_no_report_is_published_nothing_leads_to_one(app: Flask) -> None:
    pages = site(app)

    assert "en/golden-river/index.html" in pages
    assert [path for path, page in pages.items() if "/report/" in path or "/report/" in page] == []


def test_the_site_reads_published_reports_and_knows_when_one_changes(
    app: Flask, session: scoped_session[Session]
) -> None:
    place = a_bureau("golden-river")
    session.commit()
    before = queries.report_marks(), queries.public_reports("golden-river")
    row = a_row(session, a_report(app, months=1), place.id)

    (public,) = queries.public_reports("golden-river")
    mark = queries.report_marks()["golden-river"]
    assert before == ({}, ())
    assert public.load().words.summary.in_("en") == "A calm month."
    assert public.load() is public.load()

    row.text_version = 2
    session.commit()

    assert queries.report_marks()["golden-river"] != mark
    assert queries.public_reports("golden-river")[0].mark != public.mark


def test_a_draft_is_no_report(session: scoped_session[Session]) -> None:
    place = a_bureau("golden-river")
    db.session.flush()
    session.add(MonthReport(bureau_id=place.id, month="2026-12"))
    session.commit()

    assert queries.report_marks() == {}
    assert queries.public_reports("golden-river") == ()
