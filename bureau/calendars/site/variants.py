"""A page in another variant of its language: the same page with its digits, dates and links written anew.

Nothing is drawn a second time, so that a tree of other digits costs next to nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from bureau.calendars.domain.files import Address, Draft
from bureau.calendars.domain.marks import mark_of
from bureau.calendars.domain.variants import Variant, variants_of

from . import jalali
from .reader import Reader

# All that may have to be written anew. Passed over: scripts, what runs from left to right on its own, and words in another
# language. Then days, and words with a digit. Everything else is copied without being looked at one by one.
_PIECES = re.compile(
    r"<script\b.*?</script>|<bdi dir=\"ltr\">[^<]*</bdi>|<(\w+)\b[^>]*\slang=\"[^\"]*\"[^>]*>[^<]*[0-9][^<]*</\1>"
    r"|<time datetime=\"(?P<day>[^\"]*)\" data-as=\"(?P<form>\w+)\"(?: data-to=\"(?P<last>[^\"]*)\")?>(?P<date>.*?)</time>"
    r"|(?<=>)(?P<words>[^<>]*[0-9][^<>]*)",
    re.DOTALL,
)
_SWITCH = re.compile(r"<nav class=\"digits\".*?</nav>", re.DOTALL)
_RANGE = re.compile(r"(\d+(?::\d\d)?)–(\d+(?::\d\d)?)")
_ADDRESS = re.compile(r"(\S+://\S+)")
_NUMBER = re.compile(r"(?<![A-Za-z#\d])\d+(?![A-Za-z])")
_PLAIN = re.compile(r"[^A-Za-z#]*")
_KEPT_AT_HAND = re.compile(r" data-wanted=\"[^\"]*\"")


def in_variant(page: bytes, variant: Variant, bureau: str) -> bytes:
    """The page as a reader of the variant sees it; its links lead on among the pages of the variant."""
    return _Writer(variant, bureau).write(page.decode()).encode()


class _Writer:
    def __init__(self, variant: Variant, bureau: str) -> None:
        self._variant = variant
        self._plain, self._place = f"/{variant.language}/{bureau}/", f"/{variant.segment}/{bureau}/"
        self._links = re.compile(rf' href="{re.escape(self._plain)}((?:[^"#]*/)?(?:#[^"]*)?)"')
        self._digits = str.maketrans("0123456789", variant.digits)

    def write(self, html: str) -> str:
        switch = _SWITCH.search(html)
        if switch is None:
            return self._written(html)
        before, after = html[: switch.start()], html[switch.end() :]
        return self._written(before) + self._switched(switch[0]) + self._written(after)

    def _written(self, html: str) -> str:
        html = html.replace(f'<html lang="{self._variant.language}"', f'<html lang="{self._variant.tag}"', 1)
        html = _PIECES.sub(self._piece, self._links.sub(rf' href="{self._place}\1"', html))
        return _KEPT_AT_HAND.sub(lambda kept: kept[0].replace(self._plain, self._place), html)

    def _piece(self, match: re.Match[str]) -> str:
        if match["words"] is not None:
            return self._worded(match["words"])
        return self._day(match) if match["day"] is not None else match[0]

    def _worded(self, words: str) -> str:
        if "://" in words:
            return "".join(part if "://" in part else self._counted(part) for part in _ADDRESS.split(words))
        return self._counted(words)

    def _counted(self, words: str) -> str:
        if "–" in words:
            words = _RANGE.sub(rf"\1{self._variant.between}\2", words)
        if _PLAIN.fullmatch(words):
            return words.translate(self._digits)
        return _NUMBER.sub(lambda number: number[0].translate(self._digits), words)

    def _day(self, match: re.Match[str]) -> str:
        date = match["date"]
        if self._variant.persian:
            date = jalali.worded(match["form"], match["day"], match["last"])
        return _PIECES.sub(self._piece, f">{date}")[1:]

    def _switched(self, switch: str) -> str:
        """The choice of digits and dates, with this variant as the one that is read."""
        unmarked = switch.replace(' aria-current="true"', "")
        here = f'href="/{self._variant.segment}/'
        return re.sub(rf'({re.escape(here)}[^"]*")', r'\1 aria-current="true"', unmarked)


def with_variants(reader: Reader, draft: Draft, address: Address) -> Iterator[Draft]:
    """The page at ``address``, and the same page in each variant of the reader's language."""
    variants, bureau = variants_of(reader.language), reader.place.bureau.code
    if not variants:
        yield draft
        return
    shared, mark = _Shared(draft.make, 1 + len(variants)), mark_of(draft.sources)
    yield replace(draft, sources=(mark,), make=shared.take)
    for one in variants:
        yield Draft(
            path=address.file(one.segment, bureau),
            sources=(one.segment, mark),
            make=partial(_made, shared, one, bureau),
        )


def _made(shared: "_Shared", variant: Variant, bureau: str) -> bytes:
    return in_variant(shared.take(), variant, bureau)


class _Shared:
    """A page that several files are made from: made once, and forgotten when all have taken it."""

    def __init__(self, make: Callable[[], bytes], takers: int) -> None:
        self._make, self._takers = make, takers
        self._left, self._page = takers, b""

    def take(self) -> bytes:
        """The page."""
        page = self._page or self._make()
        self._left -= 1
        self._page = page if self._left else b""
        self._left = self._left or self._takers
        return page
