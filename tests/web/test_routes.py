"""Who may come where: every route is listed, and every address is tried as every kind of person."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session
from werkzeug.routing import IntegerConverter
from werkzeug.routing import Rule as Address

from bureau.accounts.models import Person
from bureau.web.guard import rule_of
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, a_partnership, an_organisation
from tests.web.routes import EXAMPLES, ROUTES

NOT_GUARDED = {"static"}

# Who is let in by each rule at the addresses of bureau golden-river and its partner open-gate, in words of its own,
# so that a mistake in a rule does not agree with itself.
ANYBODY = {
    "nobody signed in", "worker", "coordinator", "another coordinator", "coordinator elsewhere", "manager elsewhere",
    "manager", "administrator", "front desk",
}  # fmt: skip
ALLOWED = {
    "everyone": ANYBODY,
    "signed in": ANYBODY - {"nobody signed in"},
    "staff of the bureau": {"worker", "coordinator", "another coordinator", "manager", "administrator"},
    "coordinator of any organisation of the bureau, or its manager": {
        "coordinator", "another coordinator", "manager", "administrator",
    },
    "coordinator of the organisation, or the bureau's manager for it": {"coordinator", "manager", "administrator"},
    "member of any organisation of the bureau, or its front desk": {"worker", "coordinator", "another coordinator", "front desk"},
    "member of the organisation, or the bureau's front desk": {"worker", "coordinator", "front desk"},
    "coordinator of any organisation of the bureau, or its front desk": {"coordinator", "another coordinator", "front desk"},
    "manager of the bureau": {"manager", "administrator"},
    "manager of any bureau": {"manager", "manager elsewhere", "administrator"},
    "administrator": {"administrator"},
}  # fmt: skip


@pytest.fixture
def people(session: scoped_session[Session]) -> dict[str, Person | None]:
    """One person of each kind: two bureaux, two partners in the first, one in the second."""
    here, there = a_bureau("golden-river"), a_bureau("blue-hill")
    ours, neighbour, far = (an_organisation(code) for code in ("open-gate", "pomegranate", "far-shore"))
    for organisation, bureau in ((ours, here), (neighbour, here), (far, there)):
        a_partnership(organisation, bureau)
    return {
        "nobody signed in": None,
        "worker": person(works_for=[ours]),
        "coordinator": person(coordinates=[ours]),
        "another coordinator": person(coordinates=[neighbour]),
        "coordinator elsewhere": person(coordinates=[far]),
        "manager elsewhere": person(manages=[there]),
        "manager": person(manages=[here]),
        "administrator": person(administrator=True),
        "front desk": person(receives=[here]),
    }


@pytest.fixture
def threshold(app: Flask) -> Iterator[None]:
    """Answer 204 to whoever passes the guard, in place of the page: no form is sent, nothing changes."""
    waiting = app.before_request_funcs[None]
    waiting.append(lambda: Response(status=204))
    yield
    waiting.pop()


def addresses(app: Flask) -> Iterator[Address]:
    """Every address of the application that the guard watches."""
    return (address for address in app.url_map.iter_rules() if address.endpoint not in NOT_GUARDED)


def methods(address: Address) -> list[str]:
    """GET, POST and so on, without those that Flask adds by itself."""
    return sorted((address.methods or set()) - {"HEAD", "OPTIONS"})


def written_out(address: Address, **values: str) -> str:
    """The address with its parts filled in."""
    known = {"bureau": "golden-river", "organisation": "open-gate", **EXAMPLES, **values}
    parts: dict[str, Any] = {
        name: 999999 if isinstance(address._converters[name], IntegerConverter) else known.get(name, "none")
        for name in address.arguments
    }
    built = address.build(parts)
    assert built is not None
    return built[1]


def test_every_route_is_listed_with_who_may_come(app: Flask) -> None:
    found = {
        (
            address.endpoint,
            " ".join(methods(address)),
            getattr(rule_of(app.view_functions[address.endpoint]), "name", ""),
        )
        for address in addresses(app)
    }

    listed = {(endpoint, verbs, rule.name) for endpoint, verbs, rule in ROUTES}

    assert {"missing in tests/web/routes.py": found - listed, "listed but not there": listed - found} == {
        "missing in tests/web/routes.py": set(),
        "listed but not there": set(),
    }


def test_every_view_states_who_may_come(app: Flask) -> None:
    silent = [address.endpoint for address in addresses(app) if rule_of(app.view_functions[address.endpoint]) is None]

    assert silent == []


@pytest.mark.usefixtures("threshold")
@pytest.mark.parametrize("kind", sorted(ANYBODY))
def test_every_address_lets_in_exactly_whom_it_should(
    app: Flask, client: FlaskClient, people: dict[str, Person | None], kind: str
) -> None:
    someone = people[kind]
    if someone is not None:
        sign_in_as(client, someone)

    wrong = []
    for address in addresses(app):
        rule = rule_of(app.view_functions[address.endpoint])
        assert rule is not None
        refusal = (303, "/desk/sign-in") if someone is None else (403, None)
        expected = (204, None) if kind in ALLOWED[rule.name] else refusal
        for method in methods(address):
            answer = client.open(written_out(address), method=method)
            location = answer.location and answer.location.partition("?")[0]
            if (answer.status_code, location) != expected:
                wrong.append(f"{method} {address.rule}: {answer.status_code} {location or ''}")

    assert wrong == []


@pytest.mark.parametrize("kind", sorted(ANYBODY))
def test_every_page_answers_those_who_may_come(
    app: Flask, client: FlaskClient, people: dict[str, Person | None], kind: str
) -> None:
    someone = people[kind]
    if someone is not None:
        sign_in_as(client, someone)

    wrong = []
    for address in addresses(app):
        rule = rule_of(app.view_functions[address.endpoint])
        if rule is None or kind not in ALLOWED[rule.name] or "GET" not in methods(address):
            continue
        answer = client.get(written_out(address))
        if answer.status_code == 403 or answer.status_code >= 500:
            wrong.append(f"{address.rule}: {answer.status_code}")

    assert wrong == []


def test_a_manager_is_told_nothing_of_an_organisation_that_takes_part_elsewhere_only(
    app: Flask, client: FlaskClient, people: dict[str, Person | None]
) -> None:
    manager = people["manager"]
    assert manager is not None
    sign_in_as(client, manager)

    told = []
    for address in addresses(app):
        if {"bureau", "organisation"} <= address.arguments and "GET" in methods(address):
            answer = client.get(written_out(address, organisation="far-shore"), follow_redirects=True)
            if answer.status_code == 200 and "far-shore" in answer.text.replace(answer.request.path, ""):
                told.append(address.rule)

    assert told == []


def test_an_address_that_leads_nowhere_is_not_found_for_everybody(client: FlaskClient) -> None:
    answer = client.get("/desk/there/is/no/such/page")

    assert answer.status_code == 404


def test_a_form_sent_while_signed_out_leads_to_signing_in_and_not_back_to_the_form(client: FlaskClient) -> None:
    answer = client.post("/desk/account/name", data={"name": "Mallory"})

    assert (answer.status_code, answer.location) == (303, "/desk/sign-in")
