"""What is fetched together with a row, stated once."""

from typing import Any

from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from bureau.catalogue.models import Service
from bureau.organisations.models import Bureau

from .demand import Demand
from .offers import Offer, OfferedPair, OfferedWorker
from .rounds import Round
from .series import Series
from .sessions import PlannedSession


def whole_offer() -> tuple[ExecutableOption, ...]:
    """An offer with its workers, their pairs (with services) and availability."""
    workers = selectinload(Offer.workers)
    return (
        joinedload(Offer.organisation),
        workers.joinedload(OfferedWorker.worker),
        workers.selectinload(OfferedWorker.pairs).joinedload(OfferedPair.service).joinedload(Service.category),
        workers.selectinload(OfferedWorker.availability),
    )


def with_its_bureau() -> Any:
    """A round's bureau as far as ``round_info`` tells of it: its texts would cost every page their reading."""
    return joinedload(Round.bureau).load_only(Bureau.code, Bureau.name, Bureau.timezone, raiseload=True)


def given_in_session() -> tuple[ExecutableOption, ...]:
    """A session's services (with categories) and languages."""
    return (
        selectinload(PlannedSession.services).joinedload(Service.category),
        selectinload(PlannedSession.languages),
    )


def demanded() -> tuple[ExecutableOption, ...]:
    """What a demand is of: its service (with category) and its language."""
    return (joinedload(Demand.service).joinedload(Service.category), joinedload(Demand.language))


def whole_series() -> tuple[ExecutableOption, ...]:
    """A series with whose it is, where, what it gives (services with categories) and the days it leaves out."""
    return (
        joinedload(Series.organisation),
        joinedload(Series.worker),
        joinedload(Series.room),
        selectinload(Series.services).joinedload(Service.category),
        selectinload(Series.languages),
        selectinload(Series.exceptions),
    )
