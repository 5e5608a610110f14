"""A JSON value that knows its place in the document, to name what is wrong with it."""

from collections.abc import Iterator
from datetime import date

from bureau.rotation.solver.instants import day_of, is_iso_week, minutes_of
from bureau.rotation.solver.malformed import Malformed

MOST = 2**53
"""What every reader of JSON understands alike (RFC 8259)."""


class Node:
    """A value of a document and where it stands, such as `teams[3].offers[0].service`.

    A large month has half a million of them, and hardly one is ever asked for its place.
    """

    __slots__ = ("_key", "_parent", "value")

    def __init__(self, value: object, parent: "Node | None" = None, key: str | int = "") -> None:
        self.value = value
        self._parent = parent
        self._key = key

    @property
    def place(self) -> str:
        """The way to this value from the document."""
        above = "" if self._parent is None else self._parent.place
        if isinstance(self._key, int):
            return f"{above}[{self._key}]"
        return f"{above}.{self._key}" if above else self._key

    def wrong(self, reason: str) -> Malformed:
        """The error that names this place."""
        return Malformed(self.place or "document", reason)

    def fields(self) -> dict[str, object]:
        """The fields of this object."""
        if not isinstance(self.value, dict):
            raise self.wrong("not an object")
        return self.value

    def find(self, key: str) -> "Node | None":
        """A field of this object; None when absent or null."""
        found = self.fields().get(key)
        return None if found is None else Node(found, self, key)

    def get(self, key: str) -> "Node":
        """A field of this object that must be there."""
        found = self.find(key)
        if found is None:
            raise Node(None, self, key).wrong("missing")
        return found

    def __iter__(self) -> Iterator["Node"]:
        """The elements of this list."""
        if not isinstance(self.value, list):
            raise self.wrong("not a list")
        for index, value in enumerate(self.value):
            yield Node(value, self, index)

    def each(self, key: str) -> list["Node"]:
        """The elements of a list field; none when it is absent."""
        found = self.find(key)
        return [] if found is None else list(found)

    def text(self) -> str:
        """The value as a string."""
        if not isinstance(self.value, str):
            raise self.wrong("not a text")
        return self.value

    def flag(self) -> bool:
        """The value as a flag."""
        if not isinstance(self.value, bool):
            raise self.wrong("not true or false")
        return self.value

    def whole(self, least: int | None = None) -> int:
        """The value as a whole number not below `least`."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.wrong("not a whole number")
        if abs(self.value) > MOST:
            raise self.wrong("too large a number")
        if least is not None and self.value < least:
            raise self.wrong(f"below {least}")
        return self.value

    def day(self) -> date:
        """The value as a date `YYYY-MM-DD`."""
        try:
            return day_of(self.text())
        except ValueError:
            raise self.wrong("not a date") from None

    def week(self) -> str:
        """The value as an ISO week `YYYY-Www`."""
        if not is_iso_week(self.text()):
            raise self.wrong("not an ISO week")
        return self.text()

    def clock(self) -> int:
        """The value as a wall-clock time `HH:MM`, in minutes since midnight."""
        try:
            return minutes_of(self.text())
        except ValueError:
            raise self.wrong("not a time") from None

    def choice(self, allowed: tuple[str, ...]) -> str:
        """The value as one of the allowed words."""
        if self.text() not in allowed:
            raise self.wrong(f"none of {', '.join(allowed)}")
        return self.text()

    def known(self, ids: frozenset[str], what: str) -> str:
        """The value as the id of something that the document holds."""
        if self.text() not in ids:
            raise self.wrong(f"unknown {what}")
        return self.text()

    def texts(self, key: str) -> frozenset[str]:
        """The strings of a list field; none when it is absent."""
        found = self.find(key)
        if found is None:
            return frozenset()
        if isinstance(found.value, list) and all(isinstance(value, str) for value in found.value):
            return frozenset(found.value)
        return frozenset(node.text() for node in found)

    def text_or_none(self, key: str) -> str | None:
        """A string field; None when absent."""
        found = self.find(key)
        return None if found is None else found.text()

    def whole_or(self, key: str, default: int, least: int | None = None) -> int:
        """A whole-number field, or the default when absent."""
        found = self.find(key)
        return default if found is None else found.whole(least)

    def whole_or_none(self, key: str, least: int | None = None) -> int | None:
        """A whole-number field; None when absent."""
        found = self.find(key)
        return None if found is None else found.whole(least)

    def flag_or(self, key: str, *, default: bool) -> bool:
        """A true-or-false field, or the default when absent."""
        found = self.find(key)
        return default if found is None else found.flag()

    def numbers(self, key: str) -> dict[str, int]:
        """An object field of whole numbers by name; empty when absent."""
        found = self.find(key)
        if found is None:
            return {}
        return {name: found.whole_or(name, 0, least=0) for name in found.fields()}
