"""What the bureau wants covered: a table, and each line on a page of its own."""

from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries as catalogue
from bureau.organisations.queries import get_bureau
from bureau.rotation.actions import demand as actions
from bureau.rotation.forms.demand import PERIODS, DemandForm
from bureau.rotation.queries import demand as queries
from bureau.web.desk import ask_and_delete, by_me, done, form_page
from bureau.web.editing import Stored, saved
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint

PLAIN = ("per", "service", "language", "minimum", "target", "weight")


@blueprint.get("/desk/<bureau>/demand/")
@may_come(MANAGER)
def demand(bureau: str) -> ResponseReturnValue:
    """Everything that is wanted."""
    place = get_bureau(bureau)
    listed = sorted(queries.demand(place.id), key=lambda row: list(PERIODS).index(row.per))
    return render_template(
        "rotation/demand.html", bureau=bureau, rows=listed, periods=PERIODS, sources=queries.sources_of(place.id)
    )


@blueprint.route("/desk/<bureau>/demand/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_demand(bureau: str) -> ResponseReturnValue:
    """One more."""
    get_bureau(bureau)
    form = _form(({"per": "week", "minimum": 1, "target": 1, "weight": 1}, 0))
    if saved(form, lambda: actions.add_demand(bureau, form.typed(*PLAIN), **by_me())):
        return done(url_for("rotation.demand", bureau=bureau))
    return form_page("rotation/demand_line.html", form, bureau=bureau, heading=gettext("One more demand"))


@blueprint.route("/desk/<bureau>/demand/<int:line>/", methods=["GET", "POST"])
@may_come(MANAGER)
def demand_line(bureau: str, line: int) -> ResponseReturnValue:
    """Change one line."""
    form = _form(_now_stored(bureau, line))

    def save() -> None:
        actions.edit_demand(bureau, line, form.version.data or 0, form.typed(*PLAIN), **by_me())

    if saved(form, save, lambda: _now_stored(bureau, line)):
        return done(url_for("rotation.demand", bureau=bureau))
    return form_page(
        "rotation/demand_line.html", form, bureau=bureau, line=line, heading=_name(bureau, line)
    )  # fmt: skip


@blueprint.route("/desk/<bureau>/demand/<int:line>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def drop_demand(bureau: str, line: int) -> ResponseReturnValue:
    """Ask once, then want it no longer."""
    return ask_and_delete(
        lambda: (_name(bureau, line), _row(bureau, line).version),
        partial(actions.drop_demand, bureau, line),
        back=url_for("rotation.demand_line", bureau=bureau, line=line),
        then=url_for("rotation.demand", bureau=bureau),
        consequence=gettext("Proposals made from now on no longer try to cover it."),
    )


def _row(bureau: str, line: int) -> Any:
    return queries.get_demand(get_bureau(bureau).id, line)


def _name(bureau: str, line: int) -> str:
    row = _row(bureau, line)
    service = say(row.service.name) if row.service else gettext("Any service")
    spoken = row.language.own_name if row.language else gettext("Any language")
    return f"{PERIODS[row.per]} · {service} · {spoken}"


def _now_stored(bureau: str, line: int) -> Stored:
    row = _row(bureau, line)
    numbers = {name: getattr(row, name) for name in ("per", "minimum", "target", "weight")}
    subject = {"service": row.service.code if row.service else "", "language": row.language_tag or ""}
    return {**numbers, **subject}, row.version


def _form(before: Stored) -> DemandForm:
    form = DemandForm(stored=before)
    chosen = before[0].get("service")
    form.offer(
        ((row.code, say(row.name)) for row in catalogue.services() if row.active or row.code == chosen),
        ((row.tag, row.own_name) for row in catalogue.languages()),
    )
    return form
