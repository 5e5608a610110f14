"""Publications in spite of open objections or of too few answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText
from bureau.organisations.queries import names_of
from bureau.reviewing.domain.habits import Change, Given, beside
from bureau.reviewing.models import PublishedOver
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries import find_round
from bureau.rotation.queries.facts import live_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class OverWhat:
    """What a publication was made in spite of: whose objections, and how many had answered of how many needed."""

    number: int
    objecting: tuple[LocalisedText, ...]
    answered: int
    asked: int
    percent: int
    published_at: datetime

    @property
    def quorate(self) -> bool:
        """Whether enough had answered."""
        return self.answered * 100 >= self.asked * self.percent


def published_over(round_: RoundInfo) -> tuple[OverWhat, ...]:
    """Every such publication of the round, the latest first."""
    statement = select(PublishedOver).where(PublishedOver.round_id == round_.id).order_by(PublishedOver.number.desc())
    rows = db.session.scalars(statement).all()
    names = names_of({code for row in rows for code in row.objecting}) if rows else {}
    return tuple(_over(row, names) for row in rows)


def _over(row: PublishedOver, names: Mapping[str, LocalisedText]) -> OverWhat:
    return OverWhat(
        number=row.number,
        objecting=tuple(names[code] for code in row.objecting if code in names),
        answered=row.answered,
        asked=row.asked,
        percent=row.percent,
        published_at=row.published_at,
    )


def beside_last_month(round_: RoundInfo) -> tuple[tuple[LocalisedText, tuple[Change, ...]], ...]:
    """What residents know from last month and find otherwise, by organisation; nothing where there was no last month."""
    before = find_round(round_.bureau, str(round_.month.shifted(-1)))
    if before is None:
        return ()
    names: dict[int, LocalisedText] = {}
    changes = beside(_given(before, names), _given(round_, names))
    otherwise = [one for one in changes if one.kind != "same"]
    found = ((names[who], tuple(one for one in otherwise if one.habit.who == who)) for who in names)
    return tuple(one for one in found if one[1])


def _given(round_: RoundInfo, names: dict[int, LocalisedText]) -> list[Given]:
    given = []
    for row in live_sessions(round_.id):
        names[row.organisation_id] = row.organisation.name
        slot = row.slot
        given.append(Given(who=row.organisation_id, day=slot.day, starts=slot.starts, ends=slot.ends, slot_id=slot.id))
    return given
