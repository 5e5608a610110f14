"""Whoever is told of something is told of it once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.database import db, transaction
from bureau.notices.actions import tell
from bureau.notices.models import Notice
from tests.factories.accounts import person
from tests.factories.organisations import a_bureau

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def told(**values: Any) -> None:
    """Tell ``people`` of something."""
    with transaction():
        tell(
            **{
                "kind": "test.happened",
                "values": {"what": "It"},
                "address": "/desk/",
                "key": "it",
                "now": NOON,
                **values,
            }
        )


def test_the_same_cause_never_tells_a_person_twice(session: Session) -> None:
    bureau, mira, ivo = a_bureau(), person(), person()
    told(people=[mira, mira], bureau_id=bureau.id)

    told(people=[mira, ivo], bureau_id=bureau.id, now=NOON + timedelta(days=1))

    rows = db.session.execute(select(Notice.person_id, Notice.created_at).order_by(Notice.id)).all()
    assert [tuple(row) for row in rows] == [(mira.id, NOON), (ivo.id, NOON + timedelta(days=1))]


def test_what_has_no_words_is_not_told(session: Session) -> None:
    with pytest.raises(KeyError, match="no words"):
        told(people=[person()], bureau_id=a_bureau().id, kind="test.unheard_of")
