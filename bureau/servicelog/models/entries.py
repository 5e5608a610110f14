"""What was counted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bureau.accounts.models import Person
from bureau.catalogue.models import Language, Service, StatusGroup
from bureau.kernel.database import Base, OrganisationOwned, pk
from bureau.organisations.models import Bureau, Organisation
from bureau.rotation.models import PlannedSession
from bureau.servicelog.domain.bands import (
    AGE_BANDS,
    INTERPRETATIONS,
    KINDS,
    OUTCOMES,
    REASONS,
    SEXES,
    VISIT_KINDS,
    WAITING_BANDS,
)

_TAKES_BACK = text("number < 0")
_OF_SESSION = text("session_id IS NOT NULL")
_CORRECTS = text("corrects_id IS NOT NULL")


class LogEntry(Base, OrganisationOwned):
    """One thing that was counted: a consultation, a wish that nobody could meet, a group that met.

    ``number`` is how many it counts: 1, or the attendances of a group; below zero in an entry that takes another back,
    so that the sum is always right. ``month`` is the one it counts in: its day's, or, where that was closed by then,
    the first that was still open.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        # The client's or the file's own id: a request that comes twice counts once.
        UniqueConstraint("bureau_id", "ref"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint("number <> 0 AND (kind = 'group' OR number IN (1, -1))", name="number_fits_kind"),
        CheckConstraint("length(month) = 7", name="month_as_year_and_number"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_day"),
        CheckConstraint(f"interpretation IN {INTERPRETATIONS}", name="interpretation_known"),
        CheckConstraint(f"visit_kind IN {VISIT_KINDS}", name="visit_kind_known"),
        CheckConstraint(f"sex IN {SEXES}", name="sex_known"),
        CheckConstraint(f"age_band IN {AGE_BANDS}", name="age_band_known"),
        CheckConstraint(f"waiting_band IN {WAITING_BANDS}", name="waiting_band_known"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
        CheckConstraint(f"reason IN {REASONS}", name="reason_known"),
        CheckConstraint("number > 0 OR corrects_id IS NOT NULL", name="takes_back_something"),
        CheckConstraint("corrects_id IS NULL OR reason IS NOT NULL", name="correction_has_reason"),
        # An entry is taken back once; of two people who correct it at once the second fails here.
        Index(
            "uq_log_entry_taken_back",
            "corrects_id",
            unique=True,
            sqlite_where=_TAKES_BACK,
            postgresql_where=_TAKES_BACK,
        ),
        # Every page and report asks for a month of a bureau, mostly of one organisation.
        Index("ix_log_entry_bureau_id_month_organisation_id", "bureau_id", "month", "organisation_id"),
        # Few entries have these; an index of the others would only make logging slower.
        Index("ix_log_entry_session_id", "session_id", sqlite_where=_OF_SESSION, postgresql_where=_OF_SESSION),
        Index("ix_log_entry_corrects_id", "corrects_id", sqlite_where=_CORRECTS, postgresql_where=_CORRECTS),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    ref: Mapped[str]
    kind: Mapped[str]
    number: Mapped[int] = mapped_column(default=1)
    day: Mapped[date]
    hour: Mapped[int | None]  # of the local clock; nothing finer is kept
    month: Mapped[str]
    session_id: Mapped[int | None] = mapped_column(ForeignKey(PlannedSession.id))
    service_id: Mapped[int] = mapped_column(ForeignKey(Service.id))
    language_tag: Mapped[str] = mapped_column(ForeignKey(Language.tag))
    interpretation: Mapped[str | None]
    visit_kind: Mapped[str | None]
    status_group_id: Mapped[int | None] = mapped_column(ForeignKey(StatusGroup.id))
    sex: Mapped[str | None]
    age_band: Mapped[str | None]
    waiting_band: Mapped[str | None]
    outcome: Mapped[str | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("log_entry.id"))  # which it takes back, or replaces
    reason: Mapped[str | None]
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    logged_at: Mapped[datetime]


class LogNote(Base, OrganisationOwned):
    """A few words beside an entry, where the bureau allows them; a scheduled job deletes them when they expire."""

    __tablename__ = "log_note"

    entry_id: Mapped[int] = mapped_column(ForeignKey(LogEntry.id, ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    words: Mapped[str]
    expires_on: Mapped[date] = mapped_column(index=True)
