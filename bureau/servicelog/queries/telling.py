"""A month of the log as its page tells it: to an organisation its own, exactly; of the bureau as a whole in fives."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import Scope
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.rotation.domain.held import SessionOfMonth, hours_held, tally_sessions
from bureau.rotation.queries.held import sessions_of_months
from bureau.servicelog.domain.bands import WAITING_BANDS
from bureau.servicelog.domain.telling import (
    TOLD_OF_BUREAU,
    TOLD_TO_ALL,
    Sum,
    Tables,
    Told,
    asked_in_vain,
    charts,
    sum_of,
    tables_in_fives,
    tables_of,
)

from .figures import lines_of, moments_of, shares_of


def month_told(bureau_id: int, month: Month, *, scope: Scope, now: datetime) -> Told:
    """The month beside the one before. Whoever is told of every organisation together is told in fives."""
    whole, months = scope.organisation_id is None, (month, month.shifted(-1))
    lines, moments = lines_of(bureau_id, months, scope=scope), moments_of(bureau_id, months, scope=scope)
    shares = shares_of(bureau_id, months, scope=scope) if whole else []
    sessions = sessions_of_months(bureau_id, months, now=now, scope=scope)
    exact = [tables_of(lines, moments, shares, one) for one in months]
    tables = [tables_in_fives(one) for one in exact] if whole else exact
    sums = [_sum(one, [held for held in sessions if held.month == at]) for one, at in zip(tables, months, strict=True)]
    wanted = TOLD_OF_BUREAU if whole else TOLD_TO_ALL
    return Told(
        month=month, rounded=whole, now=sums[0], before=sums[1],
        charts=tuple(charts(wanted, tables[0], tables[1], _order())),
        vain=() if whole else tuple(asked_in_vain(lines, month)),
    )  # fmt: skip


def _sum(tables: Tables, sessions: Sequence[SessionOfMonth]) -> Sum:
    tally = tally_sessions(sessions)
    return sum_of(tables, planned=tally.planned, held=tally.held, hours=hours_held(sessions))


def _order() -> Mapping[str, Sequence[str]]:
    return {
        "service": [row.code for row in catalogue.services()],
        "language": list(catalogue.languages_by_tag()),
        "organisation": [row.code for row in places.organisations()],
        "hour": [f"{hour:02d}" for hour in range(24)],
        "waiting": WAITING_BANDS,
    }
