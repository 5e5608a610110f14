"""An organisation that two bureaux share: every act in its name, tried as everybody who might want to."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from bureau.accounts.models import Person, Role
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations import queries
from bureau.organisations.models import Bureau, Organisation, Partnership, Worker
from bureau.organisations.permissions import speaks_for
from tests.factories.accounts import person, sign_in_as
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_partnership, a_worker, an_organisation

REFUSED = 403
NOT_YOURS = "This organisation is also known in other bureaux."


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Open-gate takes part in golden-river and in blue-hill; home-only in golden-river; left-hill left blue-hill."""

    here: Bureau
    there: Bureau
    third: Bureau
    shared: Organisation
    local: Organisation
    left: Organisation
    worker: Worker
    colleague: Person
    newcomer: Person


@pytest.fixture
def world(session: scoped_session[Session]) -> World:
    """Three bureaux; a worker, a colleague who coordinates and one who was invited but has not come yet."""
    here, there, third = (a_bureau(code) for code in ("golden-river", "blue-hill", "white-stone"))
    shared, local, left = (an_organisation(code, kind="legal") for code in ("open-gate", "home-only", "left-hill"))
    for organisation, bureau, active in (
        (shared, here, True), (shared, there, True), (local, here, True), (left, here, True), (left, there, False),
    ):  # fmt: skip
        a_partnership(organisation, bureau, active=active)
    a_service("legal")
    a_language("en")
    return World(
        here=here, there=there, third=third, shared=shared, local=local, left=left,
        worker=a_worker(shared, "W1", services=["legal"], languages=["en"]),
        colleague=person(email="colleague@example.org", coordinates=[shared], password_hash="known"),
        newcomer=person(email="newcomer@example.org", coordinates=[shared]),
    )  # fmt: skip


# Who tries, at the desk of golden-river. What each may do in the name of the shared organisation is written out.
PEOPLE: dict[str, Callable[[World], Person]] = {
    "manager here": lambda world: person(manages=[world.here]),
    "manager there": lambda world: person(manages=[world.there]),
    "manager of both": lambda world: person(manages=[world.here, world.there]),
    "coordinator": lambda world: person(coordinates=[world.shared]),
    "coordinator and manager here": lambda world: person(coordinates=[world.shared], manages=[world.here]),
    "worker and manager here": lambda world: person(works_for=[world.shared], manages=[world.here]),
    "coordinator of another": lambda world: person(coordinates=[world.local]),
    "worker": lambda world: person(works_for=[world.shared]),
    "administrator": lambda world: person(administrator=True),
}
MANAGERS_OF_IT = {"manager of both", "coordinator and manager here", "administrator"}
SPEAKERS = MANAGERS_OF_IT | {"coordinator"}
DESK = "/desk/golden-river"
EDITED = {"version": "1", "name-bg": "Порта", "name-en": "Gate", "kind": "legal"}
WORKER = {"version": "1", "label": "W9", "role-bg": "Юрист", "services": ["legal"], "languages": ["en"]}
INVITED = {"name": "", "language": "en", "organisation": "open-gate"}


def _role(world: World) -> int:
    return db.session.scalars(select(Role.id).where(Role.person_id == world.colleague.id)).one()


ACTS: dict[str, tuple[set[str], Callable[[FlaskClient, World], int]]] = {
    "edit the organisation": (SPEAKERS, lambda browser, world: _post(browser, "organisations/open-gate/edit", EDITED)),
    "open its form": (SPEAKERS, lambda browser, world: browser.get(f"{DESK}/organisations/open-gate/edit").status_code),
    "add a worker": (SPEAKERS, lambda browser, world: _post(browser, "organisations/open-gate/workers/new", WORKER)),
    "edit a worker": (SPEAKERS, lambda browser, world: _post(browser, f"{_worker(world)}/", WORKER)),
    "put a worker out of use": (SPEAKERS, lambda browser, world: _post(browser, f"{_worker(world)}/active", {})),
    "delete a worker": (SPEAKERS, lambda browser, world: _post(browser, f"{_worker(world)}/delete", {"version": "1"})),
    "invite a coordinator": (MANAGERS_OF_IT, lambda browser, world: _invite(browser, "coordinator")),
    "invite a worker": (MANAGERS_OF_IT, lambda browser, world: _invite(browser, "worker")),
    "remove a coordinator": (
        MANAGERS_OF_IT, lambda browser, world: _post(browser, f"roles/{_role(world)}/remove", {}),
    ),
    "close a coordinator's account": (
        MANAGERS_OF_IT, lambda browser, world: _post(browser, f"people/{world.colleague.id}/deactivate", {}),
    ),
    "invite a coordinator again": (
        MANAGERS_OF_IT, lambda browser, world: _post(browser, f"people/{world.newcomer.id}/invite-again", {}),
    ),
}  # fmt: skip


def _worker(world: World) -> str:
    return f"organisations/open-gate/workers/{world.worker.id}"


def _post(browser: FlaskClient, address: str, form: dict[str, object]) -> int:
    return browser.post(f"{DESK}/{address}", data=form).status_code


def _invite(browser: FlaskClient, role: str) -> int:
    return _post(browser, "people/", {**INVITED, "email": "mallory@example.org", "role": role})


def everything_stored() -> list[object]:
    """All that an act in the name of the shared organisation could change."""
    return [
        sorted(db.session.execute(select(Role.person_id, Role.kind, Role.organisation_id)).all(), key=str),
        sorted(db.session.execute(select(Person.email, Person.active)).all()),
        [(row.code, row.version) for row in queries.organisations()],
        sorted(
            db.session.execute(select(Partnership.bureau_id, Partnership.organisation_id, Partnership.active)).all()
        ),
        [(row.label, row.active, row.version) for row in queries.workers(EVERY_ORGANISATION, active=None)],
    ]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("act", ACTS)
def test_only_who_speaks_for_a_shared_organisation_acts_in_its_name(
    client: FlaskClient, world: World, act: str, who: str
) -> None:
    allowed, do = ACTS[act]
    sign_in_as(client, PEOPLE[who](world))
    before = everything_stored()

    status = do(client, world)

    if who in allowed:
        assert status in (200, 303)
    else:
        assert status in (REFUSED, 409, 422)
        assert everything_stored() == before


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("organisation", ["open-gate", "left-hill"])
def test_an_organisation_joins_a_further_bureau_only_by_who_speaks_for_it(
    client: FlaskClient, world: World, organisation: str, who: str
) -> None:
    someone = PEOPLE[who](world)
    db.session.add(Role(person_id=someone.id, kind="manager", bureau_id=world.third.id))
    db.session.commit()
    sign_in_as(client, someone)
    may = (MANAGERS_OF_IT | {"coordinator"}) if organisation == "open-gate" else {"manager of both", "administrator"}

    offered = client.get("/desk/white-stone/organisations/").text
    answer = client.post("/desk/white-stone/organisations/join", data={"organisation": organisation})

    assert (f'value="{organisation}"' in offered, organisation in offered) == (who in may, who in may)
    assert answer.status_code == (303 if who in may else REFUSED)
    assert [row.code for row in queries.partners(world.third.id)] == ([organisation] if who in may else [])


def test_who_only_manages_the_second_bureau_is_told_who_may(client: FlaskClient, world: World) -> None:
    sign_in_as(client, person(manages=[world.third]))

    answer = client.post("/desk/white-stone/organisations/join", data={"organisation": "open-gate"})

    assert NOT_YOURS in answer.text
    assert "once an administrator says so" in client.get("/desk/white-stone/organisations/").text


def test_ending_a_part_hands_the_organisation_over_to_nobody(client: FlaskClient, world: World) -> None:
    sign_in_as(client, person(manages=[world.there]))
    client.post("/desk/blue-hill/organisations/open-gate/leave")
    sign_in_as(client, person(manages=[world.here]))

    assert _invite(client, "coordinator") == 422
    assert _post(client, "organisations/open-gate/edit", EDITED) == REFUSED


def test_a_bureau_that_an_organisation_left_does_not_take_it_back_alone(client: FlaskClient, world: World) -> None:
    sign_in_as(client, person(manages=[world.there]))

    answer = client.post("/desk/blue-hill/organisations/join", data={"organisation": "left-hill"})

    assert (answer.status_code, queries.find_usual(world.there.id, world.left.id)) == (REFUSED, None)


def test_a_bureau_that_an_organisation_left_no_longer_reads_its_workers(client: FlaskClient, world: World) -> None:
    a_worker(world.left, "NEWLY-THERE")
    sign_in_as(client, person(manages=[world.there]))

    pages = [
        client.get(f"/desk/blue-hill/{address}").text
        for address in ("organisations/left-hill/", "organisations/left-hill/workers/", "place/document/bureau.json")
    ]

    assert ["NEWLY-THERE" in page for page in pages] == [False, False, False]


def test_what_an_organisation_promises_a_bureau_stays_with_its_manager(client: FlaskClient, world: World) -> None:
    sign_in_as(client, person(manages=[world.here]))
    most = {"max_per_day": "1", "max_per_week": "2", "max_per_month": "9", "max_at_once": "1"}
    agreed = {"kind": "memorandum", "starts": "2026-11-01", "notice_days": "30"}

    statuses = [
        _post(client, "organisations/open-gate/usual", {"version": "1", "promised": "4", "minimum": "1", **most}),
        _post(client, "organisations/open-gate/agreements/new", agreed),
        _post(client, "organisations/open-gate/leave", {}),
    ]

    assert statuses == [303, 303, 303]


def test_pages_offer_a_manager_nothing_that_would_be_refused(client: FlaskClient, world: World) -> None:
    sign_in_as(client, person(manages=[world.here]))

    partner, workers, people = (
        client.get(f"{DESK}/{address}").text
        for address in ("organisations/open-gate/", "organisations/open-gate/workers/", "people/")
    )

    assert (f"{DESK}/organisations/open-gate/edit" in partner, "workers/new" in workers) == (False, False)
    assert ('<option value="open-gate">' in people, '<option value="home-only">' in people) == (False, True)
    assert (f"roles/{_role(world)}/remove" in people, f"people/{world.newcomer.id}/" in people) == (True, False)


def test_an_account_that_nobody_opened_yet_is_not_handed_to_the_manager_of_one_of_two_bureaux(
    client: FlaskClient, world: World
) -> None:
    sign_in_as(client, person(manages=[world.here]))

    client.post(f"{DESK}/people/{world.newcomer.id}/invite-again")

    assert "/desk/invitation/" not in client.get(f"{DESK}/people/").text


@pytest.mark.parametrize(
    ("administrator", "coordinates", "manages", "known_in", "speaks"),
    [
        (True, False, set(), {"a", "b"}, True),
        (False, True, set(), {"a", "b"}, True),
        (False, False, {"a", "b", "c"}, {"a", "b"}, True),
        (False, False, {"a"}, {"a"}, True),
        (False, False, {"a"}, {"a", "b"}, False),
        (False, False, {"a"}, set(), False),
        (False, False, set(), set(), False),
    ],
)
def test_who_speaks_for_an_organisation(
    administrator: bool, coordinates: bool, manages: set[str], known_in: set[str], speaks: bool
) -> None:
    answer = speaks_for(
        administrator=administrator, coordinates=coordinates, manages=manages, known_in=known_in
    )  # fmt: skip

    assert answer is speaks


def test_a_bureau_made_of_a_document_gives_its_manager_no_hold_on_organisations_that_were_there(
    client: FlaskClient, world: World
) -> None:
    upload = {"document": (BytesIO(json.dumps(_document_of(client, world)).encode()), "bureau.json")}
    sign_in_as(client, person(administrator=True))
    made = client.post("/desk/bureaux/new", data=upload)
    new = queries.get_bureau("fourth")
    sign_in_as(client, person(manages=[new]))

    invited = client.post(
        "/desk/fourth/people/", data={**INVITED, "email": "mallory@example.org", "role": "coordinator"}
    )
    edited = client.post("/desk/fourth/organisations/open-gate/edit", data=EDITED)

    assert "open-gate" in [row.code for row in queries.partners(new.id)]
    assert (made.status_code, invited.status_code, edited.status_code) == (303, 422, REFUSED)


def _document_of(browser: FlaskClient, world: World) -> dict[str, Any]:
    """Golden-river as its manager takes it along, made to look like another bureau."""
    sign_in_as(browser, person(manages=[world.here]))
    document = browser.get(f"{DESK}/place/document/bureau.json").get_json()
    return {**document, "bureau": {**document["bureau"], "code": "fourth"}}
