"""A service: added, edited, put out of use, deleted."""

from functools import partial

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries
from bureau.catalogue.actions import entries as actions
from bureau.catalogue.forms import SOURCE, NewServiceForm, ServiceForm
from bureau.web.desk import ask_and_delete, by_me
from bureau.web.editing import Stored, saved
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint, form_page, stored

TEXTS = ("name", "neutral_name", "description", "bring")
PLAIN = ("category", "mode", "audience", "sensitivity", "minutes", "places", "walk_in", "needs_private_room")


@blueprint.route("/services/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_service(bureau: str) -> ResponseReturnValue:
    """A new service."""
    form = NewServiceForm(stored=({"minutes": 30, "places": 1, "walk_in": True}, 0))
    form.offer(_categories())

    def save() -> None:
        columns = {**form.typed("code", *PLAIN), **form.texts(*TEXTS)}
        actions.add_service(columns, source=SOURCE, **by_me())

    if saved(form, save):
        return stored(bureau)
    return form_page(bureau, form, gettext("New service"))


@blueprint.route("/services/<code>/", methods=["GET", "POST"])
@may_come(MANAGER)
def service(bureau: str, code: str) -> ResponseReturnValue:
    """Edit a service."""
    form = ServiceForm(stored=_now_stored(code))
    form.offer(_categories())

    def save() -> None:
        columns = {**form.typed(*PLAIN), **form.texts(*TEXTS)}
        actions.edit_service(code, form.version.data or 0, columns, source=SOURCE, **by_me())

    if saved(form, save, lambda: _now_stored(code)):
        return stored(bureau)
    kept = queries.get_service(code)
    delete = url_for("catalogue.delete_service", bureau=bureau, code=code)
    return form_page(bureau, form, say(kept.name), delete=delete, service=kept)


def _now_stored(code: str) -> Stored:
    kept = queries.get_service(code)
    values = {name: getattr(kept, name) for name in (*TEXTS, *PLAIN)}
    return {**values, "category": kept.category.code}, kept.version


def _categories() -> list[tuple[str, str]]:
    return [(row.code, say(row.name)) for row in queries.categories()]


@blueprint.post("/services/<code>/active")
@may_come(MANAGER)
def service_active(bureau: str, code: str) -> ResponseReturnValue:
    """Put a service out of use, or back into it."""
    actions.set_service_active(code, active=request.form.get("active") == "1", **by_me())
    return stored(bureau)


@blueprint.route("/services/<code>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_service(bureau: str, code: str) -> ResponseReturnValue:
    """Ask once, then delete; refused while anything names it."""
    return ask_and_delete(
        lambda: (say((kept := queries.get_service(code)).name), kept.version),
        partial(actions.delete_service, code),
        back=url_for("catalogue.service", bureau=bureau, code=code),
        then=url_for("catalogue.overview", bureau=bureau),
    )
