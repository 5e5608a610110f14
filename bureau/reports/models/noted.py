"""Numbers that are written down by hand, and the codes by which donors ask for numbers."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bureau.kernel.database import Base, Versioned, pk
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Bureau
from bureau.reports.domain.series import NOTED


class NotedFigure(Base, Versioned):
    """A number of a month that nobody logs and somebody writes down."""

    __tablename__ = "noted_figure"
    __table_args__ = (
        UniqueConstraint("bureau_id", "month", "code"),
        CheckConstraint(f"code IN {NOTED}", name="code_known"),
        CheckConstraint("number >= 0", name="number_not_negative"),
        CheckConstraint("length(month) = 7", name="month_as_year_and_number"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id))
    month: Mapped[str]
    code: Mapped[str]
    number: Mapped[int]


class Indicator(Base, Versioned):
    """A number of every report under the code by which a donor asks for it; ``at`` names the codes of its cell."""

    __tablename__ = "report_indicator"
    __table_args__ = (UniqueConstraint("bureau_id", "code"),)

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id))
    code: Mapped[str]
    donor: Mapped[str]
    name: Mapped[LocalisedText]
    at: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(default=0, server_default="0")
