"""What the log proposes to plan: the rule, and that only what is confirmed is wanted, with where it comes from."""

import re

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from bureau.kernel.audit import AuditEntry
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import db
from bureau.kernel.errors import Stale
from bureau.kernel.month import Month
from bureau.rotation.actions.demand import edit_demand
from bureau.rotation.models import Demand, DemandSource
from bureau.rotation.queries.demand import sources_of
from bureau.servicelog.actions.needs import confirm_needs
from bureau.servicelog.domain.needs import Asked, Kind, Need, Wish, asked_of, months_before, needs_of
from bureau.servicelog.queries.needs import needs_at
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import a_logging_bureau, an_entry, logged

NOW = utcnow()
LAST = Month.of(local_date(NOW, "Europe/Sofia")).shifted(-1)
MONTHS = months_before(Month(2026, 12))
KINDS = {"info": Kind(minutes=30), "legal": Kind(minutes=60), "class": Kind(minutes=90, group=True, places=9)}


def wish(*, per: str = "week", target: int = 1, minimum: int = 0, settled: Month | None = None) -> Wish:
    return Wish(
        demand_id=7, version=3, service="legal", language="ar", per=per, minimum=minimum, target=target, settled=settled
    )


def proposed(asked: Asked, *wishes: Wish, service: str = "legal") -> list[tuple[str, str, int]]:
    needs = needs_of({(service, "ar"): asked}, wishes, KINDS, MONTHS, session_minutes=120)
    return [(need.why, need.per, need.target) for need in needs]


def test_the_months_looked_at_are_the_last_three_that_are_over() -> None:
    assert [str(month) for month in MONTHS] == ["2026-09", "2026-10", "2026-11"]


@pytest.mark.parametrize(
    ("asked", "wishes", "expected"),
    [
        (Asked(helped=0, vain=10), (), [("vain", "month", 2)]),
        (Asked(helped=0, vain=5), (), []),
        (Asked(helped=80, vain=10), (), [("vain", "week", 4)]),
        (Asked(helped=100, vain=0), (), []),
        (Asked(helped=100, vain=5), (wish(target=1),), [("more", "week", 4)]),
        (Asked(helped=20, vain=10), (wish(target=4),), [("vain", "week", 5)]),
        (Asked(helped=20, vain=0), (wish(target=4),), [("less", "week", 1)]),
        (Asked(helped=20, vain=0), (wish(target=4, minimum=3),), [("less", "week", 3)]),
        (Asked(helped=20, vain=5), (wish(target=4),), []),
        (Asked(helped=25, vain=0), (wish(target=1),), []),
        (Asked(helped=10, vain=0), (wish(per="month", target=1),), [("more", "month", 2)]),
        (Asked(helped=20, vain=10), (wish(settled=Month(2026, 8)),), [("vain", "week", 2)]),
        (Asked(helped=20, vain=10), (wish(settled=Month(2026, 9)),), []),
    ],
)
def test_what_is_proposed_follows_from_what_was_asked(
    asked: Asked, wishes: tuple[Wish, ...], expected: list[tuple[str, str, int]]
) -> None:
    assert proposed(asked, *wishes) == expected


def test_a_group_shares_its_time_and_silence_proposes_nothing() -> None:
    assert proposed(Asked(helped=90, vain=10), service="class") == [("vain", "month", 3)]
    assert proposed(Asked(), wish(target=4)) == []


def test_what_was_asked_is_told_in_fives_only() -> None:
    asked = asked_of({("info", "ar"): 3, ("legal", "ar"): 8}, {("legal", "ar"): 2}, {("legal", "ar"): 240})

    assert asked == {("info", "ar"): Asked(helped=5), ("legal", "ar"): Asked(helped=5, minutes=240)}


def in_vain(number: int) -> None:
    logged(*(an_entry(kind="unmet", service="legal", language="ar", day=LAST.first) for _ in range(number)), now=NOW)


@pytest.fixture
def place(session: scoped_session[Session]) -> int:
    """Golden River, where twelve asked for legal help in Arabic last month, in vain, and ten were helped in English."""
    a_logging_bureau()
    in_vain(12)
    logged(*(an_entry(service="legal", language="en", day=LAST.first) for _ in range(10)), now=NOW)
    return a_bureau().id


def only_need() -> Need:
    (need,) = needs_at("golden-river", now=NOW).needs
    return need


def confirmed(need: Need, target: int, *, by: int) -> None:
    confirm_needs("golden-river", {need.key: (need.seen, target)}, person_id=by, actor=str(by), now=NOW)


def test_what_is_confirmed_is_wanted_and_says_where_it_comes_from(place: int) -> None:
    mira = person(name="Mira")
    need = only_need()

    confirmed(need, 5, by=mira.id)

    (row,) = db.session.scalars(select(Demand).where(Demand.bureau_id == place)).all()
    told = sources_of(place)[row.id]
    deed = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "confirmed")).one()
    assert (need.asked.vain, need.why, row.language_tag, row.per, row.target) == (10, "vain", "ar", need.per, 5)
    assert (told.confirmed_by, told.source.first, told.source.vain) == ("Mira", LAST, 10)
    assert (told.source.proposed, told.target_before) == (need.target, None)
    assert (deed.after or {})["months"] == f"{LAST}/{LAST}"


def test_what_was_confirmed_is_not_proposed_again_from_the_same_months(place: int) -> None:
    confirmed(only_need(), 1, by=person().id)

    assert needs_at("golden-river", now=NOW).needs == ()


def test_what_was_proposed_otherwise_meanwhile_changes_nothing(place: int) -> None:
    mira, need = person(), only_need()
    in_vain(20)

    with pytest.raises(Stale):
        confirmed(need, 5, by=mira.id)

    assert db.session.scalars(select(Demand)).all() == []


def test_a_demand_stated_otherwise_by_hand_comes_from_the_log_no_more(place: int) -> None:
    mira = person()
    confirmed(only_need(), 5, by=mira.id)
    (row,) = db.session.scalars(select(Demand)).all()
    columns = {"per": row.per, "service": "legal", "language": "ar", "minimum": 0, "target": 2, "weight": 1}

    edit_demand("golden-river", row.id, row.version, columns, actor="test", now=NOW)

    assert db.session.scalars(select(DemandSource)).all() == []


def test_a_second_manager_who_confirms_the_same_line_looks_again(place: int) -> None:
    mira = person()
    need = only_need()
    confirmed(need, 1, by=mira.id)

    with pytest.raises(Stale):
        confirmed(need, 1, by=mira.id)


def test_the_page_keeps_what_was_typed_when_it_is_refused(place: int, client: FlaskClient) -> None:
    sign_in_as(client, person(manages=[a_bureau()]))
    need = only_need()
    address = "/desk/golden-river/figures/demand"

    page = client.get(address).text
    refused = client.post(address, data={"line": need.key, f"seen-{need.key}": "0.0", f"target-{need.key}": "9"})
    done = client.post(address, data={"line": need.key, f"seen-{need.key}": need.seen, f"target-{need.key}": "9"})
    listed = client.get(done.headers["Location"]).text

    assert "About 10 people asked for it in vain." in page
    assert (refused.status_code, 'value="9"' in refused.text) == (422, True)
    assert done.status_code == 303
    assert "about 10 asked in vain" in re.sub(r"<[^>]+>", "", listed)
