"""Which process leads, and which job ran for which period."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bureau.kernel.database import Base, pk


class Lease(Base):
    """The right to run jobs, held by one process until it expires."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    expires_at: Mapped[datetime]


class JobRun(Base):
    """One run of a job for one period; the pair is unique, so a job never runs twice for the same period."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "period"),
        CheckConstraint("state IN ('running', 'done', 'failed')", name="state_known"),
    )

    id: Mapped[pk]
    job: Mapped[str]
    period: Mapped[str]
    state: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=1)
    result: Mapped[str | None]
