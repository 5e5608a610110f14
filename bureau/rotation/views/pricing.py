"""Why somebody is not there, and what it would cost: asked of the solver, worded for the reader."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.text import whole_number
from bureau.rotation import actions, queries
from bureau.rotation.domain.pricing import Price
from bureau.web import formats
from bureau.web.guard import COORDINATING, MANAGER, may_come
from bureau.web.htmx import wanted_by_htmx
from bureau.web.languages import current_language

from .blueprint import blueprint
from .naming import names_here
from .whose import scope_here


@blueprint.get("/desk/<bureau>/<month>/proposals/<int:proposal>/price")
@may_come(MANAGER)
def price(bureau: str, month: str, proposal: int) -> str:
    """What one more session would cost for the wish that ``?demand=`` names."""
    demand = request.args.get("demand", "")
    found = actions.price_of_gap(bureau, proposal, demand)
    if wanted_by_htmx():
        return _part(bureau, found)
    explanation = next((one for one in queries.explanations(bureau, proposal) if one.demand == demand), None)
    round_ = queries.get_round(bureau, month)
    return render_template(
        "rotation/price.html", bureau=bureau, round=round_, proposal=proposal, price=found, gap=explanation and explanation.gap,
        names=names_here(bureau),
    )  # fmt: skip


@blueprint.get("/desk/<bureau>/slots/<int:slot>/why")
@may_come(COORDINATING)
def why_not(bureau: str, slot: int) -> str:
    """What stands against each of our people in the slot's block; for the one that ``?worker=`` names, the price."""
    scope, worker = scope_here(bureau, acting=True), whole_number(request.args.get("worker", ""))
    priced = None
    if worker is not None:
        priced = actions.price_of_booking(bureau, slot, worker, scope=scope, now=utcnow())
        if wanted_by_htmx():
            return _part(bureau, priced)
    detail = queries.slot_detail(bureau, slot, scope=scope, now=utcnow())
    block = f"{detail.day.isoformat()}T{detail.starts:%H:%M}"
    return render_template(
        "rotation/why_not.html", bureau=bureau, round=detail.round, slot=detail, worker=worker, price=priced,
        standings=queries.standings(detail.round, block, scope=scope, now=utcnow()), names=names_here(bureau),
    )  # fmt: skip


def _part(bureau: str, found: Price) -> str:
    return render_template("rotation/_price.html", price=found, names=names_here(bureau))


@blueprint.app_template_filter()
def standing_words(reason: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One reason against a worker's coming to a block, as a sentence."""
    if reason["code"] == "desks_taken":
        owners = formats.listed([names.get(one, one) for one in reason["organisations"]], current_language())
        return str(gettext("Every room that suits is taken: %(organisations)s.", organisations=owners))
    return str(_SENTENCES[reason["code"]]())


_SENTENCES = {
    "nothing_declared": lambda: gettext("Nothing was declared for this person in this month."),
    "there_already": lambda: gettext("In another session then"),
    "overlap": lambda: gettext("In another session then"),
    "travel": lambda: gettext("In another session then"),
    "closed": lambda: gettext("The bureau is closed then."),
    "not_available": lambda: gettext("This time was not declared."),
    "no_desk": lambda: gettext("No room of the bureau suits what this person gives."),
    "desks_unavailable": lambda: gettext("No room that suits can be used then."),
    "block_requires": lambda: gettext("A rule of the bureau stands against it."),
    "not_together": lambda: gettext("A rule of the bureau stands against it."),
    "companion": lambda: gettext("A rule of the bureau stands against it."),
    "always_present": lambda: gettext("A rule of the bureau stands against it."),
}
