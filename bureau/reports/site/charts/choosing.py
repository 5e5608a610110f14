"""Which charts a report has, from its figures; their rows by size."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from babel.dates import format_date
from flask_babel import gettext

from bureau.kernel.month import Month
from bureau.reports.domain.cells import UNKNOWN, Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import ending_with
from bureau.reports.domain.plan import CONSULTATIONS, COVERED, HELD, PLANNED, SPOKEN_HELD, SPOKEN_PLANNED, UNMET
from bureau.reports.site.months import month_before, months_told
from bureau.reports.site.names import DIMENSIONS, Names
from bureau.reports.site.shown import Figure, figure_of, in_month
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .chart import Chart, Column, Row, column_of

SMALL_MONTHS = 6
ORDERED = ("VISIT", "SEX", "AGE", "WAITING", "INTERPRETATION", "OUTCOME")
"""Questions whose answers have an order of their own."""


def charts_of(report: Report, language: str) -> list[Chart]:
    """The charts in the order of the page; what the plan of the year has not is left out."""
    names = Names(report, language)
    outcome = gettext("What came of it")
    found = [
        _bars(report, names, "needs", CONSULTATIONS, gettext("What people came for")),
        _line(report, language),
        _multiples(report, names),
        _covered(report, names) or _both(report, names),
        _groups(report, names, "people", gettext("Who came"), ("VISIT", "SEX", "AGE", "STATUS")),
        _groups(report, names, "course", gettext("How people were helped"), ("WAITING", "INTERPRETATION", "OUTCOME"), OUTCOME=outcome),
        _bars(report, names, "vain", UNMET, gettext("What was asked for in vain")),
        _pairs(report, names),
    ]  # fmt: skip
    return [one for one in found if one is not None and one.rows]


def _bars(report: Report, names: Names, name: str, measure: str, title: str) -> Chart | None:
    """Needs by size, each with its services below it."""
    columns = _months_beside(report, names.language)
    needs = _by_size(_of_codes(report, names, measure, "SERVICE", names.below("SERVICE"), columns))
    if not any(row.figures[0] and row.figures[0].size > 0 and not row.figures[0].band for row in needs):
        return None
    sure = _surely_first(needs)
    rows = []
    for row in needs:
        parts = _of_codes(report, names, measure, "SERVICE", names.below("SERVICE", row.code), columns)
        rows += [row, *(replace(one, level=1) for one in _by_size(parts))]
    return Chart(
        name=name, kind="bars", title=title, about=names("MEASURE", measure), columns=columns, rows=tuple(rows), sure=sure,
        finding=gettext("Most often: %(what)s", what=needs[0].label) if sure else "",
    )  # fmt: skip


def _months_beside(report: Report, language: str) -> tuple[Column, ...]:
    """The month of the report, and the month before where there is one."""
    before = month_before(report)
    return tuple(column_of(month, language) for month in (report.month, before) if month)


def _of_codes(
    report: Report, names: Names, measure: str, dimension: str, codes: Sequence[str], columns: Sequence[Column]
) -> tuple[Row, ...]:
    months = [str(column.month) for column in columns]
    figures = [[_at(report, month, measure, dimension, code) for month in months] for code in codes]
    return _rows(names, dimension, codes, figures)


def _groups(
    report: Report, names: Names, name: str, title: str, dimensions: Sequence[str], **headings: str
) -> Chart | None:
    """What was asked beside service and language: each question with its answers."""
    columns, rows = _months_beside(report, names.language), list[Row]()
    for dimension in dimensions:
        answers = _of_codes(report, names, CONSULTATIONS, dimension, names.below(dimension), columns)
        if dimension not in ORDERED:
            answers = _by_size(answers)
        if any(row.figures[0] for row in answers):
            heading = headings.get(dimension) or str(DIMENSIONS[dimension])
            rows += [Row(label=heading, figures=()), *answers]
    about = names("MEASURE", CONSULTATIONS)
    return (
        Chart(name=name, kind="groups", title=title, about=about, columns=columns, rows=tuple(rows)) if rows else None
    )


def _at(report: Report, month: str, measure: str, dimension: str, code: str) -> Figure | None:
    return figure_of(report, Coordinates(month, measure).at(**{dimension.lower(): code}))


def _rows(
    names: Names, dimension: str, codes: Sequence[str], figures: Iterable[Sequence[Figure | None]]
) -> tuple[Row, ...]:
    rows = (
        Row(label=names(dimension, code), figures=tuple(of), last=code == UNKNOWN, code=code)
        for code, of in zip(codes, figures, strict=True)
    )
    return tuple(row for row in rows if any(row.figures))


def _by_size(rows: tuple[Row, ...], column: int = 0) -> tuple[Row, ...]:
    """The greatest first; what was not asked comes last."""
    return tuple(sorted(rows, key=lambda row: (row.last, -_size(row.figures[column]))))


def _size(figure: Figure | None) -> int:
    return figure.size if figure else -1


def _surely_first(rows: Sequence[Row], column: int = 0) -> bool:
    """Whether the first row is the greatest whatever the true numbers are."""
    first, *others = (row.figures[column] for row in rows) if rows else (None,)
    return bool(others) and first is not None and all(first.above(one) for one in others if one)


def _line(report: Report, language: str) -> Chart | None:
    figures = {month: in_month(report, month, CONSULTATIONS) for month in months_told(report)}
    return line_of("months", figures, about=Names(report, language)("MEASURE", CONSULTATIONS), language=language)


def line_of(name: str, known: Mapping[str, Figure | None], *, about: str, language: str) -> Chart | None:
    """A line from the first of these months to the last, those between them too; none where fewer than three have a number."""
    if sum(1 for one in known.values() if one and not one.hidden) < 3:
        return None
    figures = [(month, known.get(month)) for month in _through(min(known), max(known))]
    locale = LANGUAGES[language].locale
    rows = tuple(
        Row(
            label=formats.capital(column_of(month, language).label), figures=(one,), month=month,
            short=format_date(Month.parse(month).first, "LLL", locale=locale),
        )
        for month, one in figures
    )  # fmt: skip
    return Chart(
        name=name, kind="line", title=gettext("Month by month"), about=about, columns=(Column(label=about),), rows=rows,
        finding=_busiest(rows, language), span=tuple(column_of(month, language) for month in (min(known), max(known))),
    )  # fmt: skip


def _through(first: str, last: str) -> Iterator[str]:
    """Each month from the first to the last."""
    month = Month.parse(first)
    while str(month) <= last:
        yield str(month)
        month = month.shifted(1)


def _busiest(rows: Sequence[Row], language: str) -> str:
    """The month with most, where it surely is the one."""
    by_size = sorted((row for row in rows if row.figures[0]), key=lambda row: -_size(row.figures[0]))
    if not _surely_first(by_size):
        return ""
    return str(gettext("Most in %(month)s", month=formats.month_name(Month.parse(by_size[0].month or ""), language)))


def _multiples(report: Report, names: Names) -> Chart | None:
    """Languages through the last months; the first report of all has bars instead."""
    columns = tuple(column_of(month, names.language) for month in months_told(report)[-SMALL_MONTHS:])
    rows = _by_size(_of_codes(report, names, CONSULTATIONS, "LANGUAGE", names.below("LANGUAGE"), columns), column=-1)
    sure = _surely_first(rows, column=-1)
    return Chart(
        name="languages", kind="multiples" if len(columns) > 1 else "bars", title=gettext("Consultations by language"),
        about=names("MEASURE", CONSULTATIONS), columns=columns, rows=rows, lead=-1, sure=sure,
        span=(columns[0], columns[-1]) if len(columns) > 1 else (),
        finding=gettext("Most often: %(what)s", what=rows[0].label) if sure else "",
    )  # fmt: skip


def _both(report: Report, names: Names) -> Chart | None:
    """Where needs and languages met, in the month or in the quarter that it completes."""
    month, *longer = ending_with(report.month)
    period = next((one for one in (month, *longer[:1]) if _met(report, names, one, CONSULTATIONS)), None)
    if period is None:
        return None
    about = names("MEASURE", CONSULTATIONS)
    return _heat(report, names, "both", CONSULTATIONS, period, title=gettext("Needs and languages"), about=about)


def _covered(report: Report, names: Names) -> Chart | None:
    """In which languages each need was met at a session; languages that nobody spoke are named."""
    if not _met(report, names, report.month, COVERED):
        return None
    chart = _heat(
        report, names, "covered", COVERED, report.month, title=gettext("Which help there was in which language"),
        about=gettext("Sessions held, by need and language"),
    )  # fmt: skip
    silent = [names("LANGUAGE", tag) for tag in names.below("LANGUAGE") if _is_silent(report, tag)]
    listed = formats.listed(silent, names.language)
    return replace(chart, finding=gettext("No session in: %(languages)s", languages=listed) if silent else "")


def _met(report: Report, names: Names, period: str, measure: str) -> bool:
    need, tag = names.below("SERVICE")[0], names.below("LANGUAGE")[0]
    return in_month(report, period, measure, service=need, language=tag) is not None


def _is_silent(report: Report, tag: str) -> bool:
    held = in_month(report, report.month, SPOKEN_HELD, language=tag)
    return held is not None and held.value == 0


def _heat(report: Report, names: Names, name: str, measure: str, period: str, *, title: str, about: str) -> Chart:
    """Needs by languages, those first in which most was done."""
    tags = sorted(
        names.below("LANGUAGE"), key=lambda tag: -_size(in_month(report, period, CONSULTATIONS, language=tag))
    )
    needs = sorted(
        (code for code in names.below("SERVICE") if code != UNKNOWN),
        key=lambda need: -_size(in_month(report, period, measure, service=need)),
    )
    figures = [[in_month(report, period, measure, service=need, language=tag) for tag in tags] for need in needs]
    return Chart(
        name=name, kind="heat", title=title, about=about, rows=_rows(names, "SERVICE", needs, figures),
        columns=tuple(Column(label=names("LANGUAGE", tag)) for tag in tags),
    )  # fmt: skip


def _pairs(report: Report, names: Names) -> Chart | None:
    """Sessions held of those planned: in which language, and by which organisation."""
    ways = (("LANGUAGE", SPOKEN_HELD, SPOKEN_PLANNED), ("ORGANISATION", HELD, PLANNED))
    rows = list[Row]()
    for dimension, *measures in ways:
        codes = names.below(dimension)
        figures = [[_at(report, report.month, measure, dimension, code) for measure in measures] for code in codes]
        found = [row for row in _rows(names, dimension, codes, figures) if _size(row.figures[1]) > 0]
        if found:
            heading = Row(label=str(DIMENSIONS[dimension]), figures=())
            rows += [heading, *_by_size(tuple(found), column=1)]
    columns = tuple(Column(label=names("MEASURE", measure)) for measure in (HELD, PLANNED))
    return Chart(
        name="sessions", kind="pairs", title=gettext("Sessions planned and held"), about=names("MEASURE", HELD),
        columns=columns, rows=tuple(rows),
    ) if rows else None  # fmt: skip
