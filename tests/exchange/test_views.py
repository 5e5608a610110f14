"""The pages of swaps and waiting, as people use them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bureau.exchange.models import Swap, WaitlistEntry
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation.models import PlannedSession, Slot
from bureau.rotation.queries import get_round
from tests.factories.accounts import coordinator_browser, manager_browser
from tests.factories.exchange import a_month, live, one_each
from tests.factories.organisations import a_bureau, an_organisation
from tests.factories.rotation import a_session, worker_row

HERE = "/desk/golden-river"


@pytest.fixture
def rows(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> list[PlannedSession]:
    """A session of each of three partners."""
    return one_each(*a_month())


def as_coordinator(client: FlaskClient, code: str) -> FlaskClient:
    """The browser, signed in for that organisation."""
    return coordinator_browser(client, an_organisation(code))


def the_swap() -> Swap:
    """The only one."""
    db.session.expire_all()
    return db.session.scalars(select(Swap)).one()


def ask(client: FlaskClient, row: PlannedSession, **form: object) -> None:
    """Ask for something by the form of the session's page."""
    number = row.id
    version = row.version
    answer = client.post(f"{HERE}/sessions/{number}/swap", data={"version": version, **form})
    assert answer.status_code == 303, answer.text


def test_two_coordinators_swap_by_the_pages(client: FlaskClient, rows: list[PlannedSession]) -> None:
    ours, theirs, _ = rows
    slots = {ours.id: theirs.slot_id, theirs.id: ours.slot_id}
    choice = f"{theirs.id}.{theirs.version}"
    page = as_coordinator(client, "open-gate").get(f"{HERE}/sessions/{ours.id}/swap").text
    ask(client, ours, choice=choice, remark="A hearing in court")
    number = the_swap().id

    mine = as_coordinator(client, "good-well").get(f"{HERE}/organisations/good-well/my-month/?month=2026-12").text
    shown = client.get(f"{HERE}/organisations/good-well/swaps/{number}").text
    answer = client.post(f"{HERE}/organisations/good-well/swaps/{number}/accept")

    assert f'value="{choice}"' in page
    assert "Answer a swap" in mine
    assert "A hearing in court" in shown
    assert answer.status_code == 303
    assert {one: live()[one][1] for one in slots} == slots


def test_a_refusal_is_said_on_the_page_and_nothing_is_lost(client: FlaskClient, rows: list[PlannedSession]) -> None:
    ours, theirs, _ = rows
    number, version = ours.id, ours.version
    as_coordinator(client, "open-gate")

    form = {"version": version, "choice": f"{theirs.id}.{theirs.version + 1}", "remark": "A hearing in court"}
    answer = client.post(f"{HERE}/sessions/{number}/swap", data=form)

    assert answer.status_code == 422
    assert "A hearing in court" in answer.text
    assert "Somebody changed this meanwhile" in answer.text


def test_an_offer_is_taken_over_with_ones_own_worker(client: FlaskClient, rows: list[PlannedSession]) -> None:
    ours, theirs, _ = rows
    slot, worker = ours.slot_id, theirs.worker_id
    ask(as_coordinator(client, "open-gate"), ours, choice="offer")
    number = the_swap().id

    listed = as_coordinator(client, "good-well").get(f"{HERE}/organisations/good-well/swaps/").text
    form = {"worker": worker, "service": "info", "language": "en"}
    answer = client.post(f"{HERE}/organisations/good-well/swaps/{number}/accept", data=form)

    assert f"swaps/{number}" in listed
    assert answer.status_code == 303
    assert (worker, slot) in live().values()


def test_a_swap_of_others_is_nobodys_business(client: FlaskClient, rows: list[PlannedSession]) -> None:
    ours, theirs, _ = rows
    ask(as_coordinator(client, "open-gate"), ours, choice=f"{theirs.id}.{theirs.version}")
    number = the_swap().id

    as_coordinator(client, "long-road")
    answers = [
        client.get(f"{HERE}/organisations/long-road/swaps/{number}").status_code,
        client.post(f"{HERE}/organisations/long-road/swaps/{number}/accept").status_code,
        client.get(f"{HERE}/organisations/good-well/swaps/{number}").status_code,
    ]

    assert answers == [404, 404, 403]
    assert f"swaps/{number}" not in client.get(f"{HERE}/organisations/long-road/swaps/").text


def test_the_manager_arranges_a_ring_and_answers_for_everybody(client: FlaskClient, rows: list[PlannedSession]) -> None:
    choice = ",".join(f"{row.id}.{row.version}" for row in rows[1:])
    manager = manager_browser(client, a_bureau())
    ask(manager, rows[0], choice=choice)
    number = the_swap().id

    for code in ("open-gate", "good-well", "long-road"):
        manager.post(f"{HERE}/organisations/{code}/swaps/{number}/accept")

    assert the_swap().state == "moved"
    assert f"swaps/{number}" in manager.get(f"{HERE}/swaps/").text


def test_whom_another_organisation_has_and_where_they_are_is_not_told_with_a_swap(
    client: FlaskClient, rows: list[PlannedSession]
) -> None:
    ours, theirs, _ = rows
    worker = worker_row(theirs.worker_id)
    worker.label = "Mira of the well"
    a_session(get_round("golden-river", "2026-12"), worker, slot_beside(ours))
    number, version, other = ours.id, ours.version, (theirs.id, theirs.version)
    browser, address = as_coordinator(client, "open-gate"), f"{HERE}/sessions/{number}/swap"

    looked = browser.get(f"{address}?with={other[0]}").text
    asked = browser.post(address, data={"version": version, "choice": f"{other[0]}.{other[1]}"})
    managed = manager_browser(client, a_bureau()).get(f"{address}?with={other[0]}").text

    assert "The worker is in another session at this time." in looked
    assert "good-well: The worker is in another session at this time." in asked.text
    assert ["Mira of the well is already" in page for page in (looked, asked.text, managed)] == [False, False, True]


def slot_beside(row: PlannedSession) -> Slot:
    """The slot of another room at the session's hour."""
    other = (Slot.starts_at == row.starts_at, Slot.id != row.slot_id)
    return db.session.scalars(select(Slot).where(*other)).first()


def test_declining_says_why(client: FlaskClient, rows: list[PlannedSession]) -> None:
    ask(as_coordinator(client, "open-gate"), rows[0], choice="cover", organisation="good-well")
    number = the_swap().id

    as_coordinator(client, "good-well").post(
        f"{HERE}/organisations/good-well/swaps/{number}/decline", data={"reason": "We are away"}
    )

    assert (the_swap().state, the_swap().reason) == ("declined", "We are away")


def test_who_wants_a_taken_slot_waits_for_it_and_may_leave_the_line(
    client: FlaskClient, rows: list[PlannedSession]
) -> None:
    slot, worker = rows[0].slot_id, rows[1].worker_id
    as_coordinator(client, "good-well")
    page = client.get(f"{HERE}/slots/{slot}/wait").text
    joined = client.post(f"{HERE}/slots/{slot}/wait", data={"worker": worker, "service": "info", "language": "en"})
    entry = entry_now()

    listed = client.get(f"{HERE}/organisations/good-well/swaps/").text
    client.post(f"{HERE}/organisations/good-well/waiting/{entry.id}/stop", data={"version": entry.version})

    assert "open-gate has this slot" in page
    assert joined.status_code == 303
    assert "You are the first in line." in listed
    assert entry_now().state == "withdrawn"


def entry_now() -> WaitlistEntry:
    """The only entry."""
    db.session.expire_all()
    return db.session.scalars(select(WaitlistEntry).execution_options(**EVERY_ORGANISATION.options())).one()


def test_a_dead_link_says_so_kindly(client: FlaskClient) -> None:
    answer = client.get("/desk/waiting/no-such-token")

    assert answer.status_code == 409
    assert "This offer is over" in answer.text
