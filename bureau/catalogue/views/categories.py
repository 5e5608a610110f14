"""A category: added, edited, deleted."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries
from bureau.catalogue.actions import entries as actions
from bureau.catalogue.forms import CategoryForm, NewCategoryForm
from bureau.kernel.errors import InUse
from bureau.web.editing import saved
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come
from bureau.web.wording import word

from .blueprint import blueprint, by_me, confirm_page, deleted, form_page, stored


@blueprint.route("/categories/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_category(bureau: str) -> ResponseReturnValue:
    """A new category."""
    form = NewCategoryForm()

    def save() -> None:
        actions.add_category({**form.typed("code", "icon"), **form.texts(None, "name")}, **by_me())

    if saved(form, save, lambda: ({}, 0)):
        return stored(bureau)
    return form_page(bureau, form, gettext("New category"))


@blueprint.route("/categories/<code>/", methods=["GET", "POST"])
@may_come(MANAGER)
def category(bureau: str, code: str) -> ResponseReturnValue:
    """Edit a category."""
    row = queries.get_category(code)
    form = CategoryForm(obj=row)

    def save() -> None:
        columns = {**form.typed("icon"), **form.texts(row, "name")}
        actions.edit_category(code, form.version.data or 0, columns, **by_me())

    def now_stored() -> tuple[dict[str, object], int]:
        kept = queries.get_category(code)
        return {"name": kept.name, "icon": kept.icon}, kept.version

    if saved(form, save, now_stored):
        return stored(bureau)
    delete = url_for("catalogue.delete_category", bureau=bureau, code=code)
    return form_page(bureau, form, say(queries.get_category(code).name), delete=delete)


@blueprint.route("/categories/<code>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_category(bureau: str, code: str) -> ResponseReturnValue:
    """Ask once, then delete; refused while a service is in it."""
    question = gettext("Delete “%(name)s”?", name=say(queries.get_category(code).name))
    back = url_for("catalogue.category", bureau=bureau, code=code)
    if request.method == "GET":
        return confirm_page(question, back)
    try:
        actions.delete_category(code, **by_me())
    except InUse as refusal:
        return confirm_page(question, back, word(refusal))
    return deleted(bureau)
