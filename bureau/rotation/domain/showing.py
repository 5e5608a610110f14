"""Parts of the board: all of it, only one's own sessions, only what is open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from .board import Board, BoardBlock, BoardDay, Cell

SHOWS: dict[str, Callable[[Cell], bool]] = {
    "all": lambda cell: True,
    "mine": lambda cell: cell.session is not None and cell.session.mine,
    "open": lambda cell: cell.free,
}


def weeks(board: Board) -> tuple[str, ...]:
    """The ISO weeks of the month."""
    return tuple(dict.fromkeys(day.week for day in board.days))


def week_at(board: Board, day: date) -> str:
    """The week that ``day`` falls in, or the first of the month where it falls outside."""
    return next((one.week for one in board.days if one.day >= day), next(iter(weeks(board)), ""))


def shown(board: Board, show: str, week: str = "") -> Board:
    """The board with the cells that ``show`` asks for; days and blocks without any are left out, and other weeks."""
    wanted = SHOWS[show]
    days = (replace(day, blocks=tuple(_blocks(day, wanted))) for day in board.days if week in ("", day.week))
    return replace(board, days=tuple(day for day in days if day.blocks))


def _blocks(day: BoardDay, wanted: Callable[[Cell], bool]) -> list[BoardBlock]:
    kept = (
        replace(block, cells=tuple(cell if cell and wanted(cell) else None for cell in block.cells))
        for block in day.blocks
    )
    return [block for block in kept if any(block.cells)]


def count(board: Board, show: str) -> int:
    """How many cells ``show`` asks for."""
    wanted = SHOWS[show]
    return sum(
        1 for day in board.days for block in day.blocks for cell in block.cells if cell is not None and wanted(cell)
    )
