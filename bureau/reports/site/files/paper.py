"""A report on paper: everything that its PDF says, as plain data for the template, in one language."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from flask_babel import gettext

from bureau.calendars.domain.files import report_address
from bureau.calendars.site.print.pictures import code, pictures
from bureau.calendars.site.print.words import short
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.site.charts.chart import Chart
from bureau.reports.site.charts.drawing import told
from bureau.reports.site.charts.shapes import heat_of
from bureau.reports.site.definitions import definitions_of, method_of
from bureau.reports.site.headlines import Headline, headlines_of
from bureau.reports.site.listings import Listing, listings_of
from bureau.reports.site.parts import Crossed, Drawn, Longer, Part, longer_of, parts_of
from bureau.reports.site.shown import Figure
from bureau.reports.site.words import lede_of
from bureau.reports.site.written import indicators_of, noted_of, paragraphs, taken_back
from bureau.web import formats
from bureau.web.languages import LANGUAGES

TEMPLATE = "report"
Data = dict[str, Any]
Shade = Callable[[Figure], str]


def report_data(report: Report, language: str, base_url: str) -> Data:
    """All that the PDF says; to be made with that language as the one of ``gettext``."""
    month = Month.parse(report.month)
    url = base_url + report_address(month).path(language, report.bureau)
    shown = formats.capital(formats.month_name(month, language))
    return {
        "title": formats.dotted((gettext("Monthly report"), shown, report.name.in_(language))),
        "bureau": report.name.in_(language), "city": report.city.in_(language), "month": shown,
        "language": language, "direction": LANGUAGES[language].direction,
        "url": url, "short": short(url), "qr": code(url), "icons": pictures(),
        "withdrawn": [words for _, words in taken_back(report, language)],
        "lede": _told(lede_of(report, language)), "headlines": _headlines(report, language),
        "story": _told(paragraphs(report.words.story, language)),
        "lessons": _told(paragraphs(report.words.lessons, language)),
        "parts": [_part(one, language) for one in parts_of(report, language)],
        "method": method_of(report), "definitions": [one.words(language) for one in definitions_of(report)],
        "indicators": [[one.label(language), one.figure.words(language)] for one in indicators_of(report)],
        "listings": [_listing(one, language) for one in listings_of(report, language)],
        "longer": [_longer(one, language) for one in longer_of(report, language)],
        "words": _words(report, language),
    }  # fmt: skip


def _words(report: Report, language: str) -> dict[str, str]:
    return {
        "report": gettext("Monthly report"),
        "published": gettext("Published on %(date)s.", date=formats.day_full(report.published_on, language)),
        "happened": gettext("What happened"),
        "learned": gettext("What we learned"),
        "reading": gettext("How to read this"),
        "indicators": gettext("Indicators for donors"),
        "figures": gettext("All figures"),
        "further": gettext("Rows and columns with nothing or next to nothing are left out here. The files have them."),
        "sums": ""
        if report.release.method == "suppression"
        else gettext(
            "These are the sums of the months as they are shown. So they may be further from the true number than a month is."
        ),
        "live": gettext("All figures, tables and open data:"),
    }


def _told(words: Iterable[tuple[str, str]]) -> list[Data]:
    return [
        {"text": said, "lang": tag.partition("-")[0], "rtl": tag in LANGUAGES and LANGUAGES[tag].direction == "rtl"}
        for tag, said in words
    ]


def _headlines(report: Report, language: str) -> list[Data]:
    """The figures of the cover."""
    return [
        *(_headline(one, language) for one in headlines_of(report, language)),
        *({"label": one.label, "number": one.words(language), "beside": []} for one in noted_of(report)),
    ]


def _headline(one: Headline, language: str) -> Data:
    """A figure with what it was before."""
    beside = [
        gettext("%(number)s in %(month)s", number=figure.words(language), month=column.label)
        for column, figure in one.beside
    ]
    return {"label": one.label, "number": one.now.words(language), "beside": beside}


def _part(part: Part, language: str) -> Data:
    return {"title": part.title, "charts": [_chart(one, language) for one in part.charts]}


def _chart(drawn: Drawn, language: str) -> Data:
    """A chart with its table, which on paper is by need: services stand among all figures. A heat map is its table."""
    chart = drawn.chart
    rows = [row for row in chart.rows if row.level == 0]
    sizes = [one.size for row in rows for one in row.figures if one]
    shade = partial(_shade, most=max(sizes, default=0)) if chart.kind == "heat" else None
    return {
        "kind": chart.kind, "title": chart.title, "about": _about(chart), "finding": chart.finding,
        "note": _note(chart), "alt": told(chart, language), "svg": "" if chart.kind == "heat" else str(drawn.picture),
        "columns": [formats.capital(one.label) for one in chart.columns],
        "rows": [_row(row.label, 0 if row.is_heading else 1, row.figures, language, shade) for row in rows],
    }  # fmt: skip


def _about(chart: Chart) -> str:
    """What is counted, and from which month to which."""
    through = " – ".join(one.label for one in chart.span)
    return formats.dotted((chart.about, through)) if through else chart.about


def _note(chart: Chart) -> str:
    """What a bar and the line in it are."""
    if chart.kind not in ("bars", "groups") or len(chart.columns) < 2:
        return ""
    month, before = (one.label for one in chart.columns[:2])
    return str(gettext("A bar is %(month)s, the line in it %(before)s.", month=month, before=before))


def _row(label: str, depth: int, figures: Sequence[Figure | None], language: str, shade: Shade | None = None) -> Data:
    """A line of a table; what the plan has not is a dash."""
    cells = [one.words(language) if one else "–" for one in figures]
    return {
        "label": label, "depth": depth, "cells": cells,
        "shades": [shade(one) if one and shade else "" for one in figures],
    }  # fmt: skip


def _shade(figure: Figure, most: int) -> str:
    return heat_of(figure, most)


def _listing(one: Listing, language: str) -> Data:
    rows = [_row(row.label, row.depth, figures, language) for row, figures in one.rows]
    return {"title": one.title, "columns": list(one.columns), "rows": rows, "left": _left_out(one.left, language)}


def _longer(one: Longer, language: str) -> Data:
    """The tables of two dimensions of a period, and before them its headlines where it is longer than the month."""
    return {
        "title": one.title, "period": formats.capital(one.period.label),
        "headlines": [_headline(line, language) for line in one.headlines],
        "tables": [_crossed(table, language) for table in one.tables],
    }  # fmt: skip


def _crossed(table: Crossed, language: str) -> Data:
    rows = [
        {
            "label": row.label, "depth": row.depth, "shades": [shade for _, shade in figures],
            "cells": [figure.words(language) if figure else "–" for figure, _ in figures],
        }
        for row, figures in table.rows
    ]  # fmt: skip
    return {"title": table.title, "columns": [one.label for one in table.columns], "rows": rows, "whole": table.whole}


def _left_out(names: tuple[str, ...], language: str) -> str:
    if not names:
        return ""
    listed = formats.listed(names, language)
    return str(gettext("These have only the smallest numbers and are not listed: %(names)s.", names=listed))
