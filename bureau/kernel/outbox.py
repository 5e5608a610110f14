"""Mails, written in the same transaction as their cause; the scheduler sends them, retries, and shows what waits."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .database import Base, db, pk


class OutboxMail(Base):
    """One mail to one address, in that person's language, waiting or sent."""

    __tablename__ = "outbox_mail"
    __table_args__ = (CheckConstraint("attempts >= 0", name="attempts_not_negative"),)

    id: Mapped[pk]
    key: Mapped[str | None] = mapped_column(unique=True)  # a reminder is written once, however often its job runs
    to: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    calendar: Mapped[str | None]  # an iCalendar REQUEST or CANCEL, attached as invite.ics
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


def queue(
    *,
    to: str,
    language: str,
    subject: str,
    body: str,
    now: datetime,
    key: str | None = None,
    calendar: str | None = None,
) -> None:
    """Add a mail to the running transaction."""
    mail = OutboxMail(to=to, language=language, subject=subject, body=body, calendar=calendar, key=key)
    mail.created_at = mail.next_attempt_at = now
    db.session.add(mail)
