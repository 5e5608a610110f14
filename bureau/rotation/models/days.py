"""Days that the manager cancelled as a whole."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bureau.kernel.database import Base, Versioned, pk
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Bureau


class CancelledDay(Base, Versioned):
    """What the cancellation of a day took out of the plan, so that it can be put back as long as the day is to come."""

    __tablename__ = "cancelled_day"

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id), index=True)
    day: Mapped[date] = mapped_column(index=True)
    reason: Mapped[LocalisedText]
    touched: Mapped[dict[str, Any]]  # the ids of the ``slots`` it closed and of the ``sessions`` it cancelled
    cancelled_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
