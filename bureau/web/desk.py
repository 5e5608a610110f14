"""What the pages that keep things have in common: who does it, the form on its page, asking once before deleting."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import InUse, NotFound, Refused, Stale

from .editing import EditForm, version_seen
from .identity import get_identity
from .wording import word

UNPROCESSABLE, CONFLICT = 422, 409


def by_me() -> dict[str, Any]:
    """Who does it, and when."""
    return {"actor": get_identity().actor, "now": utcnow()}


def in_person() -> dict[str, Any]:
    """Who does it, with roles, for what not every manager of the bureau may do; and when."""
    return {"by": get_identity(), "now": utcnow()}


def done(address: str, sentence: str = "") -> Response:
    """Go on, with a word that it is done."""
    flash(sentence or gettext("Saved."), "ok")
    return redirect(address, code=303)


def form_page(template: str, form: EditForm, **more: Any) -> ResponseReturnValue:
    """The form on a page of its own; 422 where it was sent and refused."""
    return render_template(template, form=form, **more), UNPROCESSABLE if form.errors else 200


Doomed = tuple[str, int]
"""What is to be deleted as it is now: its name and its version."""


def ask_and_delete(
    look: Callable[[], Doomed],
    delete: Callable[..., object],
    *,
    back: str,
    then: str,
    consequence: str = "",
    who: Callable[[], dict[str, Any]] = by_me,
) -> ResponseReturnValue:
    """Ask once; then delete what the person saw and go on to ``then``. Refused while in use: says why, and leads ``back``.

    Changed since the page was made: says so and asks again. Deleted since by somebody else: says so and goes on.
    """
    refusal: Refused | None = None
    try:
        if request.method == "POST":
            refusal = _refused(delete, who())
            if refusal is None:
                return done(then, gettext("Deleted."))
        name, version = look()
    except NotFound:
        if "version" not in request.form:
            raise
        flash(gettext("Somebody has already removed this."), "thin")
        return redirect(then, code=303)
    page = render_template(
        "components/confirm.html", question=gettext("Delete “%(name)s”?", name=name), back=back, version=version,
        refusal=_why(refusal), may_delete=not isinstance(refusal, InUse),
        consequence=consequence or gettext("This cannot be undone."),
    )  # fmt: skip
    return page, CONFLICT if refusal else 200


def _refused(delete: Callable[..., object], who: dict[str, Any]) -> Refused | None:
    """Delete the version that the page showed; why not, if not."""
    try:
        delete(version=version_seen(), **who)
    except (InUse, Stale) as error:
        return error
    return None


def _why(refusal: Refused | None) -> str:
    if isinstance(refusal, Stale):
        return str(gettext("Somebody changed this meanwhile. Look at it again before you delete it."))
    return word(refusal) if refusal else ""
