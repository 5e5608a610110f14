"""Two at the same instant, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from bureau.calendars.actions import open_feed
from bureau.calendars.queries import addresses_of
from bureau.kernel.database import db, transaction
from bureau.notices import actions
from bureau.notices.domain import kinds
from bureau.notices.domain.timing import Choice
from bureau.notices.models import Notice
from bureau.notices.queries import choice_of, notices_of
from tests.factories.accounts import person
from tests.factories.organisations import a_bureau, a_partnership, an_organisation
from tests.meeting import at_once

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

kinds.register("test.told", lambda values: f"{values['what']} happened")


@pytest.fixture
def mira(installation: Flask) -> int:
    """Somebody who coordinates a partner and manages the bureau."""
    with installation.app_context():
        organisation, bureau = an_organisation(), a_bureau()
        a_partnership(organisation, bureau)
        return person(coordinates=[organisation], manages=[bureau]).id


def test_two_that_tell_the_same_at_once_tell_it_once(installation: Flask, mira: int) -> None:
    class Reader:
        id = mira

    def tell() -> None:
        with transaction():
            actions.tell(
                [Reader()], kind="test.told", bureau_id=1, values={"what": "It"}, address="/desk/", key="it", now=NOON
            )

    outcomes = at_once(installation, tell, tell)

    with installation.app_context():
        assert (outcomes, db.session.scalar(select(func.count(Notice.id)))) == ([None, None], 1)
        assert [one.values["what"] for one in notices_of(mira)] == ["It"]


def test_who_chooses_or_makes_an_address_in_two_windows_at_once_has_one(installation: Flask, mira: int) -> None:
    made = at_once(installation, *[lambda: open_feed(mira, None, now=NOON)] * 2)
    chosen = at_once(installation, *[lambda: actions.choose(mira, Choice(hour=9))] * 2)

    with installation.app_context():
        own, _ = addresses_of(mira, key="key")
        assert (made, own.generation) == ([None, None], 1)
        assert sorted(map(str, chosen)) == ["None", "stale"]
        assert choice_of(mira).hour == 9
