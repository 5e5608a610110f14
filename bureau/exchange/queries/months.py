"""A month's sessions and offers, as far as moving asks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bureau.exchange.domain.moves import Appointment, Month
from bureau.exchange.models.reading import placed
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain.booking import Limits
from bureau.rotation.queries.exchanging import sessions_of_round, whereabouts
from bureau.rotation.queries.offers import offers_of

WEEK = timedelta(days=7)


def month_of(round_id: int, bureau_id: int) -> Month:
    """The round's live sessions, what was offered, each organisation's limits, and where its people are anyway."""
    rows = sessions_of_round(round_id)
    offers = [row for row in offers_of(round_id) if row.answered_at]
    owners = {row.organisation_id for row in rows}
    return Month(
        sessions={row.id: placed(row) for row in rows},
        levels={
            (worker.worker_id, time.day, time.starts): time.level
            for offer in offers
            for worker in offer.workers
            for time in worker.availability
        },
        limits={**_usual_limits(bureau_id, owners), **{row.organisation_id: row for row in offers}},
        appointments=_appointments(rows),
    )


def _usual_limits(bureau_id: int, organisation_ids: set[int]) -> dict[int, Limits]:
    return {
        one.organisation_id: Usual.from_json(one.usual)
        for one in places.partnerships(bureau_id)
        if one.organisation_id in organisation_ids
    }


def _appointments(rows: Sequence[Any]) -> Mapping[int, list[Appointment]]:
    """Where the people of these organisations are around that month, by organisation."""
    found: dict[int, list[Appointment]] = defaultdict(list)
    if not rows:
        return found
    owners = {row.organisation_id for row in rows}
    for row in whereabouts(owners, rows[0].starts_at - 5 * WEEK, rows[-1].starts_at + 5 * WEEK):
        found[row.organisation_id].append(_appointment(row))
    return found


def _appointment(row: Any) -> Appointment:
    return Appointment(
        session_id=row.id, worker_id=row.worker_id, day=row.day, starts_at=row.starts_at, ends_at=row.ends_at
    )
