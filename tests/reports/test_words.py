"""Words about the figures: drafted from them, telling no number that is not shown, corrected without moving a number."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.database import db
from bureau.kernel.errors import Several
from bureau.kernel.localised import LocalisedText
from bureau.reports import actions, queries
from bureau.reports.domain.cells import Cell, Coordinates
from bureau.reports.domain.said_numbers import YEARS, strange_numbers
from bureau.reports.models import MonthReport
from bureau.reports.site.numbers import numbers_of, strange_in
from bureau.reports.site.words import drafts_of
from bureau.web.languages import LANGUAGES
from tests.factories.accounts import manager_browser
from tests.factories.organisations import a_bureau
from tests.factories.reports import a_report
from tests.reports.standing import LAST, THEN, a_prepared_report, a_published_report

PAGE = f"/desk/golden-river/reports/{LAST}/words"
MONTHS = ("December", "décembre", "декември", "декабря", "ديسمبر", "آذر")
SHOWN = {5, 30, 120, 1250}


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("In December 2026 we helped 120 times, 37 of them on 9 December at 10:30, and 1,250 in the year.", ("37",)),
        ("Le 1er décembre, 1 250 consultations ; 12,5 % en arabe", ("12,5 %",)),
        ("На 9 декември имаше 0–4 случая и 18 нови на 09.12.2026 г.", ("18",)),
        ("9–12 декабря 30 120 и COVID-19, A4; 5 120", ()),
        ("في ٩ ديسمبر ٢٠٢٦ ساعدنا ١٢٠ مرة و٣٧ مرة", ("٣٧",)),
        ("۱۲ آذر: ۱۲۰ مشاوره و ۳۸ نفر", ("۳۸",)),
        ("0–4 and 4", ("4",)),
        ("37, 37 and 41. A third of 2026.", ("37", "41")),
        ("25% of all", ("25%",)),
    ],
)
def test_numbers_in_words_are_seen_in_any_script_and_dates_are_none(text: str, strange: tuple[str, ...]) -> None:
    assert strange_numbers(text, SHOWN, bands={(0, 4)}, months=MONTHS, years=YEARS) == strange


@pytest.mark.parametrize("method", ["rounding", "suppression"])
def test_a_draft_tells_no_number_that_the_report_does_not_show(app: Flask, method: str) -> None:
    report = a_report(app, method=method)
    with app.test_request_context("/"):
        drafts = drafts_of(report)

    words = {name: getattr(drafts, name).texts for name in queries.TEXTS}

    with app.test_request_context("/"):
        assert set(words["summary"]) == set(LANGUAGES)
        assert strange_in(report, words) == []
        assert strange_in(report, {"story": {"fa": "۹۹۹۳ نفر"}})[0].numbers == ("۹۹۹۳",)
        assert strange_in(report, {"story": {"uk": "Дев’ятсот дев’яносто дві жінки"}})[0].language == "uk"


def test_the_lowest_band_may_be_told_as_drafts_tell_it_and_in_no_other_words(app: Flask) -> None:
    report = a_report(app, months=1)
    total = Coordinates(report.month, "consultations")
    few = replace(report, release=replace(report.release, cells={**report.release.cells, total: Cell(0)}))

    with app.test_request_context("/"):
        drafts = drafts_of(few).summary.texts

        assert set(drafts) == set(LANGUAGES)
        assert strange_in(few, {"summary": drafts}) == []
        assert strange_in(few, {"summary": {"en": "Fewer than nine hundred consultations."}}) != []


@pytest.fixture
def desk(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A manager's browser."""
    return manager_browser(client, a_bureau())


def stored() -> MonthReport:
    row = queries.find_report(a_bureau().id, LAST)
    assert row is not None
    return row


def typed(**texts: str) -> dict[str, str]:
    """The form as it is sent: empty where nothing is said."""
    row = queries.find_report(a_bureau().id, LAST)
    boxes = {f"{name}-{tag}": "" for name in queries.TEXTS for tag in a_bureau().languages}
    return {
        **boxes,
        **{name.replace("_", "-"): text for name, text in texts.items()},
        "version": str(row.version if row else 0),
    }


def test_without_figures_words_can_be_written_and_the_page_says_why_there_are_no_drafts(desk: FlaskClient) -> None:
    page = desk.get(PAGE).text
    answer = desk.post(PAGE, data=typed(summary_bg="Спокоен месец. Дойдоха 37 души."))

    assert "No drafts yet" in page
    assert answer.status_code == 303
    assert stored().summary.texts == {"bg": "Спокоен месец. Дойдоха 37 души."}
    assert stored().state == "draft"


def test_drafts_of_a_prepared_report_are_taken_one_by_one_or_all_at_once_and_kept_only_when_saved(
    app: Flask, desk: FlaskClient
) -> None:
    a_prepared_report(app)

    one = desk.post(PAGE, data={**typed(summary_en="My own."), "take": "summary-bg"}).text
    every = desk.post(PAGE, data={**typed(summary_en="My own."), "take": "empty"}).text

    assert 'data-takes="summary-bg"' not in one
    assert 'data-takes="story-bg"' in one
    assert ">My own.</textarea>" in every
    assert 'data-takes="story-bg"' not in every
    assert queries.find_report(a_bureau().id, LAST) is None


def test_a_number_that_is_not_shown_is_pointed_out_and_may_be_kept_until_publication(
    app: Flask, desk: FlaskClient
) -> None:
    a_prepared_report(app)
    data = typed(summary_en="We helped 12345 times.")

    refused = desk.post(PAGE, data=data)
    kept = desk.post(PAGE, data={**data, "all_the_same": "1"})

    assert refused.status_code == 422
    assert "The report does not show this: 12345." in refused.text
    assert 'id="summary-en-error"' in refused.text
    assert "We helped 12345 times." in refused.text
    assert kept.status_code == 303
    assert stored().summary.in_("en") == "We helped 12345 times."


def test_words_of_a_published_report_are_corrected_and_its_numbers_stay_byte_for_byte(
    app: Flask, desk: FlaskClient
) -> None:
    row = a_published_report(app)
    numbers, shown = json.dumps(row.release), max(numbers_of(a_report(app, LAST, months=1))[0])

    refused = desk.post(PAGE, data={**typed(summary_en="12345 times."), "all_the_same": "1"})
    done = desk.post(PAGE, data=typed(summary_en=f"{shown} times."))

    assert (refused.status_code, "Save all the same" in refused.text) == (422, False)
    assert done.status_code == 303
    assert (stored().text_version, stored().summary.in_("en")) == (2, f"{shown} times.")
    assert json.dumps(stored().release) == numbers
    assert "Last written by Manager" in desk.get(PAGE).text


def test_words_that_may_tell_who_somebody_is_are_refused_beside_their_box(desk: FlaskClient) -> None:
    answer = desk.post(PAGE, data=typed(story_en="Then we met Fatima Haddad again.", story_bg="Добър месец."))

    assert answer.status_code == 422
    assert "This may tell who somebody is" in answer.text
    assert ('id="story-en-error"' in answer.text, 'id="story-bg-error"' in answer.text) == (True, False)
    assert "Then we met Fatima Haddad again." in answer.text
    assert "Save all the same" not in answer.text


def test_two_who_write_at_once_do_not_lose_each_others_words(desk: FlaskClient) -> None:
    late = typed(summary_en="Mine.")
    actions.correct_words("golden-river", LAST, {"summary": {"en": "Theirs."}}, version=0, actor="1", now=THEN)

    answer = desk.post(PAGE, data=late)

    assert answer.status_code == 422
    assert ("Mine." in answer.text, "Theirs." in answer.text) == (True, True)
    assert stored().summary.in_("en") == "Theirs."


def test_a_translation_that_is_older_than_its_source_or_missing_is_named(desk: FlaskClient) -> None:
    old = LocalisedText({"bg": "Нов", "en": "Old"}, {"en": "made of another text"})
    db.session.add(MonthReport(bureau_id=a_bureau().id, month=LAST, summary=old, story=LocalisedText({"bg": "Само"})))
    db.session.commit()

    page = desk.get(PAGE).text

    assert "The source has changed since" in page
    assert "No translation yet" in page


def test_nobody_writes_of_a_month_to_come(desk: FlaskClient) -> None:
    assert desk.get("/desk/golden-river/reports/2999-01/words").status_code == 404


def test_what_was_stored_before_is_not_held_against_who_changes_something_else(app: Flask, desk: FlaskClient) -> None:
    a_published_report(app, summary=LocalisedText({"en": "12345 once."}))

    done = desk.post(PAGE, data=typed(summary_en="12345 once.", summary_bg="Ново."))

    assert done.status_code == 303


def test_every_refusal_is_told_at_once(session: scoped_session[Session]) -> None:
    a_bureau()
    texts = {"summary": {"en": "Call 0887654321."}, "story": {"bg": "Пишете на z@example.org"}}

    with pytest.raises(Several) as caught:
        actions.correct_words("golden-river", LAST, texts, version=0, actor="1", now=THEN)

    assert [one.field for one in caught.value.problems] == ["summary-en", "story-bg"]
