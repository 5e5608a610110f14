"""What a coordinator sees first: what is asked by deadline, what changed, and where the organisation is needed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from bureau.kernel.clock import utcnow
from bureau.kernel.scopes import Scope
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.views import asks
from bureau.rotation.views.asks import Asked, in_order
from tests.factories.catalogue import a_language, a_service
from tests.factories.rotation import a_demand, a_session, an_offer, slots_of, to_phase
from tests.rotation.views.conftest import AHEAD, Place
from tests.web.counting import queries_of

ADDRESS = f"/desk/golden-river/organisations/open-gate/my-month/?month={AHEAD}"
SOON = utcnow() + timedelta(days=1)


def asked(title: str, days: int | None = None, *, done: bool = False) -> Asked:
    """Something to do within so many days."""
    until = None if days is None else utcnow() + timedelta(days=days)
    return Asked(icon="swap", title=title, href="/", label="Answer", until=until, done=done)


@pytest.fixture
def a_feature_that_asks() -> Iterator[None]:
    """Another feature that asks everybody for an answer until tomorrow."""

    def ask(round_: RoundInfo, organisation: OrganisationInfo, scope: Scope, now: object) -> list[Asked]:
        return [Asked(icon="swap", title=f"Swap for {organisation.code}", href="/", label="Answer", until=SOON)]

    asks.add(ask)
    yield
    asks._PROVIDERS.remove(ask)


def test_what_is_asked_stands_by_deadline_and_what_is_done_last() -> None:
    order = in_order([asked("done", 1, done=True), asked("whenever"), asked("late", 9), asked("soon", 1)])

    assert [one.title for one in order] == ["soon", "late", "whenever", "done"]


@pytest.mark.usefixtures("a_feature_that_asks")
def test_what_other_features_ask_for_stands_among_our_own(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    page = coordinator.get(ADDRESS).text

    assert page.index("Swap for open-gate") < page.index("Say what you can give in")
    assert "2 things wait for you." in page


def test_a_draft_that_was_not_sent_is_asked_for_again(coordinator: FlaskClient, place: Place) -> None:
    an_offer(place.round(), [place.worker])
    coordinator.post(place.page("{month}/offers/open-gate/draft"), data={"promised": "9", "version": "1", "draft": "0"})

    page = coordinator.get(ADDRESS).text

    assert "Something is written and not sent yet." in page
    assert "1 thing waits for you." in page


def test_an_open_slot_says_why_we_are_needed_there(coordinator: FlaskClient, place: Place) -> None:
    a_demand(place.bureau, "week", minimum=1, service_id=a_service("legal").id, language_tag=a_language("ar").tag)
    round_ = place.round()
    an_offer(round_, [place.worker], promised=8)
    to_phase(round_, "reviewing")

    page = coordinator.get(ADDRESS).text

    assert 'nobody speaks <bdi lang="ar"' in page
    assert "below your fair share this month" in page


def test_the_page_asks_no_more_of_the_database_the_more_slots_and_sessions_there_are(
    coordinator: FlaskClient, place: Place
) -> None:
    round_ = to_phase(place.round(), "reviewing")
    tables = ("slot", "planned_session", "worker", "offer", "demand", "round", "partnership")

    with queries_of(*tables) as few:
        coordinator.get(ADDRESS)
    for slot in slots_of(round_)[:40:8]:
        a_session(round_, place.worker, slot, now=utcnow())
    with queries_of(*tables) as many:
        coordinator.get(ADDRESS)

    assert len(many) <= len(few) + 1
