"""Runs of the solver."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base
from bureau.kernel.outliving import Outliving

from .rounds import Round

PROPOSAL_STATES = ("running", "finished", "stopped", "failed", "accepted", "discarded")


_RUNNING = text("state = 'running'")


class Proposal(Outliving, Base):
    """One run of the solver on a round. ``problem`` and ``plan`` are documents of the rota format."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint(f"state IN {PROPOSAL_STATES}", name="state_known"),
        # One run at a time for a bureau, whatever month: the second insert fails here.
        Index("uq_proposal_running", "bureau_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )

    bureau_id: Mapped[int | None] = mapped_column(ForeignKey("bureau.id"))  # the round's own, for that index
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int]
    seconds: Mapped[int]
    problem: Mapped[dict[str, Any]]
    plan: Mapped[dict[str, Any] | None]
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    stop_requested: Mapped[bool] = mapped_column(default=False)

    round: Mapped[Round] = relationship(lazy="raise")
