"""Who gave how much, month after month."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import ColumnElement, case, func, select

from bureau.kernel.database import EVERY_ORGANISATION, db, one_of
from bureau.organisations import queries as places
from bureau.rotation.domain.delivery import EXCUSED
from bureau.rotation.domain.ledger import Entry, MonthGiven, balances_after, entries_of
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Offer, PlannedSession, Round, Slot

COUNTED = {"booked": "given", "held": "given", "missed": "missed", "excused": "excused", "released": "released"}
"""What becomes of a session in the ledger, by its state; one that the bureau withdrew is nobody's."""

OUTCOME = case((one_of(PlannedSession.missed_for, EXCUSED), "excused"), else_=PlannedSession.state).label("outcome")

Counts = dict[str, dict[str, int]]
"""By month and organisation."""


def ledger_of(bureau_id: int, *, before: str | None = None) -> tuple[Entry, ...]:
    """The ledger of the bureau's published months, of those before a month where one is named."""
    months = Round.phase.in_(("published", "closed")), Round.bureau_id == bureau_id
    chosen = months if before is None else (*months, Round.month < before)
    promised: Counts = defaultdict(dict)
    offers = (
        select(Round.month, Offer.organisation_id, Offer.promised)
        .join(Offer.round)
        .where(*chosen, Offer.answered_at.is_not(None))
        .execution_options(**EVERY_ORGANISATION.options())
    )
    codes = {row.id: row.code for row in places.organisations()}
    for month, organisation, number in db.session.execute(offers):
        promised[month][codes[organisation]] = number
    return entries_from(promised, _counts(codes, *chosen))


def entries_from(promised: Counts, counts: Mapping[str, Counts]) -> tuple[Entry, ...]:
    """The ledger of the months named, from what was promised in them, and what was given, missed and released."""
    named = sorted({*promised, *(month for found in counts.values() for month in found)})
    return entries_of(
        MonthGiven(
            month=month,
            promised=promised.get(month, {}),
            given=counts["given"].get(month, {}),
            missed=counts["missed"].get(month, {}),
            excused=counts["excused"].get(month, {}),
            released=counts["released"].get(month, {}),
        )
        for month in named
    )


def _counts(codes: Mapping[int, str], *chosen: ColumnElement[bool]) -> dict[str, Counts]:
    statement = (
        select(Round.month, PlannedSession.organisation_id, OUTCOME, func.count())
        .select_from(PlannedSession)
        .join(PlannedSession.slot)
        .join(Slot.round)
        .where(*chosen, PlannedSession.state.in_(COUNTED))
        .group_by(Round.month, PlannedSession.organisation_id, "outcome")
    )
    found: dict[str, Counts] = {kind: defaultdict(dict) for kind in COUNTED.values()}
    for month, organisation, state, number in db.session.execute(statement):
        of_month = found[COUNTED[state]][month]
        of_month[codes[organisation]] = of_month.get(codes[organisation], 0) + number
    return found


def balances_before(round_: RoundInfo) -> dict[str, int]:
    """By organisation, sessions above or below its shares in all months before."""
    return balances_after(ledger_of(round_.bureau_id, before=str(round_.month)))
