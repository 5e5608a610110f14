"""What stands around a board: what each week covers, and how fair the month is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from bureau.kernel.database import lines
from bureau.rotation.domain.board import Board
from bureau.rotation.domain.cockpit import Coverage, NamedCategory, Share
from bureau.rotation.domain.coverage import Meeting, coverage_of
from bureau.rotation.domain.offers import OrganisationInfo, SpokenLanguage
from bureau.rotation.domain.problem import iso_week
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.domain.showing import cells_of
from bureau.rotation.models import PlannedSession, SessionLanguage, SessionService, Slot, is_live

from .cockpit import wishes
from .facts import demands_at, wanted
from .fairness import shares_on
from .rounds import blocks_of_round

Strips = tuple[tuple[Coverage, ...], tuple[Share, ...]]
"""The coverage of each week, and what each organisation promised, has and carries."""

Sitting = tuple[OrganisationInfo, Meeting]
"""A session as far as the strips count it: whose it is, and what it covers."""


def strips_of(board: Board, *, now: datetime) -> Strips:
    """The strips of a whole month that is loaded already. Two queries."""
    return _strips(board.round, _blocks_on(board), _sittings_on(board), now=now)


def strips_in(round_: RoundInfo, *, now: datetime) -> Strips:
    """The same of a month of which no more is needed. Four queries."""
    return _strips(round_, blocks_of_round(round_.id), _sittings_in(round_.id), now=now)


def coverage_by_week(board: Board) -> tuple[Coverage, ...]:
    """The coverage of each ISO week, for the strip above it: needs and languages somebody wishes for. One query."""
    meetings = [meeting for _, meeting in _sittings_on(board)]
    return _coverage(_blocks_on(board), meetings, demands_at(board.round.bureau_id))


def _strips(round_: RoundInfo, blocks: Sequence[Block], sittings: Sequence[Sitting], *, now: datetime) -> Strips:
    asked = demands_at(round_.bureau_id)
    covered = _coverage(blocks, [meeting for _, meeting in sittings], asked)
    return covered, shares_on(round_, blocks, [whose for whose, _ in sittings], map(wanted, asked), now=now)


def _coverage(blocks: Sequence[Block], meetings: Sequence[Meeting], asked: Sequence[Any]) -> tuple[Coverage, ...]:
    of_service = [row for row in asked if row.service]
    categories = {row.category: row for row in of_service}
    languages = {row.tag: row for row in asked if row.tag}
    wanted_here = wishes(blocks, map(wanted, asked), {row.service: row.category for row in of_service})
    in_order = sorted(categories.values(), key=lambda row: row.category_position)
    named = tuple(NamedCategory(code=row.category, name=row.category_name, icon=row.icon) for row in in_order)
    spoken = tuple(
        SpokenLanguage(tag=row.tag, own_name=row.own_name, direction=row.direction)
        for row in sorted(languages.values(), key=lambda row: row.language_position)
    )
    weeks = sorted({iso_week(block.day) for block in blocks})
    return tuple(coverage_of(week, named, spoken, meetings, wanted_here) for week in weeks)


def _blocks_on(board: Board) -> list[Block]:
    return [one.block for day in board.days for one in day.blocks]


def _sittings_on(board: Board) -> list[Sitting]:
    return [
        (
            cell.session.organisation,
            Meeting(
                week=day.week,
                categories=frozenset(service.category for service in cell.session.services),
                languages=frozenset(language.tag for language in cell.session.languages),
            ),
        )
        for day, _, cell in cells_of(board)
        if cell.session is not None
    ]


def _sittings_in(round_id: int) -> list[Sitting]:
    known: dict[int, OrganisationInfo] = {}
    meeting = cache(_meeting)
    return [
        (
            known.get(row.id) or known.setdefault(row.id, OrganisationInfo(id=row.id, code=row.code, name=row.name)),
            meeting(row.day, row.categories, row.languages),
        )
        for row in lines(_sessions(), {"round": round_id}).all()
    ]


def _meeting(day: date, categories: str | None, languages: str | None) -> Meeting:
    return Meeting(week=iso_week(day), categories=_listed(categories), languages=_listed(languages))


def _listed(joined: str | None) -> frozenset[str]:
    return frozenset(joined.split(",") if joined else ())


@cache
def _sessions() -> Select[Any]:
    """Day, owner, and what is given and spoken as one text each, of every live session of ``:round``."""
    owner, service = (tie.property.mapper.class_ for tie in (PlannedSession.organisation, PlannedSession.services))
    category = service.category.property.mapper.class_
    given = (SessionService.session_id == PlannedSession.id, SessionService.service_id == service.id)
    categories = select(func.aggregate_strings(category.code, ",")).where(*given, service.category_id == category.id)
    languages = select(func.aggregate_strings(SessionLanguage.language_tag, ","))
    languages = languages.where(SessionLanguage.session_id == PlannedSession.id)
    listed = [one.correlate(PlannedSession).scalar_subquery() for one in (categories, languages)]
    statement = select(Slot.day, owner.id, owner.code, owner.name, *_labelled(listed))
    tied = statement.join_from(PlannedSession, Slot, PlannedSession.slot).join(PlannedSession.organisation)
    return tied.where(Slot.round_id == bindparam("round"), is_live())


def _labelled(listed: Iterable[Any]) -> list[Any]:
    return [one.label(name) for one, name in zip(listed, ("categories", "languages"), strict=True)]
