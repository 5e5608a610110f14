"""How much of what is wished for the plan holds: service category × language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cockpit import Coverage, CoverageCell, CoverageRow, NamedCategory
from .offers import SpokenLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A session: in which week, for which needs, in which languages."""

    week: str
    categories: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How often a category is wanted in a week, in a language or (None) in any."""

    week: str
    category: str
    language: str | None
    minimum: float
    target: float


def minimal_languages(meetings: Iterable[Meeting], wishes: Iterable[Wish]) -> frozenset[str]:
    """The languages that are spoken or asked for: the columns of the table."""
    spoken = {tag for meeting in meetings for tag in meeting.languages}
    return frozenset(spoken | {wish.language for wish in wishes if wish.language})


def coverage_of(
    week: str | None,
    categories: Sequence[NamedCategory],
    languages: Sequence[SpokenLanguage],
    meetings: Iterable[Meeting],
    wishes: Iterable[Wish],
) -> Coverage:
    """The table of a week, or of the whole month."""
    there = [one for one in meetings if week in (None, one.week)]
    asked = [one for one in wishes if week in (None, one.week)]
    rows = tuple(
        CoverageRow(
            category=category,
            cells=tuple(_cell(category.code, language.tag, there, asked) for language in languages),
            any_language=_cell(category.code, None, there, asked),
        )
        for category in categories
    )
    return Coverage(week=week, languages=tuple(languages), rows=rows)


def _cell(category: str, language: str | None, meetings: Iterable[Meeting], wishes: Iterable[Wish]) -> CoverageCell:
    have = sum(category in one.categories and (language is None or language in one.languages) for one in meetings)
    wanted = [one for one in wishes if one.category == category and one.language == language]
    minimum = int(sum(one.minimum for one in wanted) + 1e-9)
    return CoverageCell(have=have, minimum=minimum, target=max(minimum, round(sum(one.target for one in wanted))))
