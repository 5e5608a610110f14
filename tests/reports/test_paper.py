"""A report on paper: marked for who cannot see it, the same bytes each time, and what was taken back says so on its cover."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from flask import Flask
from flask_babel import force_locale

from bureau.kernel.localised import LocalisedText
from bureau.reports.domain.document import NotedFigure, Report, Withdrawal, Words
from bureau.reports.site.files.posts import LONGEST, one_post, posts_of
from bureau.web.languages import LANGUAGES
from tests.factories.reports import a_report
from tests.reports.tagged import Part, read
from tests.reports.test_equality import paper

BASE = "https://bureau.example"


def a_pdf(app: Flask, report: Report, language: str) -> bytes:
    """The report on paper in that language."""
    with app.app_context(), force_locale(LANGUAGES[language].locale):
        return paper(report, language)


@pytest.fixture(scope="module")
def withdrawn(app: Flask) -> Report:
    """A report that was taken back, with all that a cover can hold."""
    summary = LocalisedText(
        {"en": "Many people came and most of them left with an answer to what they had asked. " * 7}
    )
    words = Words(
        summary=summary, story=LocalisedText({"en": "A calm month.\nNobody was turned away.", "ar": "كان شهراً هادئاً."})
    )
    gone = Withdrawal(on=date(2027, 2, 1), note=LocalisedText({"en": "Counted twice."}))
    noted = (
        NotedFigure(code="events", number=3),
        NotedFigure(code="media", number=2),
        NotedFigure(code="satisfied", number=22, of=26),
    )
    return replace(a_report(app, months=2), words=words, noted=noted, withdrawn=gone)


def test_a_pdf_is_tagged_and_has_its_language_bookmarks_and_fonts_and_is_the_same_each_time(
    app: Flask, withdrawn: Report
) -> None:
    pdf = a_pdf(app, withdrawn, "en")

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root, outline = reader.trailer["/Root"], reader.outline
    assert pdf == a_pdf(app, withdrawn, "en")
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert [one.title for one in outline if not isinstance(one, list)] == ["Monthly report\xa0December 2026"]
    assert {"What happened", "How to read this"} <= {one.title for one in outline[1] if not isinstance(one, list)}
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert all("/FontFile" in str(list(font["/DescendantFonts"][0]["/FontDescriptor"])) for font in fonts)


def test_a_table_names_its_columns_and_its_rows(app: Flask, withdrawn: Report) -> None:
    pdf = a_pdf(app, withdrawn, "en")

    (table, *_) = read(pdf).all("Table")
    heads, row, *_ = table.all("TR")
    assert [(one.kind, one.text) for one in heads.inside if isinstance(one, Part)] == [
        ("TH", ""), ("TH", "December 2026"), ("TH", "November 2026"),
    ]  # fmt: skip
    assert [one.kind for one in row.inside if isinstance(one, Part)] == ["TH", "TD", "TD"]
    assert set(re.findall(rb"/S/TH/.*/Scope/(\w+)", pdf)) == {b"Column", b"Row"}
    assert b"/S/TD" in pdf
    assert b"/Headers[(" not in pdf


def test_a_cover_says_first_that_a_report_was_taken_back_and_every_page_after_it(app: Flask, withdrawn: Report) -> None:
    pdf = a_pdf(app, withdrawn, "en")

    cover, *others = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert cover.index("withdrawn on 1 February 2027") < cover.index("Counted twice.") < cover.index("Consultations")
    assert [page for page in others if "withdrawn on 1 February 2027" not in page] == []
    assert "bureau.example/en/golden-river/report/2026-12" in cover
    assert [one.text for one in read(pdf).all("P") if "turned away" in one.text] == ["Nobody was turned away."]


def test_a_pdf_from_right_to_left_can_be_read_back(app: Flask, withdrawn: Report) -> None:
    pdf = a_pdf(app, withdrawn, "ar")

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = " ".join(page.extract_text() for page in reader.pages)
    names = [one.labels["ar"] for name in ("LANGUAGE", "MEASURE") for one in withdrawn.release.dimensions[name].codes]
    words = {word.strip("()") for name in names[:14] for word in name.split()}
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert len({word for word in words if word in text}) >= len(words) * 0.8
    assert "0–4" in text
    assert "22 من 26" in text


def test_a_post_is_short_in_every_language_and_none_tells_the_numbers_of_what_was_taken_back(
    app: Flask, withdrawn: Report
) -> None:
    long = LocalisedText(dict.fromkeys(withdrawn.languages, "A bureau with a very long name " * 8))

    with app.app_context():
        posts = posts_of(replace(withdrawn, withdrawn=None), BASE)
        named = posts_of(replace(withdrawn, withdrawn=None, name=long), BASE)
        gone = posts_of(withdrawn, BASE)
        together = one_post(replace(withdrawn, withdrawn=None), BASE, first="fa")

    assert list(posts) == list(withdrawn.languages)
    assert max(len(post) for post in (*posts.values(), *named.values())) <= LONGEST
    assert all(post.endswith(f"\n{BASE}/{tag}/golden-river/report/2026-12/") for tag, post in named.items())
    assert "withdrawn on 1 February 2027" in gone["en"]
    assert "consultation" not in gone["en"]
    assert together.startswith(posts["fa"])
    assert all(post in together for post in posts.values())
