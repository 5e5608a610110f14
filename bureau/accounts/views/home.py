"""Where a signed-in person's work begins."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bureau.accounts.queries import bureaux, organisations
from bureau.kernel.localised import LocalisedText
from bureau.web.guard import SIGNED_IN, may_come, rule_of
from bureau.web.identity import Identity, get_identity

from .blueprint import blueprint

# Pages of features above, by name only: the first that is there is where work begins.
MANAGERS_PAGES = ("rotation.cockpit", "rotation.month")
MEMBERS_PAGES = ("rotation.my_month", "rotation.board_now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bureau, and the organisation one works in it for (none for its manager)."""

    bureau: LocalisedText
    organisation: LocalisedText | None
    address: str | None


@blueprint.get("/")
@may_come(SIGNED_IN)
def home() -> ResponseReturnValue:
    """Lead to the only place there is, or let the person choose."""
    person = get_identity()
    places = _managed(person) or _worked_in(person)
    if len(places) == 1 and places[0].address is not None:
        return redirect(places[0].address, code=303)
    return render_template("accounts/home.html", places=_managed(person) + _worked_in(person))


def _managed(person: Identity) -> list[Place]:
    return [
        Place(bureau=row.name, organisation=None, address=_first_open(MANAGERS_PAGES, person, bureau=row.code))
        for row in bureaux(None if person.administrator else person.manages)
    ]


def _worked_in(person: Identity) -> list[Place]:
    ties = person.memberships
    names = {row.code: row.name for row in bureaux({code for tie in ties for code in tie.bureaux})}
    partners = {row.code: row.name for row in organisations({tie.organisation for tie in ties})}
    return [
        Place(
            bureau=names[code],
            organisation=partners[tie.organisation],
            address=_first_open(MEMBERS_PAGES, person, bureau=code, organisation=tie.organisation),
        )
        for tie in ties
        for code in sorted(tie.bureaux)
    ]


def _first_open(endpoints: tuple[str, ...], person: Identity, **values: str) -> str | None:
    """The address of the first of these pages that is installed and open to the person."""
    for endpoint in endpoints:
        view = current_app.view_functions.get(endpoint)
        rule = rule_of(view) if view is not None else None
        takes = next(current_app.url_map.iter_rules(endpoint)).arguments if view is not None else set()
        if rule is not None and takes <= values.keys() and rule.allows(person, values):
            parts: dict[str, Any] = {name: values[name] for name in takes}
            return url_for(endpoint, **parts)
    return None
