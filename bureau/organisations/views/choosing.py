"""The chooser of who acts for several organisations of a bureau."""

from collections.abc import Callable
from typing import Any

from flask import current_app, request, url_for

from bureau.organisations import queries
from bureau.web.furniture import say
from bureau.web.guard import STAFF, rule_of
from bureau.web.identity import Identity, find_identity, stated_organisation, tie_at
from bureau.web.menu import Link

from .blueprint import blueprint

ONCE = ("released", "lang", "last_month")
"""What an address asks for once, and what does not go with the page to another organisation."""


def acting_for() -> list[Link]:
    """The page for each organisation the person may see it for; nothing where there is nothing to choose."""
    person, bureau = find_identity(), (request.view_args or {}).get("bureau")
    if person is None or bureau is None or person.manages_bureau(bureau):
        return []
    codes = _to_choose(person, bureau)
    present = tie_at(person, bureau, stated_organisation())
    if present is None or len(codes) < 2:
        return []
    return [
        Link(label=say(name), href=_this_page_for(code), here=code == present.organisation)
        for code, name in queries.names_of(codes).items()
    ]


def _to_choose(person: Identity, bureau: str) -> list[str]:
    """All of theirs where one only looks; else those that they coordinate."""
    looks = rule_of(current_app.view_functions[str(request.endpoint)]) is STAFF
    return [tie.organisation for tie in person.members_at(bureau) if looks or tie.coordinates]


def _this_page_for(code: str) -> str:
    asked = {name: value for name, value in request.args.items() if name not in ONCE}
    return url_for(str(request.endpoint), **{**asked, **(request.view_args or {}), "organisation": code})


@blueprint.app_context_processor
def _chooser() -> dict[str, Callable[[], Any]]:
    return {"acting_for": acting_for}
