"""Series, plans of a year, and the reports of months."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bureau.kernel.database import Base, Versioned, pk
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Bureau
from bureau.reports.domain.series import METHODS, STATES


class ReportSeries(Base, Versioned):
    """How a bureau reports. The secret is made once and is in the database and its backups, nowhere else.

    ``publishes_itself``: a report with which nothing is left to do is published without anybody pressing.
    ``reminded_of``: the last month that the managers were reminded of.
    """

    __tablename__ = "report_series"
    __table_args__ = (
        CheckConstraint(f"method IN {METHODS}", name="method_known"),
        CheckConstraint("length(since) = 7", name="since_as_year_and_number"),
        CheckConstraint("length(secret) = 32", name="secret_whole"),
    )

    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id), primary_key=True)
    method: Mapped[str]
    since: Mapped[str]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    publishes_itself: Mapped[bool] = mapped_column(default=False, server_default=false())
    reminded_of: Mapped[str | None]


class ReportPlan(Base):
    """What may be public of a year: chosen before the year's first report or written with it, and never changed after."""

    __tablename__ = "report_plan"
    __table_args__ = (CheckConstraint("year > 0", name="year_positive"),)

    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    plan: Mapped[dict[str, Any]]


class MonthReport(Base, Versioned):
    """The report of a month. ``release`` and ``frame`` are written when it is published and never change after.

    ``release``: the public numbers. ``frame``: what stood around them then (names, indicators, noted figures).
    ``private``: how the numbers were protected, and the witnesses of it; nobody's but the bureau's.
    """

    __tablename__ = "month_report"
    __table_args__ = (
        UniqueConstraint("bureau_id", "month"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("length(month) = 7", name="month_as_year_and_number"),
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="published_has_time"),
        CheckConstraint("state <> 'withdrawn' OR withdrawn_on IS NOT NULL", name="withdrawn_has_day"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id))
    month: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    summary: Mapped[LocalisedText] = mapped_column(default=LocalisedText)
    story: Mapped[LocalisedText] = mapped_column(default=LocalisedText)
    lessons: Mapped[LocalisedText] = mapped_column(default=LocalisedText)
    text_version: Mapped[int] = mapped_column(default=1)
    release: Mapped[dict[str, Any] | None]
    frame: Mapped[dict[str, Any] | None]
    private: Mapped[dict[str, Any] | None]
    publish_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    withdrawn_on: Mapped[date | None]
    withdrawal: Mapped[LocalisedText] = mapped_column(default=LocalisedText)
