"""Identifiers and words of the objects: the same in every file of a bureau."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bureau.calendars.domain.place import Place
from bureau.calendars.site.reader import written_languages
from bureau.kernel.localised import LocalisedText
from bureau.web.languages import DEFAULT

Node = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Naming:
    """How one bureau names things: in the first language of its site."""

    place: Place
    base_url: str

    @cached_property
    def language(self) -> str:
        """The language of every text."""
        return next(iter(written_languages(self.place)), DEFAULT)

    def id(self, *names: str) -> str:
        """Of the installation's address and our codes: the same for life."""
        return _id("/".join((self.base_url, "hsds", *names)))

    def say(self, text: LocalisedText) -> str:
        """The words, with the stated fallback."""
        return text.in_(self.language)

    def otherwise(self, text: LocalisedText) -> str:
        """The name in English for those who know no other; empty where it is the same."""
        other = text.texts.get(DEFAULT, "")
        return other if other != self.say(text) else ""


@lru_cache(maxsize=16384)
def _id(name: str) -> str:
    """Remembered, since each publication asks for the same ones."""
    return str(uuid5(NAMESPACE_URL, name))


def filled(node: Node) -> Node:
    """The object without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
