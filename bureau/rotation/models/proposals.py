"""Runs of the solver."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, pk

from .rounds import Round

PROPOSAL_STATES = ("running", "finished", "stopped", "failed", "accepted", "discarded")


_RUNNING = text("state = 'running'")


class Proposal(Base):
    """One run of the solver on a round. ``problem`` and ``plan`` are documents of the rota format.

    ``attempt`` counts the processes that were given the run; only the latest may write into it.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint(f"state IN {PROPOSAL_STATES}", name="state_known"),
        # One run at a time for a bureau, whatever month: the second insert fails here.
        Index("uq_proposal_running", "bureau_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int | None] = mapped_column(ForeignKey("bureau.id"))  # the round's own, for that index
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int]
    state: Mapped[str]
    seconds: Mapped[int]
    problem: Mapped[dict[str, Any]]
    plan: Mapped[dict[str, Any] | None]
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    attempt: Mapped[int] = mapped_column(default=1, server_default="1")
    stop_requested: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")
