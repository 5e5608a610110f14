"""Typesetting: a template of ``templates/print`` and plain data in, a PDF out; the same data gives the same bytes.

Every file keeps PDF/UA-1: its text is in order, its headings, tables and pictures are named for who cannot see them.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parents[2] / "templates" / "print"
FONTS = Path(__file__).with_name("fonts")
_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of writing, which must not tell two files apart that say the same."""


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF that ``template`` (``poster``) makes of ``data``; what people wrote is only ever data, never a template."""
    return _typeset(template, _printable(json.dumps(data, ensure_ascii=False, sort_keys=True)))


def has_letters_for(text: str) -> bool:
    """Whether the fonts for paper have all of its characters."""
    return set(text) <= _covered()


def _printable(text: str) -> str:
    """The text with a question mark for each letter that no font has; other signs without a shape are left out."""
    missing = set(text) - _covered()
    return text.translate({ord(sign): "?" if sign.isalnum() else None for sign in missing})


@lru_cache(maxsize=1)
def _covered() -> frozenset[str]:
    lines = (FONTS / "covered.txt").read_text().split()
    spans = ((int(first, 16), int(last, 16)) for first, _, last in (line.partition("-") for line in lines))
    return frozenset(chr(code) for first, last in spans for code in range(first, last + 1))


@lru_cache(maxsize=64)
def _typeset(template: str, data: str) -> bytes:
    path = str(TEMPLATES / f"{template}.typ")
    written = _compiler().compile(
        input=path, format="pdf", sys_inputs={"data": data}, timestamp=_WRITTEN, pdf_standards=["ua-1"]
    )
    if not isinstance(written, bytes):
        raise TypeError(template)  # only pictures come as one file for each page
    return written


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One for the process: it reads the fonts once."""
    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)
