"""What is protected in a report and why, and what is different from the month before: for the manager."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.document import Report
from bureau.reports.site.comparing import compared, totals
from bureau.reports.site.months import month_before
from bureau.reports.site.protection import protected_tables, table_title
from bureau.web.going import see
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/reports/<month>/protection")
@may_come(MANAGER)
def protection(bureau: str, month: str) -> ResponseReturnValue:
    """Table by table: what is shown as it is, as a band, or not at all; and what the attack found."""
    place, report = places.get_bureau(bureau), _report(bureau, month)
    if report is None:
        return _not_prepared(bureau, month)
    return render_template(
        "reports/desk/protection.html", bureau=bureau, month=Month.parse(month), report=report,
        tables=protected_tables(report, current_language()), how=queries.how_protected(place.id, month), title=table_title,
    )  # fmt: skip


@blueprint.get("/desk/<bureau>/reports/<month>/compare")
@may_come(MANAGER)
def compare(bureau: str, month: str) -> ResponseReturnValue:
    """What is shown beside what was shown of the month before; a difference only where it is surely one."""
    report = _report(bureau, month)
    if report is None:
        return _not_prepared(bureau, month)
    before, language = month_before(report), current_language()
    return render_template(
        "reports/desk/compare.html", bureau=bureau, month=Month.parse(month), before=before and Month.parse(before),
        totals=totals(report, before, language) if before else (),
        groups=compared(report, before, language) if before else (),
    )  # fmt: skip


def _report(bureau: str, month: str) -> Report | None:
    place = places.get_bureau(bureau)
    today = local_date(utcnow(), place.timezone)
    return queries.prepared_report(place.id, month, on=today) or queries.report_of(place.id, month)


def _not_prepared(bureau: str, month: str) -> ResponseReturnValue:
    flash(gettext("There is nothing to look at yet: the report is not prepared."), "thin")
    return see("month", bureau=bureau, month=month)
