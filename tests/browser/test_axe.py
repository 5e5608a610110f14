"""Nothing hinders people: every page is looked at by axe, narrow and wide, and never scrolls sideways."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import Page

from bureau.accounts.actions.passwords import hash_password
from bureau.accounts.models import Person
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.publishing.actions import publish_site
from bureau.rotation.actions import publish_programme
from bureau.rotation.domain.round_facts import iso_week
from bureau.web.languages import LANGUAGES
from tests.browser import axe
from tests.browser.conftest import Live
from tests.factories.accounts import person
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_partnership, a_worker, an_organisation
from tests.factories.rotation import a_demand, a_session, a_small_bureau, an_offer, an_open_round, slots_of, to_phase

MONTH = Month.of(utcnow().date()).shifted(1)
WIDTHS = (320, 1280)
PHONE = (320,)
THOROUGHLY = ("en", "ar")
ALSO = ("bg", "fa")
"""The longest words, and the other script from right to left: each sees every second page, as the layout is the same."""
STAFF = pytest.mark.parametrize("role", ["manager", "coordinator"])
PASSWORD = "a bridge over the river"
EMAILS = {"manager": "manager@golden-river.example", "coordinator": "coordinator@open-gate.example"}
MANAGERS = (
    "month/open", "{month}/", "{month}/deadlines", "{month}/board", "{month}/board?view=list", "{month}/proposals/",
    "{month}/publish", "{month}/review/", "{month}/meeting", "slots/{free}/book", "sessions/{session}/release",
    "sessions/{session}/move?to={free}",
)  # fmt: skip
COORDINATORS = (
    "organisations/open-gate/my-month/", "{month}/offers/open-gate/", "{month}/offers/open-gate/check",
    "{month}/offers/open-gate/table", "{month}/board?show=mine", "slots/{free}/book", "{month}/review/open-gate/",
    "sessions/{session}/swap", "organisations/open-gate/swaps/",
)  # fmt: skip
KEPT = (
    "golden-river/people/", "golden-river/organisations/", "golden-river/organisations/open-gate/",
    "golden-river/organisations/open-gate/workers/", "golden-river/place/", "golden-river/place/rooms/",
    "golden-river/place/hours/", "golden-river/place/closures/", "golden-river/catalogue/",
    "golden-river/catalogue/languages/", "golden-river/demand/", "golden-river/jobs", "account",
    "notices/", "calendars/", "golden-river/days/", "golden-river/series/", "golden-river/swaps/",
    "golden-river/{month}/delivery", "golden-river/slots/{free}/comments", "golden-river/{month}/board?week={week}",
)  # fmt: skip
PAGES = {"manager": MANAGERS, "coordinator": COORDINATORS}
PUBLIC = ("/{lang}/", "/{lang}/golden-river/", "/{lang}/golden-river/{month}/", "/{lang}/golden-river/need/legal-aid/")


@contextmanager
def all_writing(app: Flask) -> Iterator[None]:
    """Let whatever is asked stand in a transaction that writes: use cases share the one that is open."""
    engine = db.engine
    db._app_engines[app][None] = engine.execution_options(writes=True)
    yield
    db.session.remove()
    db._app_engines[app][None] = engine


@pytest.fixture(scope="module")
def places(live: Live) -> dict[str, str]:
    """A bureau in seven languages with a published month; what stands in the addresses of its pages."""
    with live.app.app_context(), all_writing(live.app):
        db.session().info["shared"] = True  # the rows held below outlive each use case
        bureau = a_bureau("golden-river", languages=list(LANGUAGES))
        a_small_bureau("golden-river")
        for tag, language in LANGUAGES.items():
            a_language(tag, own_name=language.own_name)
        service = a_service("legal", category="legal-aid")
        partner = an_organisation("open-gate")
        a_partnership(partner, bureau)
        worker = a_worker(partner, "L1", services=["legal"], languages=["en", "ar", "uk"])
        a_demand(bureau, "week", minimum=1, target=2, service_id=service.id, language_tag="ar")
        for role, tie in (("manager", {"manages": [bureau]}), ("coordinator", {"coordinates": [partner]})):
            person(email=EMAILS[role], password_hash=hash_password(PASSWORD), **tie)
        round_ = an_open_round(bureau, str(MONTH), now=utcnow())
        an_offer(round_, [worker])
        to_phase(round_, "reviewing")
        session = a_session(round_, worker, slots_of(round_)[4], now=utcnow())
        publish_programme("golden-river", str(MONTH), actor="test", now=utcnow())
        publish_site(now=utcnow())
        return {
            "month": str(MONTH),
            "session": str(session.id),
            "free": str(slots_of(round_)[7].id),
            "week": iso_week(slots_of(round_)[7].day),
        }


@pytest.mark.parametrize("language", THOROUGHLY)
@STAFF
def test_staff_pages_hinder_nobody(live: Live, page: Page, places: dict[str, str], role: str, language: str) -> None:
    addresses = [f"/desk/golden-river/{address.format(**places)}" for address in PAGES[role]]
    sign_in(live, page, EMAILS[role], language)

    found = [looked_at(page, address) for address in addresses]

    assert found == [[] for _ in addresses]


@STAFF
def test_staff_pages_fit_on_a_phone_in_other_languages_too(
    live: Live, page: Page, places: dict[str, str], role: str
) -> None:
    addresses = [f"/desk/golden-river/{address.format(**places)}" for address in PAGES[role]]
    sign_in(live, page, EMAILS[role], THOROUGHLY[0])

    found = {}
    for turn, language in enumerate(ALSO):
        reads(live, EMAILS[role], language)
        found[language] = [fits(page, address) for address in addresses[turn % 2 :: 2]]

    assert found == {language: [[] for _ in addresses[turn % 2 :: 2]] for turn, language in enumerate(ALSO)}


def test_pages_on_which_things_are_kept_hinder_nobody_on_a_phone(
    live: Live, page: Page, places: dict[str, str]
) -> None:
    sign_in(live, page, EMAILS["manager"], "ar")

    found = [looked_at(page, f"/desk/{address.format(**places)}", widths=PHONE) for address in KEPT]

    assert found == [[] for _ in KEPT]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_public_pages_hinder_nobody_in_any_language(page: Page, places: dict[str, str], language: str) -> None:
    found = [looked_at(page, address.format(lang=language, **places)) for address in PUBLIC]

    assert found == [[] for _ in PUBLIC]


def sign_in(live: Live, page: Page, email: str, language: str) -> None:
    """Come in as that person, who reads the pages in that language."""
    reads(live, email, language)
    page.goto("/desk/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.locator("nav.menu").wait_for()


def reads(live: Live, email: str, language: str) -> None:
    """From now on that person reads the pages in that language."""
    with live.app.app_context():
        db.session.execute(db.update(Person).where(Person.email == email).values(language=language))
        db.session.commit()


def looked_at(page: Page, address: str, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What hinders on the page at ``address``, opened once, on a phone in every language and wider in the first; and
    whether it scrolls sideways at any of the widths.
    """
    troubles = fits(page, address, widths[0])
    first = page.evaluate("document.documentElement.lang") == THOROUGHLY[0]
    for width in widths:
        if width != widths[0]:
            troubles += _scrolls(page, address, width)
        if first or width == widths[0]:
            troubles += [f"{address} at {width}: {one}" for one in axe.hindrances(page, colours=first)]
    return troubles


def fits(page: Page, address: str, width: int = PHONE[0]) -> list[str]:
    """Whether the page at ``address`` answers, and scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address} answered {answer.status}"
    return _scrolls(page, address, width)


def _scrolls(page: Page, address: str, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{address} at {width}: scrolls sideways"] if wider else []
