"""The published rota."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, pk
from bureau.organisations.models import Bureau


class Programme(Base):
    """A numbered copy of a month as it was published; triggers made by the migrations forbid to change or delete it."""

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("bureau_id", "month", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), index=True)
    month: Mapped[str]
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(index=True)
    document: Mapped[dict[str, Any]]

    bureau: Mapped[Bureau] = relationship(lazy="raise")
