"""The manager states what the bureau wants covered."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.errors import Invalid
from bureau.organisations.queries import get_bureau
from bureau.rotation.domain.demand import TargetBelowMinimum, ensure_demand
from bureau.rotation.models.demand import Demand
from bureau.rotation.queries.demand import demand
from tests.factories.accounts import manager_browser
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau
from tests.web.counting import queries_of
from tests.web.deleting import delete

PAGE = "/desk/golden-river/demand"


@pytest.fixture
def browser(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """The browser of the bureau's manager, with a small catalogue."""
    a_service("legal")
    a_language("ar")
    return manager_browser(client, a_bureau("golden-river"))


def line(version: int = 0, **changed: str) -> dict[str, str]:
    """A whole line as its form sends it."""
    return {
        "version": str(version), "per": "week", "service": "legal", "language": "ar", "minimum": "1", "target": "2",
        "weight": "3", **changed,
    }  # fmt: skip


def wanted() -> list[Demand]:
    """What is stored."""
    return demand(get_bureau("golden-river").id)


def test_a_bureau_without_demand_is_told_how_to_begin(browser: FlaskClient) -> None:
    assert "Nothing is wanted yet." in browser.get(f"{PAGE}/").text


def test_a_line_is_added_changed_and_dropped(browser: FlaskClient) -> None:
    browser.post(f"{PAGE}/new", data=line())
    (row,) = wanted()
    browser.post(f"{PAGE}/{row.id}/", data=line(1, service="", target="5"))
    (changed,) = wanted()
    after = (changed.service, changed.language_tag, changed.target)

    delete(browser, f"{PAGE}/{row.id}/delete")

    assert after == (None, "ar", 5)
    assert wanted() == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"target": "0"}, "Please write a whole number from 1 to 999."),
        ({"minimum": "3"}, "What is wished cannot be less than what is needed."),
        ({"per": "year"}, "Not a valid choice."),
        ({"service": "magic"}, "Not a valid choice."),
        ({"language": "xx"}, "Not a valid choice."),
        ({"weight": ""}, "Please fill this in."),
    ],
)
def test_a_line_that_cannot_be_is_refused(browser: FlaskClient, changed: dict[str, str], sentence: str) -> None:
    answer = browser.post(f"{PAGE}/new", data=line(**changed))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert wanted() == []


def test_the_same_thing_is_not_wanted_twice(browser: FlaskClient) -> None:
    browser.post(f"{PAGE}/new", data=line())
    browser.post(f"{PAGE}/new", data=line(language=""))
    (_, other) = wanted()

    again = browser.post(f"{PAGE}/new", data=line())
    turned = browser.post(f"{PAGE}/{other.id}/", data=line(1))

    assert (again.status_code, turned.status_code) == (422, 422)
    assert "This is wanted already." in again.text
    assert len(wanted()) == 2


def test_two_tabs_on_one_line(browser: FlaskClient) -> None:
    browser.post(f"{PAGE}/new", data=line())
    (row,) = wanted()
    browser.post(f"{PAGE}/{row.id}/", data=line(1, target="3"))

    late = browser.post(f"{PAGE}/{row.id}/", data=line(1, target="4"))

    assert late.status_code == 422
    assert 'value="4"' in late.text
    assert wanted()[0].target == 3


@pytest.mark.parametrize("number", [1, 3])
def test_demand_is_listed_with_one_query(browser: FlaskClient, number: int) -> None:
    for per in ["day", "week", "month"][:number]:
        browser.post(f"{PAGE}/new", data=line(per=per))

    with queries_of("demand") as counted:
        page = browser.get(f"{PAGE}/").text

    assert page.count('<th scope="row">') == number
    assert len(counted) == 1


def test_another_bureaus_demand_is_out_of_reach(browser: FlaskClient, session: scoped_session[Session]) -> None:
    foreign = Demand(bureau_id=a_bureau("silver-lake").id, per="day", minimum=1, target=1)
    session.add(foreign)
    session.commit()

    assert browser.get(f"{PAGE}/{foreign.id}/").status_code == 404


def test_a_target_is_not_below_the_minimum_and_a_period_is_known() -> None:
    ensure_demand("week", 1, 1)
    with pytest.raises(TargetBelowMinimum):
        ensure_demand("week", 2, 1)
    with pytest.raises(Invalid):
        ensure_demand("year", 1, 1)
