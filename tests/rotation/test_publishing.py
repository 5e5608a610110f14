"""A month made public."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation import actions, queries
from bureau.rotation.domain.refusals import NothingToPublish, WrongPhase
from bureau.rotation.models import Programme
from tests.factories.catalogue import a_service, words
from tests.factories.organisations import a_closure, a_worker
from tests.factories.rotation import (
    DECEMBER,
    NOW,
    a_partner,
    a_session,
    a_small_bureau,
    an_open_round,
    slots_of,
)

LATER = NOW + timedelta(days=1)


def publish(now: datetime = NOW) -> actions.Published:
    """Publish December."""
    return actions.publish_programme("golden-river", DECEMBER, actor="test", now=now)


def test_a_month_is_published_with_all_that_its_pages_need(session: Session) -> None:
    bureau = a_small_bureau()
    a_closure(date(2026, 12, 25), bureau, reason="Christmas")
    worker = a_worker(a_partner(bureau=bureau), languages=("en", "ar"))
    row = a_session(an_open_round(bureau, phase="reviewing"), worker)

    done = publish()

    document = queries.find_programme("golden-river", DECEMBER)
    assert document is not None
    assert (done.number, done.sessions, done.changed) == (1, 1, 1)
    assert (document.sessions[0].uid, document.sessions[0].sequence, document.sessions[0].change) == (row.uid, 0, None)
    assert {one.tag for one in document.languages} == {"en", "ar"}
    assert [one.code for one in document.organisations] == ["open-gate"]
    assert len(document.blocks) == 66
    assert [one.reason.in_("en") for one in document.closures] == ["Christmas"]
    assert queries.get_round("golden-river", DECEMBER).phase == "published"
    assert queries.programmes_in_force("golden-river") == (document,)


def test_a_released_session_is_cancelled_with_a_higher_sequence_and_a_booked_one_is_new(session: Session) -> None:
    bureau = a_small_bureau()
    worker = a_worker(a_partner(bureau=bureau))
    round_ = an_open_round(bureau, phase="proposing")
    first = a_session(round_, worker)
    publish()
    mark = queries.programme_marks()
    actions.release_session(
        "golden-river", first.id, reason="ill", version=first.version, scope=EVERY_ORGANISATION, actor="test", now=NOW
    )
    second = a_session(round_, worker, slots_of(round_)[2])

    done = publish(LATER)

    document = queries.find_programme("golden-river", DECEMBER)
    assert document is not None
    found = {one.uid: (one.sequence, one.change) for one in document.sessions}
    assert found == {first.uid: (1, "cancelled"), second.uid: (0, "new")}
    assert (done.number, done.sessions, done.changed) == (2, 1, 2)
    assert queries.programme_marks() != mark
    assert queries.programme_numbers("golden-river", DECEMBER) == ((2, LATER), (1, NOW))
    assert document.first_published_at == NOW


def test_publishing_the_same_again_is_refused(session: Session) -> None:
    bureau = a_small_bureau()
    a_session(an_open_round(bureau, phase="proposing"), a_worker(a_partner(bureau=bureau)))
    publish()

    with pytest.raises(NothingToPublish):
        publish(LATER)


def test_an_empty_month_or_one_still_declared_is_not_published(session: Session) -> None:
    bureau = a_small_bureau()
    an_open_round(bureau, phase="proposing")
    an_open_round(bureau, "2027-01")

    with pytest.raises(NothingToPublish):
        publish()
    with pytest.raises(WrongPhase):
        actions.publish_programme("golden-river", "2027-01", actor="test", now=NOW)


def test_a_sensitive_service_is_public_under_its_neutral_name_only(session: Session) -> None:
    bureau = a_small_bureau()
    a_service(
        "women-safe", sensitivity="restricted", name=words("Help after violence"), description=words("We help after violence"),
        neutral_name=words("Women’s hour"),
    )  # fmt: skip
    worker = a_worker(a_partner(bureau=bureau), services=("women-safe",))
    a_session(an_open_round(bureau, phase="proposing"), worker)

    publish()

    stored = db.session.scalars(select(Programme.document)).one()
    assert "violence" not in str(stored)
    assert [one["name"] for one in stored["services"]] == [{"en": "Women’s hour"}]


def test_a_programme_never_changes(session: Session) -> None:
    bureau = a_small_bureau()
    a_session(an_open_round(bureau, phase="proposing"), a_worker(a_partner(bureau=bureau)))
    publish()
    row = db.session.scalars(select(Programme)).one()

    row.document = {}

    with pytest.raises(DBAPIError, match="programme_never_changes"):
        db.session.flush()
