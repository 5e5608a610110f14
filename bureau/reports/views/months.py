"""The months of a bureau and their reports."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.actions.scheduling import publish_when_green
from bureau.reports.domain.preparing import next_to_do
from bureau.web.desk import by_me
from bureau.web.formats import at
from bureau.web.going import see
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/reports/")
@may_come(MANAGER)
def months(bureau: str) -> str:
    """Every month with where its report stands, the newest first."""
    place = places.get_bureau(bureau)
    found = queries.standings(bureau, now=utcnow())
    return render_template(
        "reports/desk/months.html", bureau=bureau, series=queries.get_series(place.id), reports=found,
        following=next_to_do(found), when=lambda moment: at(moment, place.timezone, current_language()),
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/reports/by-itself")
@may_come(MANAGER)
def by_itself(bureau: str) -> ResponseReturnValue:
    """Whether reports are published by themselves once nothing is left to do."""
    itself = request.form.get("itself") == "yes"
    publish_when_green(bureau, itself=itself, **by_me())
    flash(gettext("Saved."), "ok")
    return see("months", bureau=bureau)
