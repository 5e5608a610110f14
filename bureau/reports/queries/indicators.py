"""Numbers that donors ask for."""

from sqlalchemy import func, select

from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.reports.models import Indicator


def indicators_of(bureau_id: int) -> list[Indicator]:
    """All of the bureau's, in their order."""
    mine = select(Indicator).where(Indicator.bureau_id == bureau_id)
    return list(db.session.scalars(mine.order_by(Indicator.position, Indicator.code)))


def get_indicator(bureau_id: int, indicator_id: int) -> Indicator:
    """One of the bureau's; NotFound otherwise."""
    one = (Indicator.bureau_id == bureau_id, Indicator.id == indicator_id)
    row = db.session.scalar(select(Indicator).where(*one))
    if row is None:
        raise NotFound
    return row


def last_position(bureau_id: int) -> int:
    """Where the last of them stands; 0 where there is none."""
    last = select(func.coalesce(func.max(Indicator.position), 0)).where(Indicator.bureau_id == bureau_id)
    return int(db.session.scalar(last) or 0)
