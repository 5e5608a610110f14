"""Which charts a report has, from its figures: rows by size, names as they were when it was published."""

from collections.abc import Iterable, Sequence

from babel.dates import format_date
from flask_babel import gettext

from bureau.kernel.month import Month
from bureau.reports.domain.cells import TOTAL, UNKNOWN, Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import CONSULTATIONS, HELD, PLANNED, UNMET
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .charts import Chart, Column, Row
from .shown import Figure, figure_of, in_month

MONTHS = 13
"""So many months stand in a line: a year, and the same month of the year before."""
SMALL_MONTHS = 6


class Names:
    """What the codes of a report are called in a language."""

    def __init__(self, report: Report, language: str) -> None:
        """The names as they were frozen with the numbers."""
        self._dimensions, self.language = report.release.dimensions, language
        self._labels = {
            (dimension.id, code.code): code.labels
            for dimension in self._dimensions.values()
            for code in dimension.codes
        }

    def __call__(self, dimension: str, code: str) -> str:
        """The name in the language, else in English, else the code."""
        labels = self._labels.get((dimension, code), {})
        return labels.get(self.language) or labels.get("en") or next(iter(labels.values()), code)

    def below(self, dimension: str, code: str = TOTAL) -> list[str]:
        """The codes directly below one."""
        return list(self._dimensions[dimension].children.get(code, ()))


def charts_of(report: Report, language: str) -> list[Chart]:
    """The charts in the order of the page; what the plan of the year has not is left out."""
    names = Names(report, language)
    found = [
        _bars(report, names, "needs", CONSULTATIONS, "SERVICE", names.below("SERVICE"), gettext("What people came for")),
        _line(report, language),
        _multiples(report, names),
        _heat(report, names),
        _bars(report, names, "vain", UNMET, "SERVICE", names.below("SERVICE"), gettext("What was asked for in vain")),
        _pairs(report, names),
        _bars(report, names, "outcome", CONSULTATIONS, "OUTCOME", names.below("OUTCOME"), gettext("What came of it")),
        _bars(report, names, "waiting", CONSULTATIONS, "WAITING", names.below("WAITING"), gettext("How long people waited"), by_size=False),
    ]  # fmt: skip
    return [one for one in found if one is not None and one.rows]


def months_told(report: Report) -> list[str]:
    """The months that the report knows, oldest first, its own last."""
    since = str(Month.parse(report.month).shifted(1 - MONTHS))
    return [*(one.id for one in report.earlier if since <= one.id < report.month), report.month]


def month_before(report: Report) -> str | None:
    """The month before, if it was published."""
    before = str(Month.parse(report.month).shifted(-1))
    return before if before in months_told(report) else None


def year_before(report: Report) -> str | None:
    """The same month of the year before, if it was published."""
    before = str(Month.parse(report.month).shifted(-12))
    return before if before in months_told(report) else None


def month_column(month: str, language: str) -> Column:
    """A column of a month."""
    return Column(label=formats.month_name(Month.parse(month), language), month=month)


def _bars(
    report: Report, names: Names, name: str, measure: str, dimension: str, codes: Sequence[str], title: str,
    *, by_size: bool = True,
) -> Chart | None:  # fmt: skip
    language, before = names.language, month_before(report)
    months = [report.month, *([before] if before else [])]
    rows = _rows(
        names, dimension, codes, [[_at(report, month, measure, dimension, code) for month in months] for code in codes]
    )
    if by_size:
        rows = _by_size(rows)
    if not any(row.figures[0] and row.figures[0].size > 0 and not row.figures[0].band for row in rows):
        return None
    sure = by_size and _surely_first(rows)
    return Chart(
        name=name, kind="bars", title=title, about=names("MEASURE", measure),
        columns=tuple(month_column(month, language) for month in months), rows=rows, sure=sure,
        finding=gettext("Most often: %(what)s", what=rows[0].label) if sure else "",
    )  # fmt: skip


def _at(report: Report, month: str, measure: str, dimension: str, code: str) -> Figure | None:
    return figure_of(report, Coordinates(month, measure).at(**{dimension.lower(): code}))


def _rows(
    names: Names, dimension: str, codes: Sequence[str], figures: Iterable[Sequence[Figure | None]]
) -> tuple[Row, ...]:
    rows = (
        Row(label=names(dimension, code), figures=tuple(of), last=code == UNKNOWN)
        for code, of in zip(codes, figures, strict=True)
    )
    return tuple(row for row in rows if any(row.figures))


def _by_size(rows: tuple[Row, ...], column: int = 0) -> tuple[Row, ...]:
    """The greatest first; what was not asked comes last."""
    return tuple(sorted(rows, key=lambda row: (row.last, -_size(row.figures[column]))))


def _size(figure: Figure | None) -> int:
    return figure.size if figure else -1


def _surely_first(rows: tuple[Row, ...]) -> bool:
    """Whether the first row is the greatest whatever the true numbers are."""
    first, *others = (row.figures[0] for row in rows)
    return bool(others) and first is not None and all(first.above(one) for one in others if one)


def _line(report: Report, language: str) -> Chart | None:
    months = months_told(report)
    figures = [in_month(report, month, CONSULTATIONS) for month in months]
    if sum(1 for one in figures if one and not one.hidden) < 3:
        return None
    locale = LANGUAGES[language].locale
    rows = tuple(
        Row(
            label=formats.capital(month_column(month, language).label), figures=(one,), month=month,
            short=format_date(Month.parse(month).first, "LLL", locale=locale),
        )
        for month, one in zip(months, figures, strict=True)
    )  # fmt: skip
    about = Names(report, language)("MEASURE", CONSULTATIONS)
    return Chart(
        name="months",
        kind="line",
        title=gettext("Month by month"),
        about=about,
        columns=(Column(label=about),),
        rows=rows,
    )


def _multiples(report: Report, names: Names) -> Chart | None:
    months, codes = months_told(report)[-SMALL_MONTHS:], names.below("LANGUAGE")
    if len(months) < 2:
        return None
    figures = [[_at(report, month, CONSULTATIONS, "LANGUAGE", code) for month in months] for code in codes]
    rows = _by_size(_rows(names, "LANGUAGE", codes, figures), column=-1)
    columns = tuple(month_column(month, names.language) for month in months)
    return Chart(
        name="languages", kind="multiples", title=gettext("Consultations by language"), about=names("MEASURE", CONSULTATIONS),
        columns=columns, rows=rows, lead=-1,
    )  # fmt: skip


def _heat(report: Report, names: Names) -> Chart | None:
    needs = [row for row in names.below("SERVICE") if row != UNKNOWN]
    by_size = sorted(
        names.below("LANGUAGE"), key=lambda tag: -_size(in_month(report, report.month, CONSULTATIONS, language=tag))
    )
    figures = [
        [in_month(report, report.month, CONSULTATIONS, service=need, language=tag) for tag in by_size] for need in needs
    ]
    rows = _by_size(_rows(names, "SERVICE", needs, figures))
    return Chart(
        name="both", kind="heat", title=gettext("Needs and languages"), about=names("MEASURE", CONSULTATIONS),
        columns=tuple(Column(label=names("LANGUAGE", tag)) for tag in by_size), rows=rows,
    )  # fmt: skip


def _pairs(report: Report, names: Names) -> Chart | None:
    codes = names.below("ORGANISATION")
    figures = [
        [_at(report, report.month, measure, "ORGANISATION", code) for measure in (HELD, PLANNED)] for code in codes
    ]
    rows = tuple(row for row in _rows(names, "ORGANISATION", codes, figures) if _size(row.figures[1]) > 0)
    columns = tuple(Column(label=names("MEASURE", measure)) for measure in (HELD, PLANNED))
    return Chart(
        name="sessions", kind="pairs", title=gettext("Sessions planned and held"), about=names("MEASURE", HELD),
        columns=columns, rows=_by_size(rows, column=1),
    )  # fmt: skip
