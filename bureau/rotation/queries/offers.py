"""What was declared."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, case, func, select

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain.cockpit import Answer
from bureau.rotation.domain.offers import BlockKey, DeclaredOffer, Draft, OfferPage, WorkerChoice, from_usual, moved_to
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Offer, OfferDraft, Round, Slot
from bureau.rotation.models.loading import whole_offer
from bureau.rotation.models.reading import declared_offer, organisation_info, worker_choice

from .rounds import blocks_of_round


def find_offer_row(round_id: int, organisation_id: int, scope: Scope) -> Offer | None:
    """The stored offer with all its parts."""
    statement = select(Offer).where(Offer.round_id == round_id, Offer.organisation_id == organisation_id)
    return db.session.scalar(statement.options(*whole_offer()).execution_options(**scope.options()))


def find_draft_row(round_id: int, organisation_id: int, scope: Scope) -> OfferDraft | None:
    """What is written and not sent, as stored."""
    whose = {"round": round_id, "organisation": organisation_id}
    return db.session.scalar(_draft_row(), whose, execution_options=scope.options())


@cache
def _draft_row() -> Select[OfferDraft]:
    whose = (OfferDraft.round_id == bindparam("round"), OfferDraft.organisation_id == bindparam("organisation"))
    return select(OfferDraft).where(*whose)


def answer_version(round_id: int, organisation_id: int, scope: Scope) -> int | None:
    """The version of what was sent; None where nothing was."""
    whose = {"round": round_id, "organisation": organisation_id}
    return db.session.scalar(_answer_version(), whose, execution_options=scope.options())


@cache
def _answer_version() -> Select[int]:
    whose = (Offer.round_id == bindparam("round"), Offer.organisation_id == bindparam("organisation"))
    return select(Offer.version).where(*whose)


def draft_of(round_id: int, organisation_id: int, scope: Scope) -> Draft:
    """The same as plain data; an empty one where nothing is written."""
    row = find_draft_row(round_id, organisation_id, scope)
    if row is None:
        return Draft()
    return Draft(cells=row.cells, before=row.before, version=row.version, saved_at=row.saved_at)


def _shut(round_id: int) -> frozenset[BlockKey]:
    """The blocks in which every slot is closed."""
    open_slots = func.sum(case((Slot.closed, 0), else_=1))
    statement = select(Slot.day, Slot.starts).where(Slot.round_id == round_id).group_by(Slot.day, Slot.starts)
    return frozenset((row.day, row.starts) for row in db.session.execute(statement.having(open_slots == 0)))


def offers_of(round_id: int) -> Sequence[Offer]:
    """Every offer of a round with all its parts, by organisation (for the solver and the manager)."""
    statement = select(Offer).where(Offer.round_id == round_id).options(*whole_offer()).order_by(Offer.organisation_id)
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def choices_of(organisation_id: int, scope: Scope) -> tuple[WorkerChoice, ...]:
    """The organisation's active workers, as far as the scope may see them."""
    return tuple(worker_choice(row) for row in places.workers_of(organisation_id, scope))


def offer_page(round_: RoundInfo, organisation: str, *, scope: Scope) -> OfferPage:
    """All that the page "declare" shows, for the organisation (by code). NotFound where it is no partner there."""
    partnership = places.get_partner(round_.bureau_id, organisation)
    if scope.organisation_id not in (None, partnership.organisation_id):
        raise NotFound
    row = find_offer_row(round_.id, partnership.organisation_id, scope)
    return OfferPage(
        round=round_,
        organisation=organisation_info(partnership.organisation),
        workers=choices_of(partnership.organisation_id, scope) if partnership.active else (),
        blocks=blocks_of_round(round_.id),
        offer=None if row is None else declared_offer(row),
        version=None if row is None else row.version,
        answered_at=None if row is None else row.answered_at,
        usual=from_usual(Usual.from_json(partnership.usual)),
        draft=draft_of(round_.id, partnership.organisation_id, scope),
        closures={
            closure.day: closure.reason
            for closure in places.closures(round_.bureau_id, round_.month.first, round_.month.last)
        },
        shut=_shut(round_.id),
    )


def copy_last_month(round_: RoundInfo, organisation: str, *, scope: Scope) -> DeclaredOffer:
    """A draft (not stored): last month's offer by weekday and hour, else the partnership's usual pattern."""
    partnership = places.get_partner(round_.bureau_id, organisation)
    workers = choices_of(partnership.organisation_id, scope)
    blocks = blocks_of_round(round_.id)
    before = _offer_of_month(round_, partnership.organisation_id, scope)
    if before is None:
        return from_usual(Usual.from_json(partnership.usual), workers, blocks)
    return moved_to(declared_offer(before), workers, blocks)


def _offer_of_month(round_: RoundInfo, organisation_id: int, scope: Scope) -> Offer | None:
    """The organisation's offer for the month before."""
    month = str(round_.month.shifted(-1))
    before = db.session.scalar(select(Round.id).where(Round.bureau_id == round_.bureau_id, Round.month == month))
    return None if before is None else find_offer_row(before, organisation_id, scope)


def answers_of(round_: RoundInfo) -> tuple[Answer, ...]:
    """Every active partner of the bureau, with what it answered (for the manager)."""
    statement = select(Offer).where(Offer.round_id == round_.id)
    rows = db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options()))
    offers = {row.organisation_id: row for row in rows}
    return tuple(
        Answer(
            organisation=organisation_info(partner),
            answered_at=offer.answered_at if (offer := offers.get(partner.id)) else None,
            promised=offer.promised if offer else None,
            remark=offer.remark if offer else "",
        )
        for partner in places.partners(round_.bureau_id)
    )
