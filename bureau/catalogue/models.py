"""Categories, services, languages, and the groups by which a service log may count legal status."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, Versioned, pk
from bureau.kernel.localised import LocalisedText


class Language(Base):
    """A language that a service can be given in. ``phrase`` reads "in Arabic" in each interface language."""

    __tablename__ = "language"
    __table_args__ = (CheckConstraint("direction IN ('ltr', 'rtl')", name="direction_known"),)

    tag: Mapped[str] = mapped_column(primary_key=True)
    own_name: Mapped[str]
    name: Mapped[LocalisedText]
    phrase: Mapped[LocalisedText]
    direction: Mapped[str]
    script: Mapped[str]
    locale: Mapped[str]
    position: Mapped[int]


class Category(Base, Versioned):
    """A need that residents look for; ``icon`` names a symbol of the sprite."""

    __tablename__ = "category"

    id: Mapped[pk]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[LocalisedText]
    icon: Mapped[str]
    position: Mapped[int]


class Service(Base, Versioned):
    """A kind of help. Where ``sensitivity`` is not normal, public pages show ``neutral_name``."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("mode IN ('individual', 'group', 'off_site')", name="mode_known"),
        CheckConstraint("sensitivity IN ('normal', 'high', 'restricted')", name="sensitivity_known"),
        CheckConstraint("audience IN ('everyone', 'women', 'children')", name="audience_known"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("places > 0", name="places_positive"),
    )

    id: Mapped[pk]
    code: Mapped[str] = mapped_column(unique=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    name: Mapped[LocalisedText]
    neutral_name: Mapped[LocalisedText]
    description: Mapped[LocalisedText]
    bring: Mapped[LocalisedText]
    mode: Mapped[str] = mapped_column(default="individual")
    audience: Mapped[str] = mapped_column(default="everyone")
    sensitivity: Mapped[str] = mapped_column(default="normal")
    minutes: Mapped[int] = mapped_column(default=30)
    places: Mapped[int] = mapped_column(default=1)
    walk_in: Mapped[bool] = mapped_column(default=True)
    needs_private_room: Mapped[bool] = mapped_column(default=False)
    external_codes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]

    category: Mapped[Category] = relationship(lazy="raise")


class StatusGroup(Base, Versioned):
    """A legal status as the service log may count it: a coarse group, never a person's paper."""

    __tablename__ = "status_group"

    id: Mapped[pk]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[LocalisedText]
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]
