"""Parts of the board: one week, only one's own sessions, only what is open, only a service, a language, an organisation."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time

from .board import Board, BoardBlock, BoardDay, BoardSession, Cell, Seat
from .offers import NamedService, OrganisationInfo, SpokenLanguage
from .rooms import attributes_of, needs_of_session

SHOWS: dict[str, Callable[[Cell], bool]] = {
    "all": lambda cell: True,
    "mine": lambda cell: cell.session is not None and cell.session.mine,
    "open": lambda cell: cell.free,
}
VIEWS = ("grid", "list")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see of a month: how, which week (all where empty), and which slots of it.

    ``of`` is the code of the organisation whose sessions are wanted.
    """

    view: str = "grid"
    week: str = ""
    show: str = "all"
    service: str = ""
    language: str = ""
    of: str = ""

    @property
    def filtered(self) -> bool:
        """Whether a service, a language or an organisation is asked for."""
        return bool(self.service or self.language or self.of)

    def parts(self, **changed: str) -> dict[str, str]:
        """As an address states it: only what differs from the whole month as a table. A list always states its week."""
        chosen = {**asdict(self), **changed}
        usual = asdict(Asked())
        said = {name: value for name, value in chosen.items() if value != usual[name]}
        return {**said, "week": chosen["week"]} if chosen["view"] == "list" else said


def stated_parts(stated: Mapping[str, str]) -> dict[str, str]:
    """What an address says of the board to come back to, unread."""
    return {name: stated[name] for name in asdict(Asked()) if stated.get(name)}


def asked_from(stated: Mapping[str, str], weeks: Collection[str], this_week: str) -> Asked:
    """What an address asks for. A list of everybody's sessions would be long, so it begins with one week."""
    words = {name: stated.get(name, "") for name in ("service", "language", "of")}
    view = stated.get("view", "")
    asked = Asked(
        view=view if view in VIEWS else "grid",
        show=stated.get("show", "") if stated.get("show") in SHOWS else "all",
        **words,
    )
    begins_with_one = asked.view == "list" and asked.show == "all" and not asked.filtered
    week = stated.get("week", this_week if begins_with_one else "")
    return replace(asked, week=week if week in weeks else "")


def weeks(board: Board) -> tuple[str, ...]:
    """The ISO weeks of the month."""
    return tuple(dict.fromkeys(day.week for day in board.days))


def week_at(board: Board, day: date) -> str:
    """The week that ``day`` falls in, or the first of the month where it falls outside."""
    return next((one.week for one in board.days if one.day >= day), next(iter(weeks(board)), ""))


def day_to_jump_to(board: Board, today: date) -> date | None:
    """Today, or the next open day; None where that comes first anyway, or lies outside of what is shown."""
    days = [one.day for one in board.days]
    later = next((day for day in days if day >= today), None)
    return later if days and days[0] <= today and later != days[0] else None


def shown(board: Board, asked: Asked) -> Board:
    """The board with the slots that are asked for; days and blocks without any are left out."""
    wanted = wanted_by(asked, board.services)
    days = (replace(day, blocks=tuple(_blocks(day, wanted))) for day in board.days if asked.week in ("", day.week))
    return replace(board, days=tuple(day for day in days if day.blocks))


def wanted_by(asked: Asked, services: Mapping[str, NamedService]) -> Callable[[Cell], bool]:
    """Whether a slot is asked for. One that is free has no language yet and is nobody's; its room suits a service or not."""
    standing, named = SHOWS[asked.show], services.get(asked.service)

    def wanted(cell: Cell) -> bool:
        if not standing(cell):
            return False
        if cell.session is not None:
            return _is_of(cell.session, asked)
        suits = named is not None and needs_of_session([named]) <= attributes_of(cell.seat)
        return not asked.filtered or (asked.show == "open" and not asked.of and (suits or not asked.service))

    return wanted


def _is_of(session: BoardSession, asked: Asked) -> bool:
    return (
        asked.service in ("", *(one.code for one in session.services))
        and asked.language in ("", *(one.tag for one in session.languages))
        and asked.of in ("", session.organisation.code)
    )


def _blocks(day: BoardDay, wanted: Callable[[Cell], bool]) -> list[BoardBlock]:
    kept = (
        replace(block, cells=tuple(cell if cell and wanted(cell) else None for cell in block.cells))
        for block in day.blocks
    )
    return [block for block in kept if any(block.cells)]


def cells_of(board: Board) -> Iterator[tuple[BoardDay, BoardBlock, Cell]]:
    """Every slot of a board with where it lies."""
    for day in board.days:
        for block in day.blocks:
            for cell in block.cells:
                if cell is not None:
                    yield day, block, cell


def count(board: Board, show: str) -> int:
    """How many slots ``show`` asks for."""
    return sum(SHOWS[show](cell) for _, _, cell in cells_of(board))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What can be asked for: what is given on the board, and by whom."""

    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]
    organisations: tuple[OrganisationInfo, ...]


def choices_on(board: Board, asked: Asked) -> Choices:
    """The services, languages and organisations of the month's sessions, and those that are asked for already."""
    sessions = [cell.session for _, _, cell in cells_of(board) if cell.session is not None]
    given = {asked.service, *(one.code for session in sessions for one in session.services)}
    spoken = {asked.language, *(one.tag for session in sessions for one in session.languages)}
    there = {session.organisation.code: session.organisation for session in sessions}
    return Choices(
        services=tuple(one for code, one in board.services.items() if code in given),
        languages=tuple(one for tag, one in board.languages.items() if tag in spoken),
        organisations=tuple(there[code] for code in sorted(there)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """A seat at one hour of a week: a cell for each day (None where there is no such slot, or it is not asked for)."""

    seat: Seat
    cells: tuple[tuple[BoardBlock | None, Cell | None], ...]


def week_rows(board: Board) -> list[tuple[tuple[time, time], list[WeekRow]]]:
    """A week turned round, its days side by side: by hour, the seats that have anything in it."""
    by_hour = [{(one.block.starts, one.block.ends): one for one in day.blocks} for day in board.days]
    found = []
    for hour in board.blocks:
        at = [blocks.get(hour) for blocks in by_hour]
        rows = [
            WeekRow(seat=seat, cells=tuple((one, one.cells[place] if one else None) for one in at))
            for place, seat in enumerate(board.seats)
        ]
        kept = [row for row in rows if any(cell for _, cell in row.cells)]
        found += [(hour, kept)] if kept else []
    return found
