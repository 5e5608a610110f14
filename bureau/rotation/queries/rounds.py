"""Rounds and their blocks."""

from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from bureau.kernel.database import db, lines
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.models import Round, Slot
from bureau.rotation.models.loading import with_its_bureau
from bureau.rotation.models.reading import round_in, round_info

WORKED_ON = ("preparing", "declaring", "proposing", "reviewing")


def _rounds(bureau: str) -> Select[Round]:
    here = Round.bureau.has(code=bureau)
    return select(Round).where(here).options(with_its_bureau()).order_by(Round.month.desc())


def find_round(bureau: str, month: str) -> RoundInfo | None:
    """The round of the bureau (by code) and month (``2026-12``), if it was opened."""
    row = lines(_round(), {"bureau": bureau, "month": month}).one_or_none()
    return None if row is None else round_in(row)


@cache
def _round() -> Select[Any]:
    """Put together once: nearly every page of planning asks it."""
    bureau = Round.bureau.property.mapper.class_
    here = (bureau.code == bindparam("bureau"), Round.month == bindparam("month"))
    return with_its_round(select()).select_from(Round).join(Round.bureau).where(*here)


def with_its_round(statement: Select[Any]) -> Select[Any]:
    """The statement with the columns that ``round_in`` reads; it joins the round and its bureau itself."""
    bureau = Round.bureau.property.mapper.class_
    return statement.add_columns(
        Round.id.label("round_id"), Round.bureau_id, bureau.code.label("bureau"), bureau.name.label("bureau_name"),
        bureau.timezone, Round.month, Round.phase, Round.declaring_until, Round.proposing_until, Round.reviewing_until,
        Round.advances_itself, Round.version.label("round_version"),
    )  # fmt: skip


def get_round(bureau: str, month: str) -> RoundInfo:
    """The same; NotFound where there is none."""
    found = find_round(bureau, month)
    if found is None:
        raise NotFound
    return found


def rounds_of(bureau: str) -> tuple[RoundInfo, ...]:
    """Every round of the bureau, the latest month first."""
    return tuple(round_info(row) for row in db.session.scalars(_rounds(bureau)))


def current_round(bureau: str, *, now: datetime) -> RoundInfo | None:
    """The round that people work on: the first not yet published, else the latest."""
    every = rounds_of(bureau)
    waiting = [one for one in reversed(every) if one.phase in WORKED_ON and one.month.last >= now.date()]
    return next(iter(waiting or every), None)


def rounds_with_deadlines() -> tuple[RoundInfo, ...]:
    """Every round of every bureau that is still on its way to being published."""
    statement = select(Round).options(with_its_bureau()).where(Round.phase.in_(WORKED_ON)).order_by(Round.id)
    return tuple(round_info(row) for row in db.session.scalars(statement))


def blocks_of_round(round_id: int) -> tuple[Block, ...]:
    """The blocks of a round in order of time, each once."""
    return tuple(
        Block(day=day, starts=starts, ends=ends, starts_at=starts_at, ends_at=ends_at)
        for day, starts, ends, starts_at, ends_at in lines(_blocks(), {"round": round_id}).all()
    )


@cache
def _blocks() -> Select[date, time, time, datetime, datetime]:
    columns = (Slot.day, Slot.starts, Slot.ends, Slot.starts_at, Slot.ends_at)
    of_round = select(*columns).where(Slot.round_id == bindparam("round"))
    return of_round.distinct().order_by(Slot.starts_at, Slot.ends_at)
