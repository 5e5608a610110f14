"""A language that services are given in: added, edited, deleted."""

from functools import partial

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries
from bureau.catalogue.actions import entries as actions
from bureau.catalogue.forms import LanguageForm, NewLanguageForm
from bureau.kernel import rows
from bureau.web.desk import ask_and_delete, by_me
from bureau.web.editing import Stored, saved
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint, form_page, stored

PLAIN = ("own_name", "direction", "script", "locale")
TEXTS = ("name", "phrase")


@blueprint.route("/languages/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_language(bureau: str) -> ResponseReturnValue:
    """A new language."""
    form = NewLanguageForm()

    def save() -> None:
        actions.add_language({**form.typed("tag", *PLAIN), **form.texts(*TEXTS)}, **by_me())

    if saved(form, save):
        return stored(bureau, "languages")
    return form_page(bureau, form, gettext("New language"))


@blueprint.route("/languages/<tag>/", methods=["GET", "POST"])
@may_come(MANAGER)
def language(bureau: str, tag: str) -> ResponseReturnValue:
    """Edit a language."""
    form = LanguageForm(stored=_now_stored(tag))

    def save() -> None:
        columns = {**form.typed(*PLAIN), **form.texts(*TEXTS)}
        actions.edit_language(tag, form.version.data or 0, columns, **by_me())

    if saved(form, save, lambda: _now_stored(tag)):
        return stored(bureau, "languages")
    delete = url_for("catalogue.delete_language", bureau=bureau, tag=tag)
    return form_page(bureau, form, say(queries.get_language(tag).name), delete=delete)


def _now_stored(tag: str) -> Stored:
    kept = queries.get_language(tag)
    return {name: getattr(kept, name) for name in (*PLAIN, *TEXTS)}, rows.mark(kept, actions.LANGUAGE_COLUMNS)


@blueprint.route("/languages/<tag>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_language(bureau: str, tag: str) -> ResponseReturnValue:
    """Ask once, then delete; refused while anything names it."""
    return ask_and_delete(
        lambda: (say(queries.get_language(tag).name), _now_stored(tag)[1]),
        partial(actions.delete_language, tag),
        back=url_for("catalogue.language", bureau=bureau, tag=tag),
        then=url_for("catalogue.languages", bureau=bureau),
    )
