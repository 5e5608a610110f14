"""The manager keeps the partners; a coordinator keeps the own workers."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries
from bureau.web.identity import scope_of
from tests.factories.accounts import coordinator_browser, manager_browser, person, sign_in_as
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_partnership, a_worker, an_agreement, an_organisation
from tests.web.counting import queries_of
from tests.web.deleting import delete

BASE = "/desk/golden-river/organisations"


@pytest.fixture
def browser(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """The browser of the bureau's manager."""
    return manager_browser(client, a_bureau("golden-river"))


def partner_form(version: int = 0, **changed: str) -> dict[str, str]:
    """A whole organisation as its form sends it."""
    return {"version": str(version), "name-bg": "Отворена порта", "name-en": "Open Gate", "kind": "legal", **changed}


def test_without_partners_the_page_says_what_to_do(browser: FlaskClient) -> None:
    assert "No organisation takes part yet." in browser.get(f"{BASE}/").text


@pytest.mark.parametrize("number", [1, 3])
def test_partners_are_listed_with_three_queries(browser: FlaskClient, number: int) -> None:
    for index in range(number):
        a_partnership(an_organisation(f"partner-{index}"))

    with queries_of("partnership", "agreement") as counted:
        page = browser.get(f"{BASE}/").text

    assert page.count("/organisations/partner-") == number
    assert len(counted) == 3


def test_a_partner_without_a_valid_agreement_is_flagged(browser: FlaskClient) -> None:
    a_partnership(an_organisation("open-gate"))
    rivers = a_partnership(an_organisation("two-rivers"), agreement=False)
    an_agreement(rivers, starts=date(2020, 1, 1), ends=date(2020, 12, 31))

    page = browser.get(f"{BASE}/").text

    assert page.count("without a valid agreement") == 1
    assert "There is no valid agreement today." in browser.get(f"{BASE}/two-rivers/").text


def test_the_search_finds_names_in_any_language(browser: FlaskClient) -> None:
    a_partnership(an_organisation("open-gate", name=LocalisedText({"bg": "Отворена порта"})))
    a_partnership(an_organisation("two-rivers"))

    page, nothing = browser.get(f"{BASE}/?q=ПОРТА").text, browser.get(f"{BASE}/?q=zzz").text

    assert "organisations/open-gate/" in page
    assert "organisations/two-rivers/" not in page
    assert "No organisation is called “zzz”." in nothing


def test_a_new_organisation_takes_part(browser: FlaskClient) -> None:
    answer = browser.post(f"{BASE}/new", data=partner_form(code="open-gate"))

    assert answer.status_code == 303
    assert [row.code for row in queries.partners(queries.get_bureau("golden-river").id)] == ["open-gate"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "two-rivers"}, "“two-rivers” is already in use."),
        ({"code": "two rivers"}, "Use small letters, digits and hyphens only."),
        ({"email": "nobody"}, "This does not look like an e-mail address."),
        ({"name-bg": " "}, "Please fill this in, at least in български."),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(
    browser: FlaskClient, changed: dict[str, str], sentence: str
) -> None:
    an_organisation("two-rivers")

    answer = browser.post(f"{BASE}/new", data=partner_form(**{"code": "open-gate", **changed}))

    assert answer.status_code == 422
    assert sentence in answer.text


def test_two_tabs_on_one_organisation(browser: FlaskClient) -> None:
    a_partnership(an_organisation("open-gate"))
    browser.post(f"{BASE}/open-gate/edit", data=partner_form(1, phone="11"))

    late = browser.post(f"{BASE}/open-gate/edit", data=partner_form(1, phone="22"))

    assert late.status_code == 422
    assert 'value="22"' in late.text
    assert queries.get_organisation("open-gate").phone == "11"


def test_a_partner_leaves_and_comes_back(browser: FlaskClient) -> None:
    bureau = a_bureau("golden-river")
    a_partnership(an_organisation("open-gate"), bureau)

    browser.post(f"{BASE}/open-gate/leave")
    gone = queries.partners(bureau.id)
    browser.post(f"{BASE}/join", data={"organisation": "open-gate"})

    assert gone == []
    assert [row.code for row in queries.partners(bureau.id)] == ["open-gate"]


def test_who_manages_both_bureaux_lets_an_organisation_take_part_in_the_other_too(client: FlaskClient) -> None:
    here, there = a_bureau("golden-river"), a_bureau("silver-lake")
    a_partnership(an_organisation("lake-house"), there)
    browser = client
    sign_in_as(browser, person(manages=[here, there]))
    offered = browser.get(f"{BASE}/").text

    browser.post(f"{BASE}/join", data={"organisation": "lake-house"})

    assert '<option value="lake-house">' in offered
    assert [row.code for row in queries.partners(queries.get_bureau("golden-river").id)] == ["lake-house"]


def test_a_stranger_has_no_page_here(browser: FlaskClient) -> None:
    a_partnership(an_organisation("lake-house"), a_bureau("silver-lake"))

    assert browser.get(f"{BASE}/lake-house/").status_code == 404
    assert browser.get(f"{BASE}/lake-house/workers/").status_code == 404


def worker_form(version: int = 0, **changed: object) -> dict[str, object]:
    """A whole worker as its form sends it."""
    return {
        "version": str(version), "label": "L1", "role-bg": "Юрист", "services": ["legal"], "languages": ["ar", "bg"],
        "attributes": ["woman"], "max_hours_month": "", **changed,
    }  # fmt: skip


@pytest.fixture
def coordinator(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """The browser of open-gate's coordinator, with a small catalogue to choose from."""
    gate = an_organisation("open-gate")
    a_partnership(gate, a_bureau("golden-river"))
    a_service("legal")
    a_language("ar")
    a_language("bg")
    return coordinator_browser(client, gate)


def test_a_coordinator_adds_a_worker_with_services_and_languages(coordinator: FlaskClient) -> None:
    gate = an_organisation("open-gate")
    empty = coordinator.get(f"{BASE}/open-gate/workers/").text

    answer = coordinator.post(f"{BASE}/open-gate/workers/new", data=worker_form())

    (worker,) = queries.workers_of(gate.id, scope_of(gate.id))
    assert "No worker is known yet." in empty
    assert answer.status_code == 303
    assert [one.code for one in worker.services] == ["legal"]
    assert [one.tag for one in worker.languages] == ["ar", "bg"]
    assert (worker.label, worker.attributes, worker.max_hours_month) == ("L1", ["woman"], None)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"label": "W1"}, "“W1” is already in use."),
        ({"label": "  "}, "Please fill this in."),
        ({"services": ["magic"]}, "is not a valid choice"),
        ({"max_hours_month": "0"}, "Please write a whole number from 1 to 744."),
    ],
)
def test_a_worker_that_cannot_be_is_refused_and_what_was_ticked_stays(
    coordinator: FlaskClient, changed: dict[str, object], sentence: str
) -> None:
    a_worker(an_organisation("open-gate"), "W1")

    answer = coordinator.post(f"{BASE}/open-gate/workers/new", data=worker_form(**changed))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Юрист"' in answer.text
    assert 'checked id="languages-0" name="languages" type="checkbox" value="ar"' in answer.text


def test_two_tabs_on_one_worker_though_only_languages_change(coordinator: FlaskClient) -> None:
    worker = a_worker(an_organisation("open-gate"), "L1", services=["legal"], languages=["ar", "bg"])
    address = f"{BASE}/open-gate/workers/{worker.id}/"
    first = coordinator.post(address, data=worker_form(1, languages=["ar"]))

    late = coordinator.post(address, data=worker_form(1, languages=["bg"]))

    assert first.status_code == 303
    assert late.status_code == 422
    assert "Stored meanwhile by somebody else:" in late.text


def test_a_label_of_a_colleague_is_refused_when_renaming(coordinator: FlaskClient) -> None:
    gate = an_organisation("open-gate")
    a_worker(gate, "L2")
    worker = a_worker(gate, "L1", services=["legal"])

    answer = coordinator.post(f"{BASE}/open-gate/workers/{worker.id}/", data=worker_form(1, label="L2"))

    assert answer.status_code == 422
    assert "“L2” is already in use." in answer.text


def test_a_worker_is_put_out_of_use_and_back_and_deleted(coordinator: FlaskClient) -> None:
    gate = an_organisation("open-gate")
    worker = a_worker(gate, "L1")
    address = f"{BASE}/open-gate/workers/{worker.id}"
    coordinator.post(f"{address}/active", data={"active": "0"})
    out = queries.workers_of(gate.id, scope_of(gate.id))
    coordinator.post(f"{address}/active", data={"active": "1"})
    back = len(queries.workers_of(gate.id, scope_of(gate.id)))

    delete(coordinator, f"{address}/delete")

    assert (out, back) == ([], 1)
    assert queries.workers_of(gate.id, scope_of(gate.id), active=None) == []


def test_a_coordinator_never_reaches_another_organisations_workers(coordinator: FlaskClient) -> None:
    rivers = an_organisation("two-rivers")
    a_partnership(rivers)
    foreign = a_worker(rivers, "M1")

    theirs = coordinator.get(f"{BASE}/two-rivers/workers/")
    smuggled = coordinator.get(f"{BASE}/open-gate/workers/{foreign.id}/")
    deleted = coordinator.post(f"{BASE}/open-gate/workers/{foreign.id}/delete")

    assert (theirs.status_code, smuggled.status_code, deleted.status_code) == (403, 404, 404)
    assert len(queries.workers_of(rivers.id, scope_of(rivers.id))) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_workers_are_listed_with_three_queries(coordinator: FlaskClient, number: int) -> None:
    for index in range(number):
        a_worker(an_organisation("open-gate"), f"W{index}", services=["legal"], languages=["ar"])
    db.session.expire_all()

    with queries_of("worker", "worker_service", "worker_language") as counted:
        page = coordinator.get(f"{BASE}/open-gate/workers/").text

    assert [f">W{index}<" in page for index in range(3)] == [index < number for index in range(3)]
    assert len(counted) == 3
