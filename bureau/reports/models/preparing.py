"""Reports that are being prepared, or are prepared and wait to be published."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bureau.kernel.database import Base
from bureau.kernel.outliving import Outliving
from bureau.organisations.models import Bureau
from bureau.reports.domain.preparing import PREPARATIONS

_RUNNING = text("state = 'running'")


class ReportPreparation(Outliving, Base):
    """The protection and attack of a month: how far it is, then what came of it; gone when the month is published.

    ``mark`` is a fingerprint of all that it was made from. ``outcome`` holds what may be public, and witnesses that are
    nobody's but the bureau's.
    """

    __tablename__ = "report_preparation"
    __table_args__ = (
        UniqueConstraint("bureau_id", "month"),
        CheckConstraint(f"state IN {PREPARATIONS}", name="state_known"),
        CheckConstraint("length(month) = 7", name="month_as_year_and_number"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress_not_negative"),
        CheckConstraint("state <> 'ready' OR (outcome IS NOT NULL AND mark IS NOT NULL)", name="ready_has_outcome"),
        # One at a time for a bureau, whatever month: of two managers who press at once the second fails here.
        Index("uq_report_preparation_running", "bureau_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )  # fmt: skip

    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id))
    month: Mapped[str]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    mark: Mapped[str | None]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    started_by: Mapped[str]
