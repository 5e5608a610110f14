"""Who sits before a browser."""

from playwright.sync_api import Page
from sqlalchemy import select

from bureau.accounts.models import Person
from bureau.kernel.database import db
from tests.browser.conftest import Live
from tests.factories.accounts import sign_in_as

MANY = 80
"""So often the Tab key is pressed at most: nothing on a page may lie further away."""


def enter(live: Live, page: Page, email: str) -> None:
    """Sign the browser in, without the cost of a password."""
    client = live.app.test_client()
    with live.app.app_context():
        sign_in_as(client, db.session.scalars(select(Person).where(Person.email == email)).one())
    cookie = client.get_cookie("session")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": live.url}])


def tab_to(page: Page, what: str) -> None:
    """With the Tab key to the next thing of that kind."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"{what} cannot be reached with the keyboard")
