"""The staff menu: features add their entries; a person sees those they may come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request, url_for

from bureau.kernel.localised import LocalisedText

from .guard import rule_of
from .identity import Identity, find_identity, stated_organisation, tie_at
from .languages import current_language


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
    tie = tie_at(person, bureau, stated_organisation()) or tie_at(person, bureau, None)
    organisation = tie.organisation if tie is not None else None
    where = (stated_organisation(), request.script_root)
    for pages, label, href in _open_to(person.rights(), bureau, organisation, current_language(), where):
        here = request.endpoint in pages or request.path.startswith(href.partition("?")[0])
        yield Link(label=label, href=href, here=here)


@lru_cache(maxsize=512)
def _open_to(
    person: Identity, bureau: str, organisation: str | None, _language: str, _where: tuple[str | None, str]
) -> tuple[tuple[frozenset[str], str, str], ...]:
    """The entries that somebody with such rights may come to, each with its further pages, what it is called in their
    language, and its address: a dozen, and every page has them.

    ``_where`` is what else an address depends on: the organisation that the page's own states, and the server's place.
    """
    values: dict[str, Any] = {"bureau": bureau} | ({"organisation": organisation} if organisation is not None else {})
    found = []
    for entry in sorted(_ENTRIES, key=lambda entry: entry.position):
        view = current_app.view_functions.get(entry.endpoint)
        rule = rule_of(view) if view else None
        needs = next(current_app.url_map.iter_rules(entry.endpoint)).arguments if view else set()
        meant = _is_meant_for(entry, person, bureau)
        if meant and rule is not None and needs <= values.keys() and rule.allows(person, values):
            href = url_for(entry.endpoint, **{name: values[name] for name in needs})
            found.append((entry.pages, str(entry.label), href))
    return tuple(found)


def _is_meant_for(entry: Entry, person: Identity, bureau: str) -> bool:
    return (
        (entry.for_manager and person.manages_bureau(bureau))
        or (entry.for_member and bool(person.members_at(bureau)))
        or (entry.for_front_desk and bureau in person.receives)
    )


def staff_menu() -> list[tuple[Link, bool]]:
    """Pairs of link and whether it is the present page."""
    person = find_identity()
    found = list(links(person)) if person else []
    longest = max((len(link.href) for link in found if link.here), default=0)
    return [(link, link.here and len(link.href) == longest) for link in found]


def place_name() -> LocalisedText | None:
    """The name of the bureau that the page is about, or of the person's own."""
    person = find_identity()
    return person.places.get(place_of(person) or "") if person else None


def install(app: Flask) -> None:
    """Give templates ``staff_menu()`` and ``place_name()``: a part of a page does without them."""
    app.jinja_env.globals.update(staff_menu=staff_menu, place_name=place_name)
