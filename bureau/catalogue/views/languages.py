"""A language that services are given in: added, edited, deleted."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries
from bureau.catalogue.actions import entries as actions
from bureau.catalogue.forms import LanguageForm, NewLanguageForm
from bureau.kernel import rows
from bureau.kernel.errors import InUse
from bureau.web.editing import saved
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come
from bureau.web.wording import word

from .blueprint import blueprint, by_me, confirm_page, deleted, form_page, stored

PLAIN = ("own_name", "direction", "script", "locale")
TEXTS = ("name", "phrase")


@blueprint.route("/languages/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_language(bureau: str) -> ResponseReturnValue:
    """A new language."""
    form = NewLanguageForm()

    def save() -> None:
        actions.add_language({**form.typed("tag", *PLAIN), **form.texts(None, *TEXTS)}, **by_me())

    if saved(form, save, lambda: ({}, 0)):
        return stored(bureau, "languages")
    return form_page(bureau, form, gettext("New language"))


@blueprint.route("/languages/<tag>/", methods=["GET", "POST"])
@may_come(MANAGER)
def language(bureau: str, tag: str) -> ResponseReturnValue:
    """Edit a language."""
    row = queries.get_language(tag)
    form = LanguageForm(obj=row, version=rows.mark(row, actions.LANGUAGE_COLUMNS))

    def save() -> None:
        columns = {**form.typed(*PLAIN), **form.texts(row, *TEXTS)}
        actions.edit_language(tag, form.version.data or 0, columns, **by_me())

    if saved(form, save, lambda: _now_stored(tag)):
        return stored(bureau, "languages")
    delete = url_for("catalogue.delete_language", bureau=bureau, tag=tag)
    return form_page(bureau, form, say(queries.get_language(tag).name), delete=delete)


def _now_stored(tag: str) -> tuple[dict[str, Any], int]:
    kept = queries.get_language(tag)
    return {name: getattr(kept, name) for name in (*PLAIN, *TEXTS)}, rows.mark(kept, actions.LANGUAGE_COLUMNS)


@blueprint.route("/languages/<tag>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_language(bureau: str, tag: str) -> ResponseReturnValue:
    """Ask once, then delete; refused while anything names it."""
    question = gettext("Delete “%(name)s”?", name=say(queries.get_language(tag).name))
    back = url_for("catalogue.language", bureau=bureau, tag=tag)
    if request.method == "GET":
        return confirm_page(question, back)
    try:
        actions.delete_language(tag, **by_me())
    except InUse as refusal:
        return confirm_page(question, back, word(refusal))
    return deleted(bureau, "languages")
