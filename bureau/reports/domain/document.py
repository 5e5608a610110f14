"""A published report as one document: every page, chart, file and sentence is made from it and from nothing else.

It holds releases, not counts: what is not public is not in it. Once it is published its numbers never change by a byte;
its words may be corrected (``text_version`` rises), and it may be withdrawn, which is said where it stood.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bureau.kernel.localised import LocalisedText

from .cells import Cell, Coordinates
from .release import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What people wrote for a report, each in the bureau's languages: what matters, what happened, what was learned."""

    summary: LocalisedText = field(default_factory=LocalisedText)
    story: LocalisedText = field(default_factory=LocalisedText)
    lessons: LocalisedText = field(default_factory=LocalisedText)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedFigure:
    """A number that nobody logs and somebody writes down: events held, mentions in the media, answers to feedback.

    ``of`` is the number of answers that a share rests on; a share of fewer than ten answers is in no document.
    """

    code: str
    number: int
    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A number of the release under the code by which a donor asks for it."""

    code: str
    donor: str
    name: LocalisedText
    at: Coordinates


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Why and when a report was taken back."""

    on: date
    note: LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of a bureau for a month. ``earlier`` are the months before, oldest first, one year back at most."""

    bureau: str
    name: LocalisedText
    city: LocalisedText
    languages: tuple[str, ...]
    month: str
    published_on: date
    release: Release
    earlier: tuple[Release, ...] = ()
    words: Words = field(default_factory=Words)
    noted: tuple[NotedFigure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    text_version: int = 1
    withdrawn: Withdrawal | None = None

    def cell(self, at: Coordinates) -> Cell | None:
        """What was published of a cell, this month or in an earlier one; None where the plan has no such cell."""
        return next((one.cells[at] for one in (self.release, *self.earlier) if at in one.cells), None)

    def in_month(self, month: str, measure: str, **codes: str) -> Cell | None:
        """What was published of a measure in a month, for these codes (fields of ``Coordinates``) or in all."""
        return self.cell(Coordinates(month, measure, **codes))

    def reworded(self, words: Words) -> "Report":
        """The same report with corrected words; no number moves."""
        return replace(self, words=words, text_version=self.text_version + 1)

    def to_json(self) -> dict[str, Any]:
        """As one JSON-like document."""
        gone = self.withdrawn
        return {
            "bureau": self.bureau, "name": self.name.as_json(), "city": self.city.as_json(),
            "languages": list(self.languages), "month": self.month, "published_on": self.published_on.isoformat(),
            "release": self.release.to_json(), "earlier": [one.to_json() for one in self.earlier],
            "words": {name: getattr(self.words, name).as_json() for name in ("summary", "story", "lessons")},
            "noted": [{"code": one.code, "number": one.number, "of": one.of} for one in self.noted],
            "indicators": [
                {"code": one.code, "donor": one.donor, "name": one.name.as_json(), "at": list(one.at)}
                for one in self.indicators
            ],
            "text_version": self.text_version,
            "withdrawn": None if gone is None else {"on": gone.on.isoformat(), "note": gone.note.as_json()},
        }  # fmt: skip

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Report":
        """Read what ``to_json`` wrote."""
        gone = document["withdrawn"]
        return cls(
            bureau=document["bureau"], name=LocalisedText.from_json(document["name"]),
            city=LocalisedText.from_json(document["city"]), languages=tuple(document["languages"]),
            month=document["month"], published_on=date.fromisoformat(document["published_on"]),
            release=Release.from_json(document["release"]), earlier=_releases(document["earlier"]),
            words=Words(**{name: LocalisedText.from_json(text) for name, text in document["words"].items()}),
            noted=tuple(NotedFigure(**one) for one in document["noted"]),
            indicators=tuple(_indicator(one) for one in document["indicators"]),
            text_version=document["text_version"],
            withdrawn=gone and Withdrawal(
                on=date.fromisoformat(gone["on"]), note=LocalisedText.from_json(gone["note"])
            ),
        )  # fmt: skip


def _releases(documents: Iterable[Mapping[str, Any]]) -> tuple[Release, ...]:
    return tuple(Release.from_json(one) for one in documents)


def _indicator(document: Mapping[str, Any]) -> Indicator:
    name, at = LocalisedText.from_json(document["name"]), Coordinates(*document["at"])
    return Indicator(code=document["code"], donor=document["donor"], name=name, at=at)
