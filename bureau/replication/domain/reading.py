"""Reading JSON strictly: whatever is wrong is named with its place in the document, as a JSON Pointer (RFC 6901)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar, TypeVar

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.kernel.text import clean_text

Answer = TypeVar("Answer")
_HARD_SPACE = "\u00a0"


class MalformedDocument(Refused):
    """The document cannot be taken in: ``place`` says where, ``fault`` why (a code), ``value`` what stood there."""

    code: ClassVar[str] = "malformed_document"

    def __init__(self, place: str, fault: str, value: object = "") -> None:
        """Name the place, the fault and what stood there."""
        super().__init__(place=_writable(place) or "/", reason=fault, value=_writable(value))


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the document and its place."""

    value: Any
    place: str = ""

    def fail(self, fault: str) -> MalformedDocument:
        """The refusal of this value."""
        return MalformedDocument(self.place, fault, _short(self.value))

    def only(self, names: Sequence[str]) -> "Node":
        """The object itself, if it has no other members than ``names``: a misspelt one must not be lost in silence."""
        if not isinstance(self.value, dict):
            raise self.fail("object")
        for name in self.value:
            if name not in names:
                raise MalformedDocument(f"{self.place}/{name}", "member", name)
        return self

    def __getitem__(self, name: str) -> "Node":
        """A member that must be there."""
        if name not in self.value:
            raise MalformedDocument(f"{self.place}/{name}", "missing")
        return Node(self.value[name], f"{self.place}/{name}")

    def get(self, name: str, default: Any) -> "Node":
        """A member, or ``default`` in its place."""
        return Node(self.value.get(name, default), f"{self.place}/{name}")

    def items(self) -> Iterator["Node"]:
        """The members of this list."""
        if not isinstance(self.value, list):
            raise self.fail("list")
        for index, value in enumerate(self.value):
            yield Node(value, f"{self.place}/{index}")

    def text(self) -> str:
        """A text, clean as everything people type."""
        if not isinstance(self.value, str):
            raise self.fail("text")
        softened = self.value.replace(_HARD_SPACE, " ")  # French sets one before a colon
        if clean_text(softened, multiline=True) != softened:
            raise self.fail("text")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.fail("flag")
        return self.value

    def integer(self, low: int, high: int) -> int:
        """A whole number in its bounds."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not low <= self.value <= high:
            raise self.fail("integer")
        return self.value

    def degrees(self) -> float:
        """A latitude or longitude."""
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            raise self.fail("number")
        return float(self.value)

    def day(self) -> date:
        """A date, ``2026-12-31``."""
        return self._parsed(date.fromisoformat, "date", str)

    def clock(self) -> time:
        """A wall-clock time, ``10:00``."""
        return self._parsed(time.fromisoformat, "time", lambda wall: f"{wall:%H:%M}")

    def maybe(self, read: Callable[["Node"], Answer]) -> Answer | None:
        """Null, or what ``read`` makes of it."""
        return None if self.value is None else read(self)

    def choice(self, allowed: Sequence[str]) -> str:
        """One of ``allowed``."""
        if self.value not in allowed:
            raise self.fail("choice")
        return str(self.value)

    def ruled(self, rule: Callable[[Any], Answer]) -> Answer:
        """What a rule of the bureau makes of the value, its refusal named by this place."""
        try:
            return rule(self.value)
        except Refused as refusal:
            raise MalformedDocument(self.place, refusal.code, _short(self.value)) from refusal
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self.fail("shape") from error

    def localised(self) -> LocalisedText:
        """Words by language; with ``sources`` beside the ``texts`` where some translations are old."""
        for part in (self, *(self.get(name, {}) for name in ("texts", "sources") if self._staled())):
            if not isinstance(part.value, dict):
                raise part.fail("object")
        texts = self.only(("texts", "sources")).get("texts", {}) if self._staled() else self
        for tag in texts.value:
            if not texts[tag].text():
                raise texts[tag].fail("text")
        return LocalisedText.from_json(self.value)

    def _staled(self) -> bool:
        return isinstance(self.value, dict) and "texts" in self.value

    def _parsed(self, parse: Callable[[str], Answer], fault: str, write: Callable[[Any], str]) -> Answer:
        try:
            found = parse(self.value)
        except (TypeError, ValueError) as error:
            raise self.fail(fault) from error
        if write(found) != self.value:
            raise self.fail(fault)
        return found


def _writable(value: object) -> str:
    """The text without halves of characters, which JSON can hold and no page can."""
    return str(value).encode(errors="replace").decode()


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
