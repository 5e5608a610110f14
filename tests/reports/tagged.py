"""A tagged PDF of typst read back by its tags, as a screen reader does: what each part is, and the words in it.

The file is looked at as bytes, since parsing all of its objects takes a hundred times as long: typst writes them plainly.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdf

_ELEMENT = re.compile(
    rb"(\d+) 0 obj\n<</Type/StructElem/S/(\w+)/P (\d+) 0 R(?:(?!endobj).)*?/K\[([^\]]*)\](?:/Pg (\d+) 0 R)?>>\nendobj",
    re.DOTALL,
)
_KID = re.compile(rb"(\d+) 0 R|<<[^>]*?/Pg (\d+) 0 R[^>]*?/MCID (\d+)[^>]*?>>|<<.*?>>|(\d+)", re.DOTALL)
_STRING = rb"\(\)"
for _ in range(6):
    _STRING = rb"\((?:\\.|[^\\()]|" + _STRING + rb")*\)"
"""Brackets may stand in one if they are closed again."""
_HEX = rb"<[0-9A-F]*>"
_TOKEN = re.compile(
    rb"/\w+\s*<<(?P<about>(?:" + _STRING + rb"|" + _HEX + rb"|[^()<>])*)>>\s*BDC|(?P<mark>/\w+\s+BMC)|(?P<end>\bEMC\b)"
    rb"|/(?P<font>f\d+)\s+\S+\s+Tf|(?P<shown>\[(?:"
    + _STRING
    + rb"|[^\]()])*\]\s*TJ|(?:"
    + _STRING
    + rb"|"
    + _HEX
    + rb")\s*Tj)"
    rb"|/(?P<form>\w+)\s+Do\b",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Part:
    """A part of the document: its kind (``H2``, ``Table``, ``TD``, ``Figure``), its alternative text, what is in it."""

    kind: str
    alt: str = ""
    inside: list["Part | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join("".join(one if isinstance(one, str) else f" {one.text} " for one in self.inside).split())

    def all(self, *kinds: str) -> Iterator["Part"]:
        """Every part of those kinds within it, in the order of reading."""
        for one in self.inside:
            if isinstance(one, Part):
                if one.kind in kinds:
                    yield one
                yield from one.all(*kinds)


def read(pdf: bytes) -> Part:
    """The whole document."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    words = {page.indirect_reference.idnum: _Words(page).found for page in reader.pages if page.indirect_reference}
    elements = {int(found[1]): found for found in _ELEMENT.finditer(pdf)}
    (root,) = (number for number, found in elements.items() if int(found[3]) not in elements)

    def part(number: int) -> Part:
        _, kind, _, inside, page = elements[number].groups()
        made = Part(kind=kind.decode())
        if made.kind == "Figure":
            figure: Any = reader.get_object(number)
            made.alt = str(figure["/Alt"])
        for below, elsewhere, marked, here in _KID.findall(inside):
            if below and int(below) in elements:
                made.inside.append(part(int(below)))
            elif marked or here:
                made.inside.append(words[int(elsewhere or page)].get(int(marked or here), ""))
        return made

    return part(root)


class _Words:
    """The words of a page by the number of the marked content that they stand in."""

    def __init__(self, page: Any) -> None:
        self.found: dict[int, str] = defaultdict(str)
        self._marks: list[tuple[int | None, str | None]] = []
        self._read(page.get_contents().get_data(), page["/Resources"])

    def _read(self, content: bytes, resources: Any) -> None:
        fonts = {name[1:]: _letters(font.get_object()) for name, font in resources.get("/Font", {}).items()}
        letters: dict[int, str] = {}
        for token in _TOKEN.finditer(content):
            if token["font"]:
                letters = fonts[token["font"].decode()]
            elif token["shown"]:
                self._say(token["shown"], letters)
            elif token["about"] is not None:
                self._begin(token["about"])
            elif token["mark"]:
                self._marks.append((None, None))
            elif token["end"]:
                self._end()
            else:
                inner = resources["/XObject"][f"/{token['form'].decode()}"].get_object()
                if inner.get("/Subtype") == "/Form":
                    self._read(inner.get_data(), inner.get("/Resources", {}))

    def _begin(self, about: bytes) -> None:
        number = re.search(rb"/MCID (\d+)", about)
        actual = re.search(rb"/ActualText(" + _STRING + rb"|" + _HEX + rb")", about, re.DOTALL)
        self._marks.append((int(number[1]) if number else None, _words(actual[1]) if actual else None))

    def _end(self) -> None:
        _, actual = self._marks.pop()
        if actual is not None:
            self._add(actual)

    def _say(self, shown: bytes, letters: dict[int, str]) -> None:
        if any(actual is not None for _, actual in self._marks):
            return
        for one in re.findall(_STRING + rb"|" + _HEX, shown, re.DOTALL):
            codes = bytes.fromhex(one[1:-1].decode()) if one.startswith(b"<") else _unescaped(one[1:-1])
            self._add(
                "".join(letters.get(high * 256 + low, "") for high, low in zip(codes[::2], codes[1::2], strict=True))
            )

    def _add(self, words: str) -> None:
        mark = next((number for number, _ in reversed(self._marks) if number is not None), None)
        if mark is not None:
            self.found[mark] += words


def _words(string: bytes) -> str:
    """A string of words: of Latin letters, or in UTF-16."""
    plain = bytes.fromhex(string[1:-1].decode()) if string.startswith(b"<") else _unescaped(string[1:-1])
    return plain[2:].decode("utf-16-be") if plain.startswith(b"\xfe\xff") else plain.decode("latin-1")


def _unescaped(string: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8)]) if sign[:1].isdigit() else _PLAIN.get(sign, sign)

    return _ESCAPE.sub(plain, string)


def _letters(font: Any) -> dict[int, str]:
    """What each glyph of a font stands for, by its number."""
    text = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letters in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letters in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(letters, 16)
            found |= {int(first, 16) + step: chr(start + step) for step in range(int(last, 16) - int(first, 16) + 1)}
    return found
