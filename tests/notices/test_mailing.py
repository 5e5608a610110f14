"""Notices as mails: one digest a person and day, at once what is urgent, to those concerned, in their language."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bureau.accounts.models import Person, Role
from bureau.kernel.database import db, transaction
from bureau.kernel.localised import LocalisedText
from bureau.kernel.outbox import OutboxMail
from bureau.notices import actions
from bureau.notices.domain.invitations import Invitation, gone
from bureau.notices.domain.timing import Choice
from bureau.notices.jobs import AT_ONCE, DIGESTS, PRUNE
from bureau.notices.models import Notice
from bureau.notices.queries import notices_of, number_of_new
from bureau.organisations.models import Bureau, Organisation
from bureau.web.languages import LANGUAGES
from tests.factories.accounts import person
from tests.factories.catalogue import words
from tests.factories.organisations import a_bureau, a_partnership, an_organisation

SEVEN = datetime(2026, 11, 23, 5, tzinfo=UTC)  # 7:00 in Sofia, a Monday
EVENING = SEVEN - timedelta(hours=12)


LONGEST_SUBJECT = 70
"""So much of a subject most programs show."""

LATE = {"day": "2026-12-23", "starts": "10:00:00", "ends": "12:00:00"}  # the longest names that there are
SAID = {**LATE, "organisation": {"en": "Open Gate"}, "room": {"en": "Desk 1"}, "reason": "An illness", "was": LATE}
WHOLE_MONTH = {"month": "2026-12", "organisation": {"en": "Open Gate"}, "sessions": []}
SWAPPED = {"gives": SAID, "gets": SAID, "other": {"en": "Open Gate"}, "reason": "An illness"}
ANYTHING_URGENT = [
    *((f"session.{what}", SAID) for what in ("booked", "released", "cancelled", "moved")),
    *((kind, WHOLE_MONTH) for kind in ("programme.published", "proposal.accepted", "series.booked")),
    *((f"exchange.{what}", {**SWAPPED, "kind": "ring"}) for what in ("asked", "moved", "declined", "withdrawn", "expired", "overtaken")),
    *((f"exchange.{what}", {**SWAPPED, "kind": "cover"}) for what in ("asked", "moved")),
    ("slot_comment", {**LATE, "words": "An illness", "who": {}}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")


@pytest.fixture
def gate(session: Session) -> tuple[Bureau, Organisation]:
    """A bureau with a partner."""
    bureau = a_bureau(name=words("Golden River"))
    organisation = an_organisation(name=LocalisedText({"en": "Open Gate", "ar": "البوابة المفتوحة"}))
    a_partnership(organisation, bureau)
    return bureau, organisation


def tell(someone: Person, gate: tuple[Bureau, Organisation], what: str, **values: object) -> None:
    known = {
        "kind": "test.happened", "values": {"what": what}, "address": "/desk/there/", "key": what, "now": EVENING,
        "bureau_id": gate[0].id, "organisation_id": gate[1].id, **values,
    }  # fmt: skip
    with transaction():
        actions.tell([someone], **known)


def a_visit(**values: object) -> Invitation:
    known = {
        "uid": "5f0c", "sequence": 2, "starts": SEVEN + timedelta(hours=3), "ends": SEVEN + timedelta(hours=5),
        "services": (LocalisedText({"en": "Legal help", "ar": "مساعدة قانونية"}),), "languages": ("العربية",),
        "organisation": words("Open Gate"), "place": (words("Desk 1"), words("River Street 3")), **values,
    }  # fmt: skip
    return Invitation(**known)


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def run(now: datetime) -> list[OutboxMail]:
    """Both jobs at ``now``, as the scheduler asks for them; the mails there are then."""
    for job in (AT_ONCE, DIGESTS):
        if job.period_of(now):
            job.run(now)
    return mails()


def test_a_digest_holds_all_that_happened_newest_first_with_links(gate: tuple[Bureau, Organisation]) -> None:
    mira = person(email="mira@example.org", coordinates=[gate[1]])
    tell(mira, gate, "First")
    tell(mira, gate, "Second", now=EVENING + timedelta(hours=1))

    (mail,) = run(SEVEN)

    assert (mail.to, mail.subject) == ("mira@example.org", "2 notices from the bureau on 23 November")
    assert mail.body.split("\n\n") == [
        "== Golden River\N{NO-BREAK SPACE}· Open Gate ==",
        "Second happened\nhttp://localhost/desk/there/",
        "First happened\nhttp://localhost/desk/there/",
        "Your sessions in your own calendar: http://localhost/desk/calendars/",
        "All notices, and when you want mail: http://localhost/desk/notices/",
    ]


def test_there_is_one_digest_a_day_whatever_the_jobs_do(gate: tuple[Bureau, Organisation]) -> None:
    mira = person(coordinates=[gate[1]])
    tell(mira, gate, "First")
    run(SEVEN)
    tell(mira, gate, "Second", now=SEVEN + timedelta(minutes=1))
    actions.choose(mira.id, Choice(hour=9))

    same_day = run(SEVEN + timedelta(hours=3))
    next_day = run(SEVEN + timedelta(days=1, hours=3))

    assert (len(same_day), len(next_day)) == (1, 2)
    assert (DIGESTS.period_of(SEVEN + timedelta(days=1, hours=4)), AT_ONCE.period_of(SEVEN)) == ("", "")


def test_what_touches_the_next_48_hours_goes_at_once_with_the_session_for_the_calendar(
    gate: tuple[Bureau, Organisation],
) -> None:
    leila = person(email="leila@example.org", language="ar", coordinates=[gate[1]])
    visit = a_visit()
    tell(leila, gate, "It", touches_at=visit.starts, calendar=[visit])

    (mail,) = run(EVENING + timedelta(seconds=20))

    (event,) = Calendar.from_ical(mail.calendar or "").walk("VEVENT")
    assert (mail.to, mail.language, "It happened" in mail.body) == ("leila@example.org", "ar", True)
    assert "METHOD:REQUEST" in (mail.calendar or "")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("5f0c", 2, "CONFIRMED")
    assert (event.start, event.end) == (visit.starts, visit.ends)
    assert (event["SUMMARY"], event["LOCATION"]) == ("مساعدة قانونية", "Desk 1، River Street 3")
    assert (event["ATTENDEE"], event["ORGANIZER"]) == ("mailto:leila@example.org", "mailto:bureau@example.org")
    assert run(SEVEN) == [mail]


def test_a_digest_carries_each_session_as_it_was_told_last(gate: tuple[Bureau, Organisation]) -> None:
    mira = person(coordinates=[gate[1]])
    far = a_visit(starts=SEVEN + timedelta(days=9), ends=SEVEN + timedelta(days=9, hours=2))
    tell(mira, gate, "Booked", touches_at=far.starts, calendar=[far, a_visit(uid="other", starts=far.starts)])
    tell(mira, gate, "Cancelled", touches_at=far.starts, calendar=[gone(a_visit(sequence=3, starts=far.starts))])

    (mail,) = run(SEVEN)

    found = Calendar.from_ical(mail.calendar or "", multiple=True)
    assert [(one["METHOD"], *(event["UID"] for event in one.events)) for one in found] == [
        ("CANCEL", "5f0c"),
        ("REQUEST", "other"),
    ]


def test_more_sessions_than_a_mail_should_carry_are_left_to_the_persons_own_feed(
    gate: tuple[Bureau, Organisation],
) -> None:
    mira = person(coordinates=[gate[1]])
    tell(mira, gate, "Many", calendar=[a_visit(uid=f"{number}") for number in range(13)])

    (mail,) = run(SEVEN)

    assert mail.calendar is None


def test_each_person_chooses_when(gate: tuple[Bureau, Organisation]) -> None:
    weekly, never, patient = (person(coordinates=[gate[1]]) for _ in range(3))
    actions.choose(weekly.id, Choice(digest="weekly"))
    actions.choose(never.id, Choice(digest="never"))
    actions.choose(patient.id, Choice(at_once=False, hour=9))
    for someone in (weekly, never, patient):
        tell(someone, gate, f"It/{someone.id}", touches_at=SEVEN)

    at_once, monday, later = run(EVENING), run(SEVEN), run(SEVEN + timedelta(hours=2))

    told = [[mail.to for mail in some] for some in (at_once, monday[2:], later[2:])]
    assert told == [[weekly.email, never.email], [], [patient.email]]


def test_who_is_no_longer_concerned_or_has_read_it_is_not_written_to(gate: tuple[Bureau, Organisation]) -> None:
    left, closed, reader = (person(coordinates=[gate[1]]) for _ in range(3))
    for someone in (left, closed, reader):
        tell(someone, gate, f"It/{someone.id}", touches_at=SEVEN)
    db.session.execute(delete(Role).where(Role.person_id == left.id))
    db.session.get_one(Person, closed.id).active = False
    newest = db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
    db.session.commit()
    actions.mark_read(reader.id, until=newest or 0, now=EVENING)

    assert run(SEVEN) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_of_an_urgent_mail_says_in_one_short_line_what_happened_but_neither_who_nor_why(
    gate: tuple[Bureau, Organisation], language: str
) -> None:
    mira = person(language=language, coordinates=[gate[1]])
    for kind, values in ANYTHING_URGENT:
        tell(mira, gate, f"{kind}/{values.get('kind')}", kind=kind, values=values, touches_at=SEVEN)

    subjects = [mail.subject for mail in run(EVENING)]

    assert len(set(subjects)) == len(ANYTHING_URGENT)
    assert [one for one in subjects if len(one) > LONGEST_SUBJECT or "\n" in one] == []
    assert [one for one in subjects if "illness" in one or "Open Gate" in one] == []


def test_who_no_longer_manages_the_bureau_hears_nothing_of_it(gate: tuple[Bureau, Organisation]) -> None:
    left, stayed = (person(manages=[gate[0]], coordinates=[an_organisation()]) for _ in range(2))
    for someone in (left, stayed):
        tell(someone, gate, f"It/{someone.id}", touches_at=SEVEN, organisation_id=None)
    db.session.execute(delete(Role).where(Role.person_id == left.id, Role.kind == "manager"))
    db.session.commit()

    assert [mail.to for mail in run(SEVEN)] == [stayed.email]
    assert (notices_of(left.id), number_of_new(left.id), number_of_new(stayed.id)) == ([], 0, 1)


def test_without_a_server_notices_wait_in_the_application(
    app: Flask, gate: tuple[Bureau, Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(person(coordinates=[gate[1]]), gate, "It", touches_at=SEVEN)
    monkeypatch.setitem(app.config, "SMTP_URL", "")

    assert run(SEVEN) == []


def test_a_notice_that_cannot_be_worded_holds_up_no_other_mail(gate: tuple[Bureau, Organisation]) -> None:
    for number in range(2):
        tell(person(coordinates=[gate[1]]), gate, f"It/{number}", touches_at=SEVEN)
    broken = db.session.scalars(select(Notice).order_by(Notice.id)).first()
    assert broken is not None
    broken.values = {}
    db.session.commit()

    with pytest.raises(ExceptionGroup, match="1 written, 1 could not be"):
        AT_ONCE.run(EVENING)

    assert len(mails()) == 1


def test_old_notices_are_deleted(gate: tuple[Bureau, Organisation]) -> None:
    mira = person(coordinates=[gate[1]])
    tell(mira, gate, "Old", now=SEVEN - timedelta(days=91))
    tell(mira, gate, "Kept", now=SEVEN - timedelta(days=89))

    said = PRUNE.run(SEVEN)

    assert (said, db.session.scalars(select(Notice.key)).all()) == ("1 notices deleted", [f"Kept/{mira.id}"])
