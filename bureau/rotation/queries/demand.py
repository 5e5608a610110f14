"""Reading what a bureau wants covered."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.catalogue.models import Service
from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.rotation.models.demand import Demand


def demand(bureau_id: int) -> list[Demand]:
    """The bureau's demand with services (and their categories) and languages, in the order it was stated."""
    statement = (
        select(Demand)
        .options(joinedload(Demand.service).joinedload(Service.category), joinedload(Demand.language))
        .where(Demand.bureau_id == bureau_id)
        .order_by(Demand.id)
    )
    return list(db.session.scalars(statement))


def get_demand(bureau_id: int, demand_id: int) -> Demand:
    """One statement of the bureau's demand; refuses another bureau's."""
    for row in demand(bureau_id):
        if row.id == demand_id:
            return row
    raise NotFound
