"""A category: added, edited, deleted."""

from functools import partial

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries
from bureau.catalogue.actions import entries as actions
from bureau.catalogue.forms import CategoryForm, NewCategoryForm
from bureau.web.desk import ask_and_delete, by_me
from bureau.web.editing import Stored, saved
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint, form_page, stored


@blueprint.route("/categories/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_category(bureau: str) -> ResponseReturnValue:
    """A new category."""
    form = NewCategoryForm()

    def save() -> None:
        actions.add_category({**form.typed("code", "icon"), **form.texts("name")}, **by_me())

    if saved(form, save):
        return stored(bureau)
    return form_page(bureau, form, gettext("New category"))


@blueprint.route("/categories/<code>/", methods=["GET", "POST"])
@may_come(MANAGER)
def category(bureau: str, code: str) -> ResponseReturnValue:
    """Edit a category."""
    form = CategoryForm(stored=_now_stored(code))

    def save() -> None:
        columns = {**form.typed("icon"), **form.texts("name")}
        actions.edit_category(code, form.version.data or 0, columns, **by_me())

    if saved(form, save, lambda: _now_stored(code)):
        return stored(bureau)
    delete = url_for("catalogue.delete_category", bureau=bureau, code=code)
    return form_page(bureau, form, say(queries.get_category(code).name), delete=delete)


def _now_stored(code: str) -> Stored:
    kept = queries.get_category(code)
    return {"name": kept.name, "icon": kept.icon}, kept.version


@blueprint.route("/categories/<code>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_category(bureau: str, code: str) -> ResponseReturnValue:
    """Ask once, then delete; refused while a service is in it."""
    return ask_and_delete(
        lambda: (say((kept := queries.get_category(code)).name), kept.version),
        partial(actions.delete_category, code),
        back=url_for("catalogue.category", bureau=bureau, code=code),
        then=url_for("catalogue.overview", bureau=bureau),
    )
