"""The little that must be known to keep a stroke of the brush."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select, tuple_

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, lines
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.draft import Seen, Stroke
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Availability, Offer, OfferDraft, OfferedWorker, Round, Slot
from bureau.rotation.models.reading import round_in

from .rounds import with_its_round


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """What an organisation painted so far for a round, and whether all that is painted now lies on its page."""

    round_id: int
    organisation_id: int
    draft_id: int | None
    seen: Seen
    cells: dict[str, str]
    saved_at: datetime | None
    has_all: bool

    def painted(self, cells: dict[str, str], *, now: datetime) -> "Canvas":
        """The same once these fields are stored."""
        seen = replace(self.seen, draft=self.seen.draft + 1)
        return replace(self, cells=cells, seen=seen, saved_at=now)


def hold_declaring(bureau: str, month: str, organisation: str) -> tuple[RoundInfo, int]:
    """A round, and the partner of that code, held until the transaction ends: two of its people write one after the
    other. NotFound where there is no such round or partner.
    """
    asked = {"bureau": bureau, "month": month, "organisation": organisation}
    row = lines(_declaring(), asked).one_or_none()
    if row is None:
        raise NotFound
    return round_in(row), row.owner


@cache
def _declaring() -> Select[Any]:
    """Put together once: it is asked with every stroke of a brush."""
    owner = Offer.organisation.property.mapper.class_
    partnership = owner.partnerships.property.mapper.class_
    bureau = Round.bureau.property.mapper.class_
    named = (bureau.code == bindparam("bureau"), owner.code == bindparam("organisation"))
    return (
        with_its_round(select(owner.id.label("owner")))
        .select_from(Round)
        .join(Round.bureau)
        .join(partnership, partnership.bureau_id == Round.bureau_id)
        .join(partnership.organisation)
        .where(*named, Round.month == bindparam("month"))
        .with_for_update(key_share=True, of=owner)
    )


def canvas_of(round_: RoundInfo, organisation_id: int, strokes: Collection[Stroke]) -> Canvas:
    """What stands for the organisation where these strokes go."""
    workers, blocks = {one.worker_id for one in strokes}, {(one.day, one.starts) for one in strokes}
    asked = {
        "round": round_.id, "bureau": round_.bureau_id, "organisation": organisation_id,
        "workers": tuple(workers), "blocks": tuple(blocks),
    }  # fmt: skip
    row = lines(_canvas(), asked).one()
    return Canvas(
        round_id=round_.id,
        organisation_id=organisation_id,
        draft_id=row.id,
        seen=Seen(answer=row.answer, draft=row.version or 0),
        cells=row.cells or {},
        saved_at=row.saved_at,
        has_all=row.active and (row.known, row.there) == (len(workers), len(blocks)),
    )


@cache
def _canvas() -> Select[Any]:
    owner = Offer.organisation.property.mapper.class_
    partnership, worker = owner.partnerships.property.mapper.class_, OfferedWorker.worker.property.mapper.class_
    round_: Any = bindparam("round")
    mine: Any = bindparam("organisation")
    answer = select(Offer.version).where(Offer.round_id == round_, Offer.organisation_id == mine)
    named = worker.id.in_(bindparam("workers", expanding=True))
    known = select(func.count()).where(named, worker.organisation_id == mine, worker.active)
    block = tuple_(Slot.day, Slot.starts).in_(bindparam("blocks", expanding=True))
    there = select(Slot.day, Slot.starts).where(Slot.round_id == round_, block).distinct().subquery()
    return (
        select(
            partnership.active, OfferDraft.id, OfferDraft.version, OfferDraft.cells, OfferDraft.saved_at,
            answer.scalar_subquery().label("answer"), known.scalar_subquery().label("known"),
            select(func.count()).select_from(there).scalar_subquery().label("there"),
        )
        .select_from(partnership)
        .outerjoin(OfferDraft, and_(OfferDraft.round_id == round_, OfferDraft.organisation_id == mine))
        .where(partnership.bureau_id == bindparam("bureau"), partnership.organisation_id == mine)
        .execution_options(**EVERY_ORGANISATION.options())  # its organisation is named, and was judged before
    )  # fmt: skip


def levels_answered(round_id: int, organisation_id: int, strokes: Collection[Stroke], scope: Scope) -> dict[str, str]:
    """What the answer in force says of the workers and days that were painted, by field."""
    touched = {
        "round": round_id, "organisation": organisation_id,
        "workers": tuple({one.worker_id for one in strokes}), "days": tuple({one.day for one in strokes}),
    }  # fmt: skip
    rows = db.session.execute(_levels(), touched, execution_options=scope.options())
    return {Stroke(*row).name: row.level for row in rows}


@cache
def _levels() -> Select[int, date, time, str]:
    columns = (OfferedWorker.worker_id, Availability.day, Availability.starts, Availability.level)
    return (
        select(*columns)
        .select_from(Offer)
        .join(Offer.workers)
        .join(OfferedWorker.availability)
        .where(
            Offer.round_id == bindparam("round"),
            Offer.organisation_id == bindparam("organisation"),
            OfferedWorker.worker_id.in_(bindparam("workers", expanding=True)),
            Availability.day.in_(bindparam("days", expanding=True)),
        )
    )
