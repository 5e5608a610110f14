"""Every form of the product, found on its pages and filled in by a program."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter
from werkzeug.routing import Rule as Address

FREE = {"text", "search", "email", "tel", "url", "number", "password", "textarea"}
"""Kinds of fields into which something can be typed."""

Filled = dict[str, object]


@dataclass(slots=True, kw_only=True)
class Box:
    """One field; ``values`` are those it offers, the chosen first."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Form:
    """One form of a page."""

    address: str
    posts: bool
    boxes: list[Box] = field(default_factory=list)

    def free(self) -> list[Box]:
        """The fields into which something can be typed, or a file put."""
        return [box for box in self.boxes if box.kind in FREE or box.kind == "file"]

    def ways(self) -> tuple[bool, ...]:
        """Whether all fields are filled, or those only that take any words; once where that is the same."""
        return (False, True) if any(_wants_more(box) for box in self.boxes) else (False,)

    def filled(self, type_in: Callable[[Box], str], *, only_words: bool, file_name: str = "table.csv") -> Filled:
        """What the form sends, with something typed into each field (or only into those that take any words)."""
        sent: Filled = {}
        for box in self.boxes:
            if box.kind == "file":
                sent[box.name] = (io.BytesIO(type_in(box).encode()), file_name)
            elif box.kind in FREE and not (only_words and _wants_more(box)):
                sent[box.name] = type_in(box)
            elif box.values and box.name not in sent:
                sent[box.name] = box.values[0]
        return sent


def _wants_more(box: Box) -> bool:
    """Whether a form may be refused for what is planted in this field, so that nothing of the others is seen."""
    return box.kind in ("email", "number") and bool(box.values[0])


class _Reader(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self.by_id = page, [], {}
        self.open: Form | None = None
        self.select: Box | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(
                address=urljoin(self.page, had.get("action", "")), posts=had.get("method", "get") == "post"
            )
            self.forms.append(self.open)
            self.by_id[had.get("id")] = self.open
        elif tag == "option" and self.select is not None:
            self.select.values.insert(0 if "selected" in had else len(self.select.values), had.get("value", ""))
        elif tag in ("input", "textarea", "select", "button") and had.get("name"):
            self._box(tag, had)

    def _box(self, tag: str, had: dict[str, str]) -> None:
        form = self.by_id.get(had["form"]) if "form" in had else self.open
        if form is None:
            return
        kind = had.get("type", "text") if tag == "input" else tag
        box = Box(name=had["name"], kind=kind, values=[] if tag == "select" else [had.get("value", "")])
        self.select = box if tag == "select" else None
        form.boxes.append(box)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_of(page: str, text: str) -> list[Form]:
    """The forms that stand in the page of that address."""
    reader = _Reader(page)
    reader.feed(text)
    return reader.forms


def pages(app: Flask, there: dict[str, str], *, of: str | tuple[str, ...] = "") -> Iterator[str]:
    """The address of every page that can be looked at, of one feature or of all."""
    for address in app.url_map.iter_rules():
        if "GET" in (address.methods or ()) and address.endpoint != "static" and address.endpoint.startswith(of):
            yield written_out(address, there)


def written_out(address: Address, there: dict[str, str]) -> str:
    """The address with its parts filled in: what ``there`` has for the endpoint's part, or for every part of that name."""

    def part(match: re.Match[str]) -> str:
        name = match[1]
        number = isinstance(address._converters[name], IntegerConverter)
        return there.get(f"{address.endpoint}:{name}", "1" if number else there.get(name, "none"))

    return re.sub(r"<(?:[^<>]*:)?(\w+)>", part, address.rule)


def forms_in(app: Flask, browser: FlaskClient, there: dict[str, str], *, of: str | tuple[str, ...] = "") -> list[Form]:
    """Every form that is on any page and takes what somebody types, once."""
    found: dict[tuple[str, bool, tuple[str, ...]], Form] = {}
    for page in pages(app, there, of=of):
        answer = browser.get(page, follow_redirects=True)
        for form in forms_of(answer.request.path, answer.text) if answer.mimetype == "text/html" else ():
            found.setdefault((form.address, form.posts, tuple(box.name for box in form.boxes)), form)
    return [form for form in found.values() if form.free()]
