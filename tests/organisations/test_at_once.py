"""Several managers at the same instant, on both kinds of database."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from bureau.kernel.database import db
from bureau.organisations import queries
from bureau.organisations.actions.partners import take_part
from bureau.organisations.actions.place import add_public_holidays, open_hours
from bureau.organisations.domain.hours import HoursOverlap
from bureau.web.identity import Identity
from tests.factories.organisations import a_bureau, an_organisation

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_of_hours_that_overlap_and_are_added_at_the_same_instant_only_one_is_stored(installation: Flask) -> None:
    with installation.app_context():
        a_bureau()
        db.session.commit()
    together, told = threading.Barrier(4), list[str]()

    def add(starts: time) -> None:
        with installation.app_context():
            queries.get_bureau("golden-river")  # connected before the others are waited for
            together.wait()
            try:
                open_hours("golden-river", [1], starts, time(15), date(2026, 12, 1), actor="test", now=NOON)
            except HoursOverlap as refusal:
                told.append(refusal.code)

    threads = [threading.Thread(target=add, args=(time(9 + hour),)) for hour in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with installation.app_context():
        stored = queries.hours(queries.get_bureau("golden-river").id)
    assert (len(stored), told) == (1, ["hours_overlap"] * 3)


ADMINISTRATOR = Identity(token="", person_id=1, name="", email="", language="en", administrator=True)


def _take_part() -> None:
    take_part("golden-river", "open-gate", by=ADMINISTRATOR, now=NOON)


def _public_holidays() -> None:
    add_public_holidays("golden-river", 2026, actor="test", now=NOON)


@pytest.mark.parametrize("deed", [_take_part, _public_holidays])
def test_the_same_thing_added_by_several_at_the_same_instant_is_stored_once(
    installation: Flask, deed: Callable[[], None]
) -> None:
    with installation.app_context():
        a_bureau(holidays_of="BG")
        an_organisation()
        db.session.commit()
    together, broken = threading.Barrier(4), list[str]()

    def act() -> None:
        with installation.app_context():
            queries.get_bureau("golden-river")  # connected before the others are waited for
            together.wait()
            try:
                deed()
            except Exception as error:
                broken.append(repr(error))

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
