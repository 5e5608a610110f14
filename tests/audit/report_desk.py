"""The manager's pages of the monthly report hinder nobody, as axe sees them: each state of a month, in every language, on a phone and on a desktop."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from bureau.app import create_app
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau
from bureau.reports.actions import begin_series
from bureau.reports.actions.indicators import take_usual_indicators
from bureau.reports.models import ReportPreparation
from bureau.reports.queries import mark_now, preparation_row
from bureau.servicelog.actions import close_month
from bureau.web.languages import LANGUAGES
from tests.audit.axe import WIDTHS, wider
from tests.browser import axe
from tests.browser.serving import serving
from tests.factories.accounts import person, sign_in_as
from tests.factories.servicelog import a_logging_bureau, an_entry, logged
from tests.installation import migrate, settings
from tests.reports.standing import LAST, a_prepared_report, a_published_report
from tests.tools import chromium

BUREAU = "golden-river"
COLOURED = ("en ", "ar ")
MONTHS = [str(Month.parse(LAST).shifted(-back)) for back in range(6)]
PREPARED, PUBLISHED, WITHDRAWN, UNSAFE, AT_WORK, OVER = MONTHS
PAGES = (
    "", *(f"{month}/" for month in MONTHS), f"{PREPARED}/words", f"{PUBLISHED}/words", f"{PREPARED}/noted", f"{PUBLISHED}/noted",
    f"{PREPARED}/protection", f"{PREPARED}/compare", f"{PUBLISHED}/withdraw", "settings", f"settings/{PREPARED[:4]}",
    f"settings/{int(PREPARED[:4]) + 1}", "indicators", "indicators/new", "indicators/1", "indicators/1/delete", "tables",
    "tables?rows=SERVICE&columns=LANGUAGE", "tables?rows=SERVICE&columns=SERVICE",
)  # fmt: skip


def run(words: list[str]) -> bool:
    """Look at all of them, or at those in the languages named; print what hinders."""
    chromium.main()
    languages = words or list(LANGUAGES)
    with _desk() as (app, url), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        found = [line for language in languages for line in _in_language(app, url, browser, language)]
        browser.close()
    for line in found[:40]:
        sys.stdout.write(f"  {line}\n")
    sys.stdout.write(f"{len(languages) * len(PAGES) * len(WIDTHS)} pages; {len(found)} findings\n")
    return not found


@contextmanager
def _desk() -> Iterator[tuple[Flask, str]]:
    """A bureau in seven languages whose months stand in every state, served."""
    with TemporaryDirectory() as folder:
        app = create_app(settings(Path(folder), f"sqlite:///{Path(folder) / 'bureau.db'}"))
        with app.app_context():
            migrate(app)
            _furnish(app)
        with serving(app) as url:
            yield app, url
        with app.app_context():
            db.engine.dispose()


def _furnish(app: Flask) -> None:
    a_logging_bureau("open-gate", "lantern")
    get_bureau(BUREAU).languages = list(LANGUAGES)
    db.session.commit()
    begin_series(BUREAU, WITHDRAWN, actor="audit", now=utcnow())
    take_usual_indicators(BUREAU, actor="audit", now=utcnow())
    logged(*(an_entry(day=Month.parse(PREPARED).first) for _ in range(7)), now=utcnow())
    for month in MONTHS[:-1]:
        close_month(BUREAU, month, actor="audit", now=utcnow())
    a_prepared_report(app, PREPARED)
    a_published_report(app, PUBLISHED, bureau=get_bureau(BUREAU))
    note = LocalisedText(dict.fromkeys(LANGUAGES, "–"))
    row = a_published_report(app, WITHDRAWN, bureau=get_bureau(BUREAU))
    row.state, row.withdrawn_on, row.withdrawal = "withdrawn", Month.parse(PREPARED).first, note
    prepared = preparation_row(row.bureau_id, PREPARED)
    assert prepared is not None
    prepared.mark = mark_now(BUREAU, Month.parse(PREPARED), now=utcnow())
    unsafe = {"found": [["exact", []]], "unproven": 1}
    for month, state, outcome in ((UNSAFE, "unsafe", unsafe), (AT_WORK, "running", None)):
        times = {"started_at": utcnow(), "heard_at": utcnow() + timedelta(hours=1)}  # it is heard of as long as we look
        db.session.add(
            ReportPreparation(
                bureau_id=row.bureau_id, month=month, state=state, started_by="audit", outcome=outcome, done=1,
                total=3, **times,
            )
        )  # fmt: skip
    db.session.commit()


def _in_language(app: Flask, url: str, browser: Browser, language: str) -> Iterator[str]:
    client = app.test_client()
    with app.app_context():
        sign_in_as(client, person(language=language, manages=[get_bureau(BUREAU)]))
    cookie = client.get_cookie("session")
    assert cookie is not None
    context = browser.new_context(service_workers="block")
    context.add_cookies([{"name": "session", "value": cookie.value, "url": url}])
    page = context.new_page()
    for address, width in product(PAGES, WIDTHS):
        yield from _looked_at(page, f"{url}/desk/{BUREAU}/reports/{address}", width, f"{language} {address} at {width}")
    context.close()


def _looked_at(page: Page, address: str, width: int, where: str) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(address)
    if answer is None or answer.status not in (200, 422):
        yield f"{where}: answered {answer.status if answer else 'nothing'}"
        return
    colours = where.startswith(COLOURED)  # they are the same in every language
    yield from (f"{where}: {one}" for one in (*axe.hindrances(page, colours=colours), *wider(page)))
