"""Rounds and their blocks."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select

from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.models import Round, Slot
from bureau.rotation.models.loading import with_its_bureau
from bureau.rotation.models.reading import round_info

WORKED_ON = ("preparing", "declaring", "proposing", "reviewing")


def _rounds(bureau: str) -> Select[Round]:
    here = Round.bureau.has(code=bureau)
    return select(Round).where(here).options(with_its_bureau()).order_by(Round.month.desc())


def find_round(bureau: str, month: str) -> RoundInfo | None:
    """The round of the bureau (by code) and month (``2026-12``), if it was opened."""
    row = db.session.scalar(_round(), {"bureau": bureau, "month": month})
    return None if row is None else round_info(row)


@cache
def _round() -> Select[Round]:
    """Put together once: nearly every page of planning asks it."""
    of_month = (Round.bureau.has(code=bindparam("bureau")), Round.month == bindparam("month"))
    return select(Round).where(*of_month).options(with_its_bureau())


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
    columns = (Slot.day, Slot.starts, Slot.ends, Slot.starts_at, Slot.ends_at)
    statement = select(*columns).where(Slot.round_id == round_id).distinct().order_by(Slot.starts_at, Slot.ends_at)
    return tuple(
        Block(day=row.day, starts=row.starts, ends=row.ends, starts_at=row.starts_at, ends_at=row.ends_at)
        for row in db.session.execute(statement)
    )
