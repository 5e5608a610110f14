"""Reading what a bureau wants covered."""

from sqlalchemy import select

from bureau.accounts import queries as accounts
from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.rotation.domain.demand import Source, SourceTold
from bureau.rotation.models.demand import Demand, DemandSource
from bureau.rotation.models.loading import demanded


def demand(bureau_id: int) -> list[Demand]:
    """The bureau's demand with services (and their categories) and languages, in the order it was stated."""
    statement = select(Demand).options(*demanded()).where(Demand.bureau_id == bureau_id).order_by(Demand.id)
    return list(db.session.scalars(statement))


def get_demand(bureau_id: int, demand_id: int) -> Demand:
    """One statement of the bureau's demand; refuses another bureau's."""
    for row in demand(bureau_id):
        if row.id == demand_id:
            return row
    raise NotFound


def sources_of(bureau_id: int) -> dict[int, SourceTold]:
    """Where those of the bureau's demands come from that were confirmed from the service log, by the demand's number."""
    statement = (
        select(DemandSource).join(Demand, Demand.id == DemandSource.demand_id).where(Demand.bureau_id == bureau_id)
    )
    rows = list(db.session.scalars(statement))
    names = accounts.names_of_people({row.confirmed_by_id for row in rows if row.confirmed_by_id is not None})
    return {
        row.demand_id: SourceTold(
            source=_source(row), target_before=row.target_before, confirmed_at=row.confirmed_at,
            confirmed_by=names.get(row.confirmed_by_id) if row.confirmed_by_id is not None else None,
        )
        for row in rows
    }  # fmt: skip


def _source(row: DemandSource) -> Source:
    first, last = Month.parse(row.first_month), Month.parse(row.last_month)
    return Source(
        first=first, last=last, helped=row.helped, vain=row.vain, minutes_held=row.minutes_held, proposed=row.proposed
    )
