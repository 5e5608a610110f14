"""What a bureau weighs its plans by."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, Versioned, pk
from bureau.organisations.models import Bureau
from bureau.rotation.domain.weights import MOST, TERMS


class Weighting(Base, Versioned):
    """The numbers that a bureau's manager chose; a bureau without a row has the usual ones."""

    __tablename__ = "weighting"
    __table_args__ = tuple(
        CheckConstraint(f"{term} BETWEEN 0 AND {MOST}", name=f"{term}_in_range") for term in TERMS
    )  # fmt: skip

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), unique=True)
    uncovered_min: Mapped[int]
    uncovered_target: Mapped[int]
    promise_unmet: Mapped[int]
    spread: Mapped[int]
    continuity: Mapped[int]
    regularity: Mapped[int]
    preferences: Mapped[int]
    fairness: Mapped[int]
    changes: Mapped[int]

    bureau: Mapped[Bureau] = relationship(lazy="raise")
