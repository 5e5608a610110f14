"""Numbers of a month that nobody logs: events, mentions in the media, answers to our question."""

from flask.typing import ResponseReturnValue

from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.actions.noting import note_figures
from bureau.reports.domain.series import LEAST_ANSWERS, NOTED
from bureau.reports.forms import NotedForm
from bureau.reports.queries.noted import noted_in
from bureau.web.desk import by_me, done, form_page
from bureau.web.editing import Stored, saved
from bureau.web.going import to
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint
from .words import begun_month


@blueprint.route("/desk/<bureau>/reports/<month>/noted", methods=["GET", "POST"], endpoint="report_noted")
@may_come(MANAGER)
def noted(bureau: str, month: str) -> ResponseReturnValue:
    """Write them down; once the month is published they can only be read."""
    place, wanted = places.get_bureau(bureau), begun_month(bureau, month)
    form = NotedForm(stored=_now_stored(place.id, month))

    def save() -> None:
        numbers = {code: form[code].data for code in NOTED}
        note_figures(bureau, month, numbers, version=form.version.data or 0, **by_me())

    if saved(form, save, lambda: _now_stored(place.id, month)):
        return done(to("report_noted", bureau=bureau, month=month))
    report = queries.report_of(place.id, month)
    return form_page(
        "reports/desk/noted.html", form, bureau=bureau, month=wanted, report=report, least=LEAST_ANSWERS
    )  # fmt: skip


def _now_stored(bureau_id: int, month: str) -> Stored:
    found = noted_in(bureau_id, month)
    return {code: found.numbers.get(code) for code in NOTED}, found.version
