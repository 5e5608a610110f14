"""The manager's pages of the catalogue."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.catalogue import queries
from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText
from tests.factories.accounts import manager_browser
from tests.factories.catalogue import a_category, a_language, a_service
from tests.factories.organisations import a_bureau, a_worker
from tests.web.counting import queries_of
from tests.web.deleting import delete

pytestmark = pytest.mark.usefixtures("session")
BASE = "/desk/golden-river/catalogue"


@pytest.fixture
def browser(client: FlaskClient) -> FlaskClient:
    """The browser of the bureau's manager."""
    return manager_browser(client, a_bureau("golden-river"))


def service_form(version: int = 0, **changed: str) -> dict[str, str]:
    """A whole service as its form sends it."""
    return {
        "version": str(version), "name-bg": "Консултация", "name-en": "Advice", "category": "reception",
        "mode": "individual", "audience": "everyone", "sensitivity": "normal", "minutes": "30", "places": "1", **changed,
    }  # fmt: skip


def test_an_empty_catalogue_says_how_to_begin(browser: FlaskClient) -> None:
    page = browser.get(f"{BASE}/").text

    assert "There is no category yet." in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_shows_every_service_with_the_same_number_of_queries(browser: FlaskClient, number: int) -> None:
    for index in range(number):
        a_service(f"service-{index}", category=f"category-{index}")

    with queries_of("category", "service") as counted:
        page = browser.get(f"{BASE}/").text

    assert page.count("services/service-") == number
    assert len(counted) == 2


def test_the_search_finds_names_in_any_language(browser: FlaskClient) -> None:
    a_service("legal", name=LocalisedText({"bg": "Правна помощ"}))
    a_service("info")

    page = browser.get(f"{BASE}/?q=ПРАВНА").text

    assert "services/legal/" in page
    assert "services/info/" not in page


def test_a_service_is_added_with_its_texts(browser: FlaskClient) -> None:
    a_category("reception")

    answer = browser.post(f"{BASE}/services/new", data=service_form(code="advice"))

    assert answer.status_code == 303
    assert queries.get_service("advice").name.texts == {"bg": "Консултация", "en": "Advice"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "Ad vice"}, "Use small letters, digits and hyphens only."),
        ({"code": "info"}, "“info” is already in use."),
        ({"name-bg": ""}, "Please fill this in, at least in български."),
        ({"minutes": "0"}, "Please write a whole number from 1 to 1440."),
        ({"sensitivity": "restricted"}, "A protected service needs a neutral name in the main language."),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_nothing_is_lost(
    browser: FlaskClient, changed: dict[str, str], sentence: str
) -> None:
    a_service("info")

    answer = browser.post(f"{BASE}/services/new", data=service_form(**{"code": "advice", **changed}))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Advice"' in answer.text
    assert queries.find_service("advice") is None


def test_of_two_tabs_the_later_is_told_and_sees_what_the_other_changed(browser: FlaskClient) -> None:
    a_service("info", name=LocalisedText({"bg": "Старо"}))
    address = f"{BASE}/services/info/"
    browser.post(address, data=service_form(1, **{"name-bg": "От първия", "minutes": "45"}))

    late = browser.post(address, data=service_form(1, **{"name-bg": "От втория"}))

    assert late.status_code == 422
    assert "Somebody changed this meanwhile." in late.text
    assert 'value="От втория"' in late.text
    assert "От първия" in late.text
    assert ">45<" in late.text
    assert queries.get_service("info").name.texts["bg"] == "От първия"


def test_the_later_tab_may_send_again_knowing_it(browser: FlaskClient) -> None:
    a_service("info")
    address = f"{BASE}/services/info/"
    browser.post(address, data=service_form(1))

    again = browser.post(address, data=service_form(2, **{"name-bg": "От втория"}))

    assert again.status_code == 303
    assert queries.get_service("info").name.texts["bg"] == "От втория"


def test_a_translation_is_marked_when_its_source_has_changed(browser: FlaskClient) -> None:
    a_service("info", name=LocalisedText({"bg": "Старо", "en": "Old"}))
    address = f"{BASE}/services/info/"

    browser.post(address, data=service_form(1, **{"name-bg": "Ново", "name-en": "Old"}))

    assert "The source has changed since" in browser.get(address).text


def test_a_service_is_put_out_of_use_and_back(browser: FlaskClient) -> None:
    a_service("info")

    browser.post(f"{BASE}/services/info/active", data={"active": "0"})
    out = queries.get_service("info").active
    browser.post(f"{BASE}/services/info/active", data={"active": "1"})

    assert (out, queries.get_service("info").active) == (False, True)


@pytest.mark.parametrize("thing", ["services/info", "categories/reception", "languages/ar"])
def test_what_is_in_use_is_not_deleted_and_the_page_says_why(browser: FlaskClient, thing: str) -> None:
    a_worker(services=["info"], languages=["ar"])
    db.session.commit()

    answer = delete(browser, f"{BASE}/{thing}/delete")

    assert answer.status_code == 409
    assert "This is in use and cannot be deleted." in answer.text
    assert queries.find_service("info") is not None
    assert queries.find_language("ar") is not None


@pytest.mark.parametrize("thing", ["services/info", "categories/empty", "languages/ar"])
def test_deleting_asks_once(browser: FlaskClient, thing: str, session: scoped_session[Session]) -> None:
    a_service("info")
    a_category("empty")
    a_language("ar")
    session.commit()

    asked, done = browser.get(f"{BASE}/{thing}/delete"), delete(browser, f"{BASE}/{thing}/delete")

    assert "Yes, delete it" in asked.text
    assert done.status_code == 303
    assert browser.get(f"{BASE}/{thing}/").status_code == 404


def test_a_category_is_added_and_renamed(browser: FlaskClient) -> None:
    browser.post(f"{BASE}/categories/new", data={"version": "0", "code": "legal", "name-bg": "Право", "icon": "legal"})

    browser.post(f"{BASE}/categories/legal/", data={"version": "1", "name-bg": "Права", "icon": "legal"})

    assert queries.get_category("legal").name.texts == {"bg": "Права"}


def language_form(version: int = 0, **changed: str) -> dict[str, str]:
    """A whole language as its form sends it."""
    return {
        "version": str(version), "own_name": "العربية", "name-bg": "арабски", "phrase-bg": "на арабски",
        "direction": "rtl", "script": "Arab", "locale": "ar", **changed,
    }  # fmt: skip


def test_a_language_is_added_and_listed_in_its_own_script(browser: FlaskClient) -> None:
    empty = browser.get(f"{BASE}/languages/").text

    browser.post(f"{BASE}/languages/new", data=language_form(tag="ar"))

    assert "There is no language yet." in empty
    assert '<span class="chip" lang="ar" dir="rtl">العربية</span>' in browser.get(f"{BASE}/languages/").text


def test_a_language_tag_must_be_one_and_new(browser: FlaskClient) -> None:
    a_language("ar")

    wrong = browser.post(f"{BASE}/languages/new", data=language_form(tag="arabic"))
    taken = browser.post(f"{BASE}/languages/new", data=language_form(tag="ar"))

    assert "“arabic” is not a language tag." in wrong.text
    assert "“ar” is already in use." in taken.text


def test_two_tabs_on_one_language(browser: FlaskClient) -> None:
    a_language("ar")
    address = f"{BASE}/languages/ar/"
    seen = browser.get(address).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    browser.post(address, data=language_form(int(seen)))

    late = browser.post(address, data=language_form(int(seen), locale="ar_SY"))

    assert late.status_code == 422
    assert "Somebody changed this meanwhile." in late.text
