"""Notes: how the bureau keeps them, and a few words beside an entry."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import NotFound, Refused
from bureau.kernel.privacy import LONGEST
from bureau.kernel.text import clean_text, whole_number
from bureau.organisations import queries as places
from bureau.servicelog.actions.notes import keep_log_so, note_entry
from bureau.servicelog.domain.entries import ref_sent
from bureau.servicelog.forms import KeepingForm
from bureau.servicelog.queries.desk import find_entry
from bureau.servicelog.queries.notes import settings_of
from bureau.web.desk import by_me, done, form_page
from bureau.web.editing import Stored, saved
from bureau.web.going import again, see, to
from bureau.web.guard import LOGGING_FOR, MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint
from .whose import scope_for


@blueprint.route("/desk/<bureau>/place/log", methods=["GET", "POST"])
@may_come(MANAGER)
def keeping(bureau: str) -> ResponseReturnValue:
    """How the log is kept: whether with notes, and for how many days."""
    form = KeepingForm(stored=_now_stored(bureau))

    def save() -> None:
        keep_log_so(
            bureau, notes=bool(form.notes.data), days=form.notes_days.data or 0, version=form.version.data or 0, **by_me()
        )  # fmt: skip

    if saved(form, save, lambda: _now_stored(bureau)):
        return done(to("keeping", bureau=bureau))
    return form_page("servicelog/keeping.html", form, bureau=bureau)


def _now_stored(bureau: str) -> Stored:
    settings = settings_of(places.get_bureau(bureau).id)
    return {"notes": settings.notes, "notes_days": settings.notes_days}, settings.version


@blueprint.post("/desk/<bureau>/log/<organisation>/note")
@may_come(LOGGING_FOR)
def note(bureau: str, organisation: str) -> ResponseReturnValue:
    """A few words beside an entry, once more after they were refused."""
    ref = ref_sent(request.form.get("ref", ""))
    refusal = noted(bureau, organisation, ref, request.form.get("note", ""))
    if refusal is not None:
        return note_refused(bureau, organisation, ref, refusal)
    flash(gettext("The note is kept."), "ok")
    return back_to_sheet(bureau, organisation)


def noted(bureau: str, organisation: str, ref: str, typed: object) -> Refused | None:
    """Keep the words beside the entry of that ref; why not, if not. No words are no note."""
    words = clean_text(typed) if isinstance(typed, str) else ""
    if not words:
        return None
    try:
        note_entry(bureau, ref, words, scope=scope_for(get_identity(), bureau, organisation), now=utcnow())
    except Refused as refusal:
        return refusal
    return None


def note_refused(bureau: str, organisation: str, ref: str, refusal: Refused) -> ResponseReturnValue:
    """What was counted, why the note was not kept, and what was typed, to be written otherwise; in this page only."""
    entry = find_entry(places.get_bureau(bureau).id, ref, scope=scope_for(get_identity(), bureau, organisation))
    if entry is None or entry.taken_back:
        raise NotFound
    page = render_template(
        "servicelog/note.html", bureau=bureau, organisation=organisation, entry=entry, refusal=word(refusal),
        typed=request.form.get("note", ""), session=request.form.get("session", ""), longest=LONGEST,
    )  # fmt: skip
    return again(page)


def back_to_sheet(bureau: str, organisation: str, **more: Any) -> ResponseReturnValue:
    """To the sheet that the form belongs to."""
    session_id = whole_number(request.form.get("session", ""))
    if session_id is not None:
        return see("session", bureau=bureau, session_id=session_id, **more)
    return see("without_session", bureau=bureau, organisation=organisation, **more)
