"""The manager starts the solver, watches the plan become better, stops it, asks what more would cost, and takes the plan."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries import get_round
from tests.browser.conftest import Live
from tests.browser.people import enter
from tests.factories.accounts import person
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_bureau, a_room, a_worker
from tests.factories.rotation import a_demand, a_partner, a_small_bureau, an_offer, an_open_round, to_phase, worker_row

MONTH = Month.of(utcnow().date()).shifted(1)
MANAGER = "manager@golden-river.example"
PROPOSALS = f"/desk/golden-river/{MONTH}/proposals/"
PATIENCE = 90_000
"""Milliseconds: other tests may be at work on the same two processors."""

SERVICES = ("legal", "info", "work", "housing")
LANGUAGES = ("en", "ar", "fa")
PARTNERS = 10


@pytest.fixture
def a_full_month(live: Live) -> Iterator[RoundInfo]:
    """Partners of two workers each and more wishes than they can fulfil: nobody proves the best plan within seconds."""
    with live.app.app_context():
        bureau = a_bureau("golden-river", languages=["en", "ar"])
        a_small_bureau("golden-river")
        for desk in ("desk-b", "desk-c", "desk-d"):
            a_room(bureau, desk)
        teams = []
        for number in range(PARTNERS):
            partner = a_partner(f"partner-{number}", bureau)
            gives = [SERVICES[number % 4], SERVICES[(number + 1) % 4]]
            speaks = sorted({"en", LANGUAGES[number % 3]})
            teams.append([a_worker(partner, label, services=gives, languages=speaks).id for label in ("A", "B")])
        for per, minimum, target in (("day", 1, 3), ("week", 6, 11)):
            for service in SERVICES:
                a_demand(bureau, per, minimum=minimum, target=target, service_id=a_service(service).id)
            for tag in LANGUAGES:
                a_demand(bureau, per, minimum=minimum, target=target, language_tag=tag)
        person(name="Mira", email=MANAGER, manages=[bureau])
        an_open_round(bureau, str(MONTH), now=utcnow())
        for number, team in enumerate(teams):
            round_ = get_round("golden-river", str(MONTH))
            an_offer(
                round_, [worker_row(one) for one in team], promised=8 + number, minimum=2, max_per_day=1, max_per_week=4,
                max_at_once=1,
            )  # fmt: skip
        yield to_phase(get_round("golden-river", str(MONTH)), "proposing")


@pytest.mark.usefixtures("a_full_month")
def test_a_proposal_is_started_watched_stopped_and_taken(live: Live, page: Page) -> None:
    enter(live, page, MANAGER)
    page.goto(PROPOSALS)
    page.get_by_label("Seconds to think").fill("600")
    page.get_by_role("button", name="Propose a plan").click()

    expect(page.get_by_role("heading", name="Looking for a good plan")).to_be_visible()
    expect(page.locator("#progress .facts dd").first).to_be_visible(timeout=PATIENCE)
    begun, numbers = points(page), page.locator("#progress .facts").inner_text()
    expect(page.locator("#progress .facts")).not_to_have_text(numbers, use_inner_text=True, timeout=PATIENCE)
    expect(page.locator("#progress svg.way .path")).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#progress")).to_contain_text(re.compile("better is possible|better plan"))
    expect(page.locator("#progress table")).to_contain_text("Sessions missing from the wish")
    for shown in ("of what is wished for is covered", "distance from fair shares", "no plan can have fewer than"):
        expect(page.locator("#progress .facts")).to_contain_text(shown, timeout=PATIENCE)
    expect(page.locator("#progress h2")).to_contain_text("of 600 seconds")

    page.get_by_role("button", name="Stop and keep the best so far").click()
    take = page.get_by_role("button", name="Take it onto the board")
    take.wait_for(timeout=PATIENCE)
    assert points(page) <= begun
    expect(page.locator(".tag", has_text="Stopped")).to_be_visible()
    page.get_by_role("link", name="What would it cost?").first.click()
    answer = page.locator(".price .why").first
    expect(answer).to_be_visible(timeout=PATIENCE)
    expect(answer).to_contain_text(re.compile("It is (not )?possible|The time was too short"))

    take.click()
    expect(page.locator(".rota .seat:not(.open)").first).to_be_visible()


def points(page: Page) -> int:
    """The penalty points that the page shows."""
    shown = page.locator(".facts div", has_text="penalty points").locator("dd").inner_text()
    return int(re.sub(r"\D", "", shown))
