"""What the log says about the sessions to be planned, confirmed line by line by the manager."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from werkzeug.datastructures import ImmutableMultiDict

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Invalid, Refused
from bureau.kernel.text import whole_number
from bureau.servicelog.actions.needs import confirm_needs
from bureau.servicelog.queries.needs import needs_at
from bureau.web.desk import by_me, done
from bureau.web.furniture import say
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import blueprint

MOST = 999


@blueprint.route("/desk/<bureau>/figures/demand", methods=["GET", "POST"])
@may_come(MANAGER)
def needs(bureau: str) -> ResponseReturnValue:
    """What is proposed and why; what is chosen of it is wanted from now on."""
    if request.method == "GET":
        return _page(bureau)
    try:
        chosen = _chosen(request.form)
        if not chosen:
            return see("needs", bureau=bureau)
        number = confirm_needs(bureau, chosen, person_id=get_identity().person_id, **by_me())
    except Refused as refusal:
        return again(_page(bureau, typed=request.form, refusal=word(refusal)))
    sentence = ngettext("%(num)d line is wanted so from now on.", "%(num)d lines are wanted so from now on.", number)
    return done(url_for("rotation.demand", bureau=bureau), sentence)


def _chosen(form: ImmutableMultiDict[str, str]) -> dict[str, tuple[str, int]]:
    """The lines that are ticked: what was seen of each, and how many sessions."""
    chosen = {}
    for key in form.getlist("line"):
        target = whole_number(form.get(f"target-{key}", ""))
        if target is None or not 1 <= target <= MOST:
            raise Invalid(field=key, reason="number", low=1, high=MOST)
        chosen[key] = (form.get(f"seen-{key}", ""), target)
    return chosen


def _page(bureau: str, *, typed: ImmutableMultiDict[str, str] | None = None, refusal: str | None = None) -> str:
    found = needs_at(bureau, now=utcnow())
    return render_template(
        "servicelog/needs.html", bureau=bureau, found=found, typed=typed, refusal=refusal,
        service_names={row.code: say(row.name) for row in catalogue.services()}, languages=catalogue.languages_by_tag(),
    )  # fmt: skip
