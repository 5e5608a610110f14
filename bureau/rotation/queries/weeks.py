"""What stands around a board: what each week covers, and how fair the month is."""

from collections.abc import Sequence
from datetime import datetime

from bureau.rotation.domain.board import Board
from bureau.rotation.domain.cockpit import Coverage, NamedCategory, Share
from bureau.rotation.domain.coverage import Meeting, coverage_of
from bureau.rotation.domain.problem import iso_week
from bureau.rotation.models import Demand
from bureau.rotation.models.reading import spoken_language

from .cockpit import wishes
from .facts import demands_at, wanted
from .fairness import shares_on


def strips_of(board: Board, *, now: datetime) -> tuple[tuple[Coverage, ...], tuple[Share, ...]]:
    """The coverage of each week, and what each organisation promised, has and carries. Two queries."""
    asked = demands_at(board.round.bureau_id)
    return _coverage(board, asked), shares_on(board, map(wanted, asked), now=now)


def coverage_by_week(board: Board) -> tuple[Coverage, ...]:
    """The coverage of each ISO week, for the strip above it: needs and languages somebody wishes for. One query."""
    return _coverage(board, demands_at(board.round.bureau_id))


def _coverage(board: Board, asked: Sequence[Demand]) -> tuple[Coverage, ...]:
    services = [row.service for row in asked if row.service]
    categories = {one.category.code: one.category for one in services}
    languages = {row.language.tag: row.language for row in asked if row.language}
    blocks = [one.block for day in board.days for one in day.blocks]
    wanted_here = wishes(blocks, map(wanted, asked), {one.code: one.category.code for one in services})
    in_order = sorted(categories.values(), key=lambda row: row.position)
    named = tuple(NamedCategory(code=row.code, name=row.name, icon=row.icon) for row in in_order)
    spoken = tuple(spoken_language(row) for row in sorted(languages.values(), key=lambda row: row.position))
    meetings = meetings_on(board)
    weeks = sorted({day.week for day in board.days})
    return tuple(coverage_of(week, named, spoken, meetings, wanted_here) for week in weeks)


def meetings_on(board: Board) -> list[Meeting]:
    """The sessions on a board, by week."""
    return [
        Meeting(
            week=iso_week(one.block.day),
            categories=frozenset(service.category for service in cell.session.services),
            languages=frozenset(language.tag for language in cell.session.languages),
        )
        for day in board.days
        for one in day.blocks
        for cell in one.cells
        if cell is not None and cell.session is not None
    ]
