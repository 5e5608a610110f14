"""In whose name a page of planning is read: who acts for several organisations of a bureau says for which."""

from typing import Any

from flask import has_request_context

from bureau.kernel.errors import NotFound
from bureau.kernel.scopes import Scope
from bureau.rotation import queries
from bureau.web.identity import Identity, find_identity, get_identity, scope_at, scope_of, stated_organisation, tie_at

from .blueprint import blueprint

KEPT_IN = {
    f"rotation.{page}"
    for page in (
        "board_now",
        "board",
        "board_changes",
        "move",
        "move_session",
        "book",
        "book_slot",
        "why_not",
        "release",
        "release_session",
        "take_back",
        "series",
        "begin_series",
        "delivery",
        "delivery_now",
        "delivery_file",
    )
}
"""Pages whose address names no organisation by itself; features above add theirs."""


def scope_here(bureau: str, *, acting: bool = False) -> Scope:
    """What this request works on: the organisation that its address names, or the only one there is to choose."""
    return scope_at(get_identity(), bureau, stated_organisation(), acting=acting)


def scope_of_session(bureau: str, session: int) -> Scope:
    """What the person works on with that session: it is its organisation's; NotFound where they do not coordinate it."""
    if get_identity().manages_bureau(bureau):
        return scope_at(get_identity(), bureau)
    return scope_of_owner(bureau, queries.owner_of_session(bureau, session))


def scope_of_owner(bureau: str, owner: int) -> Scope:
    """What the person works on with a session of that organisation; NotFound where they do not coordinate it."""
    person = get_identity()
    if person.manages_bureau(bureau):
        return scope_at(person, bureau)
    if owner not in {tie.organisation_id for tie in person.members_at(bureau) if tie.coordinates}:
        raise NotFound
    return scope_of(owner)


def acts_here(person: Identity, bureau: str) -> bool:
    """Whether the person books and gives back in the name that the page is read in, and not only looks."""
    tie = tie_at(person, bureau, stated_organisation())
    return person.manages_bureau(bureau) or (tie is not None and tie.coordinates)


def read_for(bureau: str, organisation: str) -> dict[str, str]:
    """What to add to the address of a page so that it is read for that organisation, where there is one to choose."""
    person = get_identity()
    chooses = len(person.members_at(bureau)) > 1 and not person.manages_bureau(bureau)
    return {"organisation": organisation} if chooses else {}


@blueprint.app_url_defaults
def keep_whose(endpoint: str, values: dict[str, Any]) -> None:
    """Let every link to the board and its slots, from whatever page, name the organisation that this page is read for."""
    if endpoint not in KEPT_IN or "organisation" in values or not has_request_context():
        return
    bureau, stated = str(values.get("bureau", "")), stated_organisation()
    person = find_identity() if stated else None
    if person is not None and stated is not None and tie_at(person, bureau, stated) is not None:
        values.update(read_for(bureau, stated))
