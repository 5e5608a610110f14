"""After a session was given back the manager plans again what it touches, and sees what that changes before it is done."""

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation import actions
from bureau.rotation.actions.proposals import create_proposal, run_proposal
from bureau.rotation.models import PlannedSession, Proposal
from bureau.rotation.queries import get_round
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    a_demand,
    a_partner,
    a_proposal,
    a_session,
    an_offer,
    an_open_round,
    slots_of,
)
from tests.rotation.views.conftest import AHEAD, Place

PROPOSALS = f"/desk/golden-river/{AHEAD}/proposals/"


def a_plan_with_a_session_given_back(place: Place) -> int:
    """A plan taken with one session, which is released; the session's number. Another partner could come."""
    a_demand(place.bureau, "week", target=1, service_id=a_service("info").id)
    helper = a_worker(a_partner("good-well", place.bureau), "H1")
    an_offer(place.round("proposing"), [place.worker])
    an_offer(get_round("golden-river", str(AHEAD)), [helper])
    day = next(day for day in AHEAD.days() if day.isoweekday() == 2)
    plan = a_proposal([(helper, f"{day}T10:00", "desk-a-1")], month=str(AHEAD), now=utcnow() - timedelta(minutes=5))
    actions.accept_proposal("golden-river", plan, actor="test", now=utcnow())
    row = db.session.scalars(select(PlannedSession)).one()
    actions.release_session(
        "golden-river", row.id, reason="ill", version=row.version, scope=EVERY_ORGANISATION, actor="test", now=utcnow()
    )
    return row.id


def test_what_fell_out_leads_to_a_repair_whose_changes_and_costs_are_shown_before_it_is_taken(
    manager: FlaskClient, place: Place
) -> None:
    released = a_plan_with_a_session_given_back(place)
    leads = [manager.get(place.page(page)).text for page in ("{month}/", f"sessions/{released}/release")]
    start = manager.get(PROPOSALS).text
    number = create_proposal("golden-river", str(AHEAD), seconds=3, actor="test", now=utcnow())
    run_proposal(number, clock=utcnow)

    page = manager.get(f"{PROPOSALS}{number}/").text

    assert all(f'href="{PROPOSALS}#start"' in lead for lead in leads)
    assert "1 session fell out of the plan since it was taken" in start
    assert 'value="weeks" checked' in start
    assert 'name="seconds" inputmode="numeric" required value="10"' in start
    assert "Only these weeks were planned again" in page
    assert "What fell out of the plan by itself" in page
    assert "The proposal changes" in page
    assert "After what fell out" in page


def test_the_manager_may_let_the_whole_month_move(manager: FlaskClient, place: Place) -> None:
    a_plan_with_a_session_given_back(place)

    answer = manager.post(PROPOSALS, data={"seconds": "none", "scope": "month"})

    assert answer.status_code == 422
    assert 'value="month" checked' in answer.text


def test_a_plan_stands_beside_last_month_by_organisation(manager: FlaskClient, place: Place) -> None:
    month = AHEAD.shifted(-1)
    past = an_open_round(place.bureau, str(month), phase="published", now=utcnow() - timedelta(days=40))
    a_session(past, place.worker, slots_of(past, "quiet")[0], now=utcnow() - timedelta(days=40))
    an_offer(place.round(), [place.worker])
    day = next(day for day in AHEAD.days() if day.isoweekday() == slots_of(past)[0].day.isoweekday())
    plan = a_proposal([(place.worker, f"{day}T10:00", "quiet-1")], month=str(AHEAD), now=utcnow())
    db.session.get_one(Proposal, plan).progress = {"total": 1, "terms": {"continuity": 0}}
    db.session.commit()

    page = manager.get(f"{PROPOSALS}compare").text

    assert 'Proposal <bdi class="num">1</bdi> beside last month' in page
    row = page[page.index('<th scope="row">open-gate') :]
    assert re.findall(r">(\d+)</bdi>", row)[:6] == ["1", "1", "1", "0", "0", "0"]
