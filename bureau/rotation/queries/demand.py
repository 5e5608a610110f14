"""Reading what a bureau wants covered."""

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.rotation.models.demand import Demand
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
