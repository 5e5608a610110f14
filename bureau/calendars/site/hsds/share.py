"""What one bureau adds to the lists of all: each node written once, however often other bureaux publish."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from flask_babel import force_locale

from bureau.calendars.domain.marks import mark_of
from bureau.web.languages import LANGUAGES

from .directory import Directory, Offer
from .naming import Node


class Share:
    """The nodes of a bureau for the lists of all bureaux, and what they are known by."""

    def __init__(self, directory: Directory) -> None:
        """Nothing is written yet."""
        self.directory = directory
        self._written: dict[str, list[tuple[str, bytes]]] = {}

    @cached_property
    def known(self) -> tuple[tuple[Offer, str], ...]:
        """Each offer with a mark of the publications of its sessions: cheaper than their own marks, which only their bureau needs."""
        return tuple((one, mark_of([(s.uid, s.sequence) for s in one.sessions])) for one in self.directory.offers)

    @cached_property
    def mark(self) -> str:
        """Of all names, and all that is offered."""
        return mark_of(self.directory.place.marks.names, [(offer.id, mark) for offer, mark in self.known])

    def written(self, name: str) -> list[tuple[str, bytes]]:
        """The nodes of the list of that name, each with its identifier."""
        if name not in self._written:
            with force_locale(LANGUAGES[self.directory.language].locale):
                self._written[name] = [(node["id"], written(node)) for node in LISTS[name](self.directory)]
        return self._written[name]


def written(node: Mapping[str, Any]) -> bytes:
    """A node as it stands in a file."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).encode()


def listed_services(directory: Directory) -> list[Node]:
    """The services as a list gives them."""
    return list(map(directory.listed_service, directory.offers))


LISTS: Mapping[str, Callable[[Directory], list[Node]]] = {
    "services": listed_services,
    "organizations": Directory.organisations,
    "taxonomy_terms": Directory.terms,
    "taxonomies": lambda directory: [directory.taxonomy()],
}
"""The lists by their names in addresses."""
