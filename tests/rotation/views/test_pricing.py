"""Why somebody is not there, and what it would cost: worked out by the solver, told in words."""

from datetime import timedelta

from flask.testing import FlaskClient

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.rotation.actions import asking
from bureau.rotation.domain.comparing import Difference
from bureau.rotation.domain.pricing import price_of
from bureau.rotation.models import Proposal
from bureau.rotation.queries import get_round
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_proposal, a_session, an_offer, slots_of, to_phase
from tests.rotation.views.conftest import AHEAD, Place

PROPOSALS = f"/desk/golden-river/{AHEAD}/proposals/"
HTMX = {"HX-Request": "true"}


def a_proposal_with_a_gap(place: Place) -> tuple[int, str]:
    """A plan with one session where two are wished for, and the solver's name of the wish."""
    wish = a_demand(place.bureau, "month", target=2, service_id=a_service("info").id)
    helper = a_worker(a_partner("good-well", place.bureau), "H1")
    an_offer(place.round(), [helper])
    day = next(day for day in AHEAD.days() if day.isoweekday() == 2)
    number = a_proposal([(helper, f"{day}T10:00", "desk-a-1")], month=str(AHEAD), now=utcnow())
    db.session.get_one(Proposal, number).progress = {"total": 100, "bound": 0, "terms": {"uncovered_target": 1}}
    db.session.commit()
    return number, f"d{wish.id}"


def test_the_price_of_a_gap_is_asked_for_on_the_proposals_page_and_told_in_words(
    manager: FlaskClient, place: Place
) -> None:
    number, demand = a_proposal_with_a_gap(place)

    page = manager.get(f"{PROPOSALS}{number}/").text
    part = manager.get(f"{PROPOSALS}{number}/price?demand={demand}", headers=HTMX).text
    unknown = manager.get(f"{PROPOSALS}{number}/price?demand=d0")

    assert f"{PROPOSALS}{number}/price?demand={demand}" in page
    assert "<html" not in part
    assert "It is possible. The plan would then have" in part
    assert "Sessions missing from the wish: " in part
    assert unknown.status_code == 404


def test_while_one_question_is_answered_another_is_asked_to_wait_and_has_a_page_without_scripts(
    manager: FlaskClient, place: Place
) -> None:
    number, demand = a_proposal_with_a_gap(place)

    with asking._one_question:
        page = manager.get(f"{PROPOSALS}{number}/price?demand={demand}").text

    assert "Another question is being answered" in page
    assert f'href="{PROPOSALS}{number}/"' in page


def test_who_was_not_given_a_slot_learns_what_stands_against_it_and_that_no_price_buys_it(
    coordinator: FlaskClient, place: Place
) -> None:
    helper = a_worker(a_partner("good-well", place.bureau), "Helper one")
    ours, theirs = a_worker(place.organisation, "A1"), a_worker(a_partner("pomegranate", place.bureau), "P1")
    round_ = place.round()
    for workers in ([ours], [helper], [theirs]):
        an_offer(get_round(round_.bureau, str(round_.month)), workers)
    round_ = to_phase(round_, "proposing")
    slot, quiet = (slots_of(round_, room)[0] for room in ("desk-a", "quiet"))
    for worker, taken in ((helper, slot), (theirs, quiet)):
        a_session(round_, worker, taken, now=utcnow() - timedelta(minutes=1))
    address = place.page(f"slots/{slot.id}/why")

    book = coordinator.get(place.page(f"slots/{slot.id}/book")).text
    page = coordinator.get(address).text
    priced = coordinator.get(f"{address}?worker={ours.id}").text
    foreign = coordinator.get(f"{address}?worker={helper.id}")

    assert address in book
    assert "Every room that suits is taken: good-well, pomegranate." in page
    assert "Nothing was declared for this person in this month." in page
    assert "It is not possible. These cannot all hold with it:" in priced
    assert "Helper one" not in page + priced
    assert foreign.status_code == 404


# Rules alone


def test_a_trade_has_its_terms_in_the_usual_order_and_a_conflict_its_groups() -> None:
    trade = price_of({"kind": "trade", "total": [5, 9], "terms": {"changes": [0, 1], "uncovered_min": [2, 1]}})
    conflict = price_of({"kind": "conflict", "conflict": [["org", "a", "max_per_day"]]})

    assert (trade.now, trade.then) == (5, 9)
    assert trade.differences == (
        Difference(term="uncovered_min", before=2, after=1), Difference(term="changes", before=0, after=1),
    )  # fmt: skip
    assert conflict.conflict == (("org", "a", "max_per_day"),)
