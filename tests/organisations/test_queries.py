"""Reading bureaux, their hours and their partners."""

from datetime import date, time

import pytest
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.organisations import queries
from tests.factories.organisations import (
    a_bureau,
    a_closure,
    a_partnership,
    a_room,
    a_worker,
    an_organisation,
    opening_hours,
)

pytestmark = pytest.mark.usefixtures("session")


def test_a_bureau_is_found_by_its_code() -> None:
    bureau = a_bureau("golden-river")
    a_bureau("silver-lake")

    found = queries.get_bureau("golden-river")

    assert found == bureau


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(NotFound):
        queries.get_bureau("nowhere")


def test_only_active_rooms_are_listed_where_asked() -> None:
    bureau = a_bureau()
    desk = a_room(bureau, "desk-1")
    a_room(bureau, "attic", active=False)

    found = queries.rooms(bureau.id, active=True)

    assert found == [desk]


def test_hours_of_a_day_are_those_valid_on_it() -> None:
    bureau = a_bureau()
    opening_hours(bureau, [1], [(time(9), time(11))], valid_until=date(2026, 6, 30))
    (later,) = opening_hours(bureau, [1], [(time(10), time(12))], valid_from=date(2026, 7, 1))

    found = queries.hours_on(bureau.id, date(2026, 12, 7))

    assert found == [later]


def test_closures_are_those_between_the_days_given() -> None:
    bureau = a_bureau()
    eve = a_closure(date(2026, 12, 24), bureau)
    a_closure(date(2027, 1, 1), bureau)

    found = queries.closures(bureau.id, date(2026, 12, 1), date(2026, 12, 31))

    assert found == [eve]


def test_partners_are_the_organisations_with_an_active_part() -> None:
    bureau = a_bureau()
    gate = an_organisation("open-gate")
    a_partnership(gate, bureau)
    a_partnership(an_organisation("two-rivers"), bureau, active=False)
    an_organisation("stranger")

    assert queries.partners(bureau.id) == [gate]


def test_a_scope_shows_only_the_workers_of_its_organisation() -> None:
    gate, rivers = an_organisation("open-gate"), an_organisation("two-rivers")
    own = a_worker(gate, "L1", services=["legal"], languages=["ar", "en"])
    foreign = a_worker(rivers, "L1")

    assert queries.workers(Scope(gate.id)) == [own]
    assert queries.workers(Scope(rivers.id)) == [foreign]
    assert queries.workers_of(rivers.id, Scope(gate.id)) == []
    assert queries.workers(EVERY_ORGANISATION) == [own, foreign]


def test_workers_come_with_what_pages_show_of_them(session: scoped_session[Session]) -> None:
    a_worker(an_organisation("open-gate"), "L1", services=["legal"], languages=["ar"])
    db.session.expire_all()

    (worker,) = queries.workers(EVERY_ORGANISATION)

    assert worker.organisation.code == "open-gate"
    assert [service.category.code for service in worker.services] == ["reception"]
    assert [language.tag for language in worker.languages] == ["ar"]
