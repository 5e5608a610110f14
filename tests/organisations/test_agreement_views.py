"""The manager keeps what is usual for a partner, and the agreements it rests on."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.organisations import queries
from tests.factories.accounts import manager_browser
from tests.factories.organisations import a_bureau, a_partnership, an_organisation
from tests.web.deleting import delete

BASE = "/desk/golden-river/organisations"


@pytest.fixture
def browser(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """The browser of the bureau's manager."""
    return manager_browser(client, a_bureau("golden-river"))


USUAL = {
    "promised": "9", "minimum": "6", "max_per_day": "1", "max_per_week": "2", "max_per_month": "10", "max_at_once": "1",
}  # fmt: skip


def test_what_is_usual_is_kept_with_its_pattern(browser: FlaskClient) -> None:
    window = {"worker": "L1", "weekday": 3, "starts": "10:00", "ends": "12:00", "level": "preferred"}
    partner = a_partnership(an_organisation("open-gate"), usual={"promised": 1, "pattern": [window]})

    browser.post(f"{BASE}/open-gate/usual", data={**USUAL, "version": "1"})

    assert partner.usual == {**{name: int(value) for name, value in USUAL.items()}, "pattern": [window]}


def test_a_minimum_above_the_promise_is_refused(browser: FlaskClient) -> None:
    a_partnership(an_organisation("open-gate"))

    answer = browser.post(f"{BASE}/open-gate/usual", data={**USUAL, "version": "1", "minimum": "10"})

    assert answer.status_code == 422
    assert "The minimum cannot be more than what is promised." in answer.text


def test_of_two_tabs_on_what_is_usual_the_later_is_told_and_keeps_its_numbers(browser: FlaskClient) -> None:
    partner = a_partnership(an_organisation("open-gate"), usual={"promised": 1})
    address = f"{BASE}/open-gate/usual"
    page = browser.get(address).text
    browser.post(address, data={**USUAL, "version": "1", "promised": "12"})

    late = browser.post(address, data={**USUAL, "version": "1", "max_per_month": "17"})
    kept = partner.usual["promised"]
    again = browser.post(address, data={**USUAL, "version": "2", "max_per_month": "17"})

    assert 'name="version" type="hidden" value="1"' in page
    assert (late.status_code, kept) == (422, 12)
    assert "Stored meanwhile by somebody else:" in late.text
    assert 'value="17"' in late.text
    assert 'name="version" type="hidden" value="2"' in late.text
    assert again.status_code == 303
    assert (partner.usual["promised"], partner.usual["max_per_month"]) == (9, 17)


AGREEMENT = {"kind": "memorandum", "starts": "2026-01-01", "ends": "2026-12-31", "notice_days": "30"}


def test_an_agreement_is_written_down_changed_and_deleted(browser: FlaskClient) -> None:
    partner = a_partnership(an_organisation("open-gate"), agreement=False)
    place = partner.bureau_id
    browser.post(f"{BASE}/open-gate/agreements/new", data=AGREEMENT)
    (agreement,) = queries.get_partner(place, "open-gate").agreements
    address = f"{BASE}/open-gate/agreements/{agreement.id}/"
    browser.post(address, data={**AGREEMENT, "version": "1", "ends": ""})
    until = queries.get_agreement(place, "open-gate", agreement.id).ends

    delete(browser, f"{address}delete")

    assert until is None
    assert browser.get(address).status_code == 404


def test_an_agreement_that_ends_before_it_starts_is_refused(browser: FlaskClient) -> None:
    a_partnership(an_organisation("open-gate"))

    answer = browser.post(f"{BASE}/open-gate/agreements/new", data={**AGREEMENT, "ends": "2025-12-31"})

    assert answer.status_code == 422
    assert "The last day must not be before the first." in answer.text


def test_of_two_tabs_on_one_agreement_the_later_is_told_and_keeps_its_words(browser: FlaskClient) -> None:
    partner = a_partnership(an_organisation("open-gate"))
    (place, (one,)) = partner.bureau_id, queries.get_partner(partner.bureau_id, "open-gate").agreements
    address = f"{BASE}/open-gate/agreements/{one.id}/"
    page = browser.get(address).text
    browser.post(address, data={**AGREEMENT, "version": "1", "ends": "2027-06-30"})

    late = browser.post(address, data={**AGREEMENT, "version": "1", "contributions-en": "A lawyer on Mondays"})
    kept = queries.get_agreement(place, "open-gate", one.id).ends
    again = browser.post(address, data={**AGREEMENT, "version": "2", "contributions-en": "A lawyer on Mondays"})

    assert 'name="version" type="hidden" value="1"' in page
    assert (late.status_code, kept) == (422, date(2027, 6, 30))
    assert "A lawyer on Mondays" in late.text
    assert "2027-06-30" in late.text
    assert 'name="version" type="hidden" value="2"' in late.text
    assert again.status_code == 303
    assert queries.get_agreement(place, "open-gate", one.id).ends == date(2026, 12, 31)
