"""Notes beside entries: off by default, checked before they are kept, gone when their time is over."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import NotFound
from bureau.kernel.privacy import NamesSomebody
from bureau.organisations.models import Organisation
from bureau.servicelog import actions
from bureau.servicelog.domain.notes import NotesOff
from bureau.servicelog.jobs import FORGET_NOTES
from bureau.servicelog.models import LogNote
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import NOW, a_logging_bureau, an_entry, logged, rows, total

SHEET = "/desk/golden-river/log/open-gate/"
KEEPING = "/desk/golden-river/place/log"
TAP = {"ref": "a", "service": "info", "language": "en"}
FINE, PLANTED = "Needs a lawyer within 14 days", "Amina Rahmani, 0888 123 456"


@pytest.fixture
def gate(session: scoped_session[Session], client: FlaskClient) -> Organisation:
    """Open-gate, whose worker looks; the bureau keeps notes for ten days."""
    gate, _ = a_logging_bureau("open-gate", "lantern")
    keep_notes()
    sign_in_as(client, person(works_for=[gate]))
    return gate


def keep_notes(days: int = 10, *, version: int = 0, notes: bool = True) -> None:
    """As the bureau's manager does."""
    actions.keep_log_so("golden-river", notes=notes, days=days, version=version, actor="manager", now=NOW)


def note(ref: str, words: str) -> None:
    """As the desk does."""
    actions.note_entry("golden-river", ref, words, scope=EVERY_ORGANISATION, now=NOW)


def kept() -> list[str]:
    """What every note says."""
    return [one.words for one in notes()]


def notes() -> list[LogNote]:
    """Every note."""
    return list(db.session.scalars(select(LogNote), execution_options=EVERY_ORGANISATION.options()))


def test_a_bureau_keeps_no_notes_until_its_manager_wants_them(
    session: scoped_session[Session], client: FlaskClient
) -> None:
    (gate,) = a_logging_bureau()
    logged(an_entry(ref="a"))
    sign_in_as(client, person(works_for=[gate]))

    sheet = client.get("/desk/golden-river/today/for/open-gate/").text
    with pytest.raises(NotesOff):
        note("a", FINE)

    assert ('name="note"' in sheet, kept()) == (False, [])


def test_the_manager_says_how_the_log_is_kept(session: scoped_session[Session], client: FlaskClient) -> None:
    (gate,) = a_logging_bureau()
    place = a_bureau("golden-river")
    sign_in_as(client, person(manages=[place], receives=[place]))

    refused = client.post(KEEPING, data={"notes": "y", "notes_days": "0", "version": "0"})
    done = client.post(KEEPING, data={"notes": "y", "notes_days": "7", "version": "0"})
    stale = client.post(KEEPING, data={"notes_days": "7", "version": "0"})
    sheet = client.get("/desk/golden-river/today/for/open-gate/").text

    assert (refused.status_code, done.status_code, stale.status_code) == (422, 303, 422)
    assert ('name="note"' in sheet, gate.code) == (True, "open-gate")


def test_a_note_without_a_person_is_kept_as_long_as_the_bureau_said(gate: Organisation, client: FlaskClient) -> None:
    answer = client.post(SHEET, data={**TAP, "note": FINE})
    sheet = client.get("/desk/golden-river/today/for/open-gate/").text

    assert (answer.status_code, kept()) == (303, [FINE])
    assert notes()[0].expires_on == local_date(utcnow(), "Europe/Sofia") + timedelta(days=10)
    assert FINE in sheet


def test_the_entry_counts_where_its_note_is_refused_and_what_was_typed_stays(
    gate: Organisation, client: FlaskClient
) -> None:
    refused = client.post(SHEET, data={**TAP, "note": PLANTED})
    again = client.post(f"{SHEET}note", data={"ref": "a", "note": PLANTED})
    after = client.post(f"{SHEET}note", data={"ref": "a", "note": FINE})

    assert (refused.status_code, again.status_code, after.status_code) == (422, 422, 303)
    assert "a name (“Amina Rahmani”), a telephone number (“0888 123 456”)" in refused.text
    assert f'value="{PLANTED}"' in refused.text
    assert (total(), kept()) == (1, [FINE])


def test_nothing_of_a_refused_note_goes_into_a_cookie(gate: Organisation, client: FlaskClient) -> None:
    client.post(SHEET, data={**TAP, "note": PLANTED})

    with client.session_transaction() as cookie:
        assert "Amina" not in str(dict(cookie))


def test_an_entry_that_waited_counts_without_its_refused_note(gate: Organisation, client: FlaskClient) -> None:
    pieces = [
        {**TAP, "organisation": "open-gate", "key": key, "ref": key, "note": words}
        for key, words in (("k1", FINE), ("k2", PLANTED), ("k3", ["no", "words"]))
    ]

    answers = client.post("/desk/golden-river/log/waiting", json={"entries": pieces}).json

    assert (total(), kept()) == (3, [FINE])
    assert [sorted(answers[key]) for key in ("k1", "k2", "k3")] == [["month"], ["month", "note"], ["month"]]


def test_a_note_goes_with_its_entry(gate: Organisation) -> None:
    person_id = person(email="who@example.org").id
    logged(an_entry(ref="a"), an_entry(ref="b"), an_entry(ref="c"), person_id=person_id)
    for ref in "abc":
        note(ref, FINE)
    who = {"scope": EVERY_ORGANISATION, "person_id": person_id, "now": NOW}

    actions.undo_entry("golden-river", "a", **who)
    actions.take_back("golden-river", rows()[1].id, reason="twice", actor="x", **who)

    assert [one.entry_id for one in notes()] == [rows()[2].id]
    with pytest.raises(NotFound):
        note("a", FINE)


def test_notes_are_deleted_by_themselves_when_their_time_is_over(gate: Organisation) -> None:
    logged(an_entry(ref="a"))
    note("a", FINE)

    told = [FORGET_NOTES.run(NOW + timedelta(days=days)) for days in (9, 10, 10)]

    assert told == ["0 notes deleted", "1 notes deleted", "0 notes deleted"]
    assert kept() == []


def test_a_shorter_time_counts_for_notes_that_are_there_and_none_outlives_switching_off(gate: Organisation) -> None:
    logged(an_entry(ref="a"))
    note("a", FINE)

    keep_notes(3, version=1)
    shorter = notes()[0].expires_on
    keep_notes(3, version=2, notes=False)

    assert shorter == local_date(NOW, "Europe/Sofia") + timedelta(days=3)
    assert kept() == []


def test_a_note_in_another_organisations_log_is_not_found(gate: Organisation, client: FlaskClient) -> None:
    theirs = an_entry()
    logged(theirs, organisation="lantern")

    answer = client.post(f"{SHEET}note", data={"ref": theirs.ref, "note": FINE})

    assert (answer.status_code, kept()) == (404, [])


def test_what_the_bureau_calls_its_own_things_is_no_name(gate: Organisation) -> None:
    gate.name = gate.name.edited({"en": "Ivan Petrov Open Kitchen"}, source="en")
    db.session.commit()
    logged(an_entry(ref="a"))

    note("a", "Sent to the Ivan Petrov Open Kitchen")
    with pytest.raises(NamesSomebody):
        note("a", "Sent to Ivan Petrov")

    assert kept() == ["Sent to the Ivan Petrov Open Kitchen"]
