"""The outbox reaches a real mail server, once, and forgets what it sent."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.outbox import OutboxMail, queue
from bureau.scheduling.actions import prune, send_waiting
from bureau.scheduling.jobs import MAIL

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOBODY_LISTENS = "smtp://127.0.0.1:9"


class Postbox:
    """Keeps what arrives; refuses whom it does not know."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, to: str, _options: Any) -> str:  # noqa: N802  (their name)
        if to.startswith("unknown"):
            return "550 no such person here"
        envelope.rcpt_tos.append(to)
        return "250 fine"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (their name)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
        return "250 kept"


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


def write(to: str = "lina@example.org", **values: str) -> None:
    texts = {"language": "ar", "subject": "دعوة", "body": "https://example.org/secret-link", **values}
    queue(to=to, now=NOON, **texts)


def an_invitation(method: str, uid: str) -> str:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        "DTSTAMP:20261122T120000Z\r\nDTSTART:20261209T080000Z\r\nSUMMARY;LANGUAGE=ar:مساعدة قانونية\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def rows(session: scoped_session[Session]) -> list[OutboxMail]:
    return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id).execution_options(populate_existing=True)))


def test_a_mail_goes_out_in_its_language_and_its_words_are_forgotten(
    session: scoped_session[Session], server: str, postbox: Postbox
) -> None:
    write()
    session.commit()

    said = send_waiting(smtp_url=server, sender="Bureau <bureau@example.org>", now=NOON)

    (mail,), (row,) = postbox.mails, rows(session)
    assert said == "1 sent, 0 to be tried again"
    assert (mail["To"], mail["From"], mail["Subject"]) == ("lina@example.org", "Bureau <bureau@example.org>", "دعوة")
    assert (mail["Content-Language"], mail.get_content().strip()) == ("ar", "https://example.org/secret-link")
    assert (row.sent_at, row.body, row.attempts, row.last_error) == (NOON, "", 1, None)


def test_a_sent_mail_is_never_sent_again(session: scoped_session[Session], server: str, postbox: Postbox) -> None:
    write()
    session.commit()

    for hours in range(3):
        send_waiting(smtp_url=server, sender="bureau@example.org", now=NOON + timedelta(hours=hours))

    assert len(postbox.mails) == 1


def test_one_refused_address_does_not_hold_up_the_others(
    session: scoped_session[Session], server: str, postbox: Postbox
) -> None:
    write("unknown@example.org")
    write("known@example.org")
    session.commit()

    said = send_waiting(smtp_url=server, sender="bureau@example.org", now=NOON)

    refused, sent = rows(session)
    assert said == "1 sent, 1 to be tried again"
    assert (refused.sent_at, "no such person here" in (refused.last_error or "")) == (None, True)
    assert (sent.sent_at, [mail["To"] for mail in postbox.mails]) == (NOON, ["known@example.org"])


def test_without_an_answer_the_mail_waits_longer_each_time_and_says_why(session: scoped_session[Session]) -> None:
    write()
    session.commit()
    now, waited = NOON, []

    for _ in range(3):
        send_waiting(smtp_url=NOBODY_LISTENS, sender="bureau@example.org", now=now)
        (row,) = rows(session)
        waited.append(row.next_attempt_at - now)
        now = row.next_attempt_at

    assert waited == [timedelta(minutes=minutes) for minutes in (1, 4, 16)]
    assert (row.sent_at, row.attempts, row.last_error) == (
        None,
        3,
        "ConnectionRefusedError: [Errno 111] Connection refused",
    )


def test_a_mail_is_not_tried_before_its_time(session: scoped_session[Session], server: str, postbox: Postbox) -> None:
    write()
    session.commit()
    send_waiting(smtp_url=NOBODY_LISTENS, sender="bureau@example.org", now=NOON)

    said = send_waiting(smtp_url=server, sender="bureau@example.org", now=NOON + timedelta(seconds=30))

    assert (said, postbox.mails) == ("0 sent, 0 to be tried again", [])


def test_a_line_break_in_a_subject_cannot_add_headers(
    session: scoped_session[Session], server: str, postbox: Postbox
) -> None:
    write(subject="Hello\r\nBcc: everybody@example.org")
    session.commit()

    send_waiting(smtp_url=server, sender="bureau@example.org", now=NOON)

    (mail,) = postbox.mails
    assert (mail["Subject"], mail["Bcc"]) == ("Hello Bcc: everybody@example.org", None)


def test_the_job_has_a_period_only_while_a_mail_is_due_and_a_server_is_set(
    app: Flask, session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_without_server = MAIL.period_of(NOON)
    monkeypatch.setitem(app.config, "SMTP_URL", NOBODY_LISTENS)
    empty_without_mail = MAIL.period_of(NOON)
    write()
    session.commit()

    due = MAIL.period_of(NOON)

    assert (empty_without_server, empty_without_mail, due) == ("", "", "2026-11-22T12:00:00Z")


def test_the_job_sends_by_the_server_of_the_settings(
    app: Flask, session: scoped_session[Session], server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", server)
    write()
    session.commit()

    said = MAIL.run(NOON)

    assert said == "1 sent, 0 to be tried again"


def test_mails_sent_long_ago_are_deleted_and_waiting_ones_are_kept(session: scoped_session[Session]) -> None:
    write("old@example.org")
    write("waiting@example.org")
    session.commit()
    rows(session)[0].sent_at = NOON - timedelta(days=100)
    session.commit()

    gone = prune(now=NOON)

    assert (gone, [row.to for row in rows(session)]) == (1, ["waiting@example.org"])


def test_an_invitation_goes_out_as_calendar_programs_want_it(
    session: scoped_session[Session], server: str, postbox: Postbox
) -> None:
    write(body="دعوة", calendar=an_invitation("CANCEL", "one"))
    session.commit()

    send_waiting(smtp_url=server, sender="bureau@example.org", now=NOON)

    (mail,), (row,) = postbox.mails, rows(session)
    parts = [part.get_content_type() for part in mail.walk()]
    assert parts == ["multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics"]
    assert (mail["Content-Language"], mail["Auto-Submitted"], row.calendar) == ("ar", "auto-generated", None)
    *_, shown, attached = mail.walk()
    assert (shown.get_param("method"), shown.get_content_charset()) == ("CANCEL", "utf-8")
    assert attached.get_filename() == "invite.ics"
    for part in (shown, attached):
        (event,) = Calendar.from_ical(part.get_payload(decode=True)).events
        assert (event["UID"], event["SUMMARY"]) == ("one", "مساعدة قانونية")


def test_several_sessions_go_out_as_files_beside_the_words(
    session: scoped_session[Session], server: str, postbox: Postbox
) -> None:
    write(calendar=an_invitation("REQUEST", "one") + an_invitation("CANCEL", "two"))
    session.commit()

    send_waiting(smtp_url=server, sender="bureau@example.org", now=NOON)

    (mail,) = postbox.mails
    files = [(part.get_filename(), part.get_param("method")) for part in mail.iter_attachments()]
    assert (mail.get_content_type(), files) == (
        "multipart/mixed",
        [("invite-1.ics", "REQUEST"), ("invite-2.ics", "CANCEL")],
    )
