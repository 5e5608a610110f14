"""Sending what waits in the outbox. Once a mail is sent its words are forgotten: they may hold a one-time link."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from sqlalchemy import update

from bureau.kernel.database import db, transaction
from bureau.kernel.outbox import OutboxMail
from bureau.scheduling.domain import mail_pause_after
from bureau.scheduling.queries import due_mails

from .calendars import attach_calendar

TIMEOUT = 30.0
ERROR_LENGTH = 300


def send_waiting(*, smtp_url: str, sender: str, now: datetime) -> str:
    """Send every mail that is due; says how many went out and how many wait for another try."""
    due = due_mails(now)
    sent = 0
    try:
        with _connected(smtp_url) as server:
            for mail_id in due:
                sent += _send(mail_id, server, sender=sender, now=now)
    except (OSError, smtplib.SMTPException) as error:
        _postpone(due, error, now)
    return f"{sent} sent, {len(due) - sent} to be tried again"


@contextmanager
def _connected(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """A server to send by: ``smtp://user:password@host:port`` (TLS where offered) or ``smtps://…``."""
    parts = urlsplit(smtp_url)
    context, host = ssl.create_default_context(), parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if parts.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _send(mail_id: int, server: smtplib.SMTP, *, sender: str, now: datetime) -> bool:
    """Send one mail that nobody else is sending."""
    message = _claim(mail_id, sender=sender, now=now)
    if message is None:
        return False
    try:
        server.send_message(message)
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError, UnicodeError) as error:
        _note(mail_id, last_error=_short(error))
        return False
    _note(mail_id, sent_at=now, body="", calendar=None, last_error=None)
    return True


def _claim(mail_id: int, *, sender: str, now: datetime) -> EmailMessage | None:
    """Take the mail for sending: its next try is put off first, so that no other process sends it too."""
    with transaction():
        mail = db.session.get(OutboxMail, mail_id)
        if mail is None or not _put_off(mail, now):
            return None
        return compose(mail, sender=sender)


def _put_off(mail: OutboxMail, now: datetime) -> bool:
    attempts = mail.attempts + 1
    claimed = db.session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == mail.id, OutboxMail.sent_at.is_(None), OutboxMail.next_attempt_at <= now)
        .values(attempts=attempts, next_attempt_at=now + mail_pause_after(attempts))
    )
    return getattr(claimed, "rowcount", 0) == 1


def compose(mail: OutboxMail, *, sender: str) -> EmailMessage:
    """The mail as it goes out; its Message-ID stays the same when it is tried again."""
    message = EmailMessage(policy=SMTP_POLICY)
    domain = parseaddr(sender)[1].partition("@")[2] or "localhost"
    message["From"], message["To"], message["Subject"] = sender, mail.to, " ".join(mail.subject.split())
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<bureau.{mail.id}.{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    attach_calendar(message, mail.calendar or "")
    message["Content-Language"] = mail.language  # set_content would drop it
    return message


def _postpone(due: Sequence[int], error: Exception, now: datetime) -> None:
    """The server cannot be reached: whatever is still due waits, and says why."""
    for mail_id in due:
        with transaction():
            mail = db.session.get(OutboxMail, mail_id)
            if mail is not None and mail.sent_at is None:
                _put_off(mail, now)
                mail.last_error = _short(error)


def _note(mail_id: int, **values: object) -> None:
    with transaction():
        db.session.execute(update(OutboxMail).where(OutboxMail.id == mail_id).values(**values))


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
