"""The page of one's own notices."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.text import whole_number
from bureau.notices import actions, queries
from bureau.notices.forms import ChoiceForm, as_stored
from bureau.web.desk import UNPROCESSABLE, done
from bureau.web.editing import Stored, saved
from bureau.web.guard import SIGNED_IN, may_come
from bureau.web.identity import get_identity

from .blueprint import blueprint


@blueprint.get("/")
@may_come(SIGNED_IN)
def notices() -> ResponseReturnValue:
    """What the person was told, newest first, and when they want mail."""
    return _page(ChoiceForm(stored=_choice_stored()))


@blueprint.post("/choice")
@may_come(SIGNED_IN)
def choose() -> ResponseReturnValue:
    """How the person wants to be told."""
    form = ChoiceForm(stored=_choice_stored())
    if saved(form, lambda: actions.choose(get_identity().person_id, form.chosen()), _choice_stored):
        return done(url_for("notices.notices"))
    return _page(form), UNPROCESSABLE


@blueprint.post("/read")
@may_come(SIGNED_IN)
def mark_all_read() -> ResponseReturnValue:
    """Mark as read what the page showed."""
    until = whole_number(request.form.get("until", "")) or 0
    actions.mark_read(get_identity().person_id, until=until, now=utcnow())
    return done(url_for("notices.notices"), gettext("Everything is marked as read."))


@blueprint.get("/<int:notice>")
@may_come(SIGNED_IN)
def open_notice(notice: int) -> ResponseReturnValue:
    """Go to what a notice is about; it counts as read then."""
    return redirect(actions.open_notice(get_identity().person_id, notice, now=utcnow()), code=303)


def _choice_stored() -> Stored:
    return as_stored(queries.choice_of(get_identity().person_id))


def _page(form: ChoiceForm) -> str:
    told = queries.notices_of(get_identity().person_id)
    return render_template("notices/notices.html", form=form, told=told, sends=bool(current_app.config["SMTP_URL"]))
