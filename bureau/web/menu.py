"""The staff menu: features add their entries; a person sees those they may come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from .guard import rule_of
from .identity import Identity, find_identity, stated_organisation, tie_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: a lazy label and the endpoint it leads to, which takes the bureau's code (and an organisation's).

    ``pages`` are the endpoints of further pages that belong to it, where their addresses do not begin with its own.
    """

    label: object
    endpoint: str
    position: int
    for_manager: bool = True
    for_member: bool = True
    for_front_desk: bool = False
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry as a page shows it."""

    label: str
    href: str
    here: bool


_ENTRIES: list[Entry] = []


def add(entry: Entry) -> None:
    """Add an entry to the menu of every staff page."""
    _ENTRIES.append(entry)


def place_of(person: Identity) -> str | None:
    """The bureau the page is about, else the first one the person belongs to."""
    stated = (request.view_args or {}).get("bureau")
    own = sorted(person.manages | person.receives) + sorted(code for tie in person.memberships for code in tie.bureaux)
    return stated or next(iter(own), None)


def links(person: Identity) -> Iterator[Link]:
    """The person's entries, in order, with the present one marked."""
    bureau = place_of(person)
    if bureau is None:
        return
    ties = person.members_at(bureau)
    values: dict[str, Any] = {"bureau": bureau}
    tie = tie_at(person, bureau, stated_organisation()) or tie_at(person, bureau, None)
    if tie is not None:
        values["organisation"] = tie.organisation
    manages = person.manages_bureau(bureau)
    for entry in sorted(_ENTRIES, key=lambda entry: entry.position):
        if not any(
            (
                manages and entry.for_manager,
                ties and entry.for_member,
                bureau in person.receives and entry.for_front_desk,
            )
        ):
            continue
        view = current_app.view_functions.get(entry.endpoint)
        rule = rule_of(view) if view else None
        needs = next(current_app.url_map.iter_rules(entry.endpoint)).arguments if view else set()
        if rule is None or not needs <= values.keys() or not rule.allows(person, values):
            continue
        href = url_for(entry.endpoint, **{name: values[name] for name in needs})
        here = request.endpoint in entry.pages or request.path.startswith(href.partition("?")[0])
        yield Link(label=str(entry.label), href=href, here=here)


def _menu() -> dict[str, Any]:
    person = find_identity()
    found = list(links(person)) if person else []
    longest = max((len(link.href) for link in found if link.here), default=0)
    return {
        "menu": [(link, link.here and len(link.href) == longest) for link in found],
        "place_name": person.places.get(place_of(person) or "") if person else None,
    }


def install(app: Flask) -> None:
    """Give templates ``menu``, pairs of link and whether it is the present page, and the bureau's ``place_name``."""
    app.context_processor(_menu)
