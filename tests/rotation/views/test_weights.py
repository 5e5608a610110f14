"""The manager chooses what counts how much, sees what that changes, and how fair the months were."""

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.errors import Stale
from bureau.rotation.actions import set_weights
from bureau.rotation.actions.proposals import create_proposal
from bureau.rotation.domain.comparing import compare
from bureau.rotation.domain.weights import PRESETS, TERMS, USUAL, preset_of, weighed
from bureau.rotation.models import Proposal
from bureau.rotation.queries import get_proposal, get_round, weights_of
from bureau.rotation.queries.facts import problem_of
from tests.factories.rotation import a_session, an_offer, slots_of, to_phase
from tests.rotation.views.conftest import AHEAD, Place

WEIGHTS = "/desk/golden-river/weights/"
OWN = {**USUAL, "continuity": 77}


def version_on(page: str) -> str:
    """The version that the page's forms carry."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_own_numbers_are_kept_audited_and_weigh_the_next_proposal(manager: FlaskClient, place: Place) -> None:
    an_offer(place.round(), [place.worker])
    before = manager.get(WEIGHTS).text

    answer = manager.post(WEIGHTS, data={**OWN, "version": version_on(before)})
    after = manager.get(WEIGHTS).text

    assert answer.location == WEIGHTS
    assert 'value="77"' in after
    assert weights_of(place.bureau.id) == OWN
    weights = problem_of(get_round("golden-river", str(AHEAD)), now=utcnow())["weights"]
    assert weights == {**OWN, "changes": 0}


def test_ready_made_numbers_are_taken_with_one_button(manager: FlaskClient, place: Place) -> None:
    version = version_on(manager.get(WEIGHTS).text)

    answer = manager.post(f"{WEIGHTS}preset", data={"preset": "quiet_month", "version": version})

    assert answer.location == WEIGHTS
    assert weights_of(place.bureau.id) == PRESETS["quiet_month"]


@pytest.mark.parametrize("typed", ["-1", "10001", "", "many"])
def test_a_number_that_cannot_be_is_refused_and_nothing_is_stored(
    manager: FlaskClient, place: Place, typed: str
) -> None:
    answer = manager.post(WEIGHTS, data={**OWN, "fairness": typed, "version": "0"})

    assert answer.status_code == 422
    assert weights_of(place.bureau.id) == USUAL


def test_who_was_slower_is_told_and_overrules_nobody(manager: FlaskClient, place: Place) -> None:
    set_weights("golden-river", PRESETS["residents_first"], version=0, actor="test", now=utcnow())

    form = manager.post(WEIGHTS, data={**OWN, "version": "0"})
    button = manager.post(f"{WEIGHTS}preset", data={"preset": "balanced", "version": "0"})

    assert (form.status_code, button.status_code) == (422, 409)
    assert weights_of(place.bureau.id) == PRESETS["residents_first"]
    with pytest.raises(Stale):
        set_weights("golden-river", OWN, version=7, actor="test", now=utcnow())


def test_a_coordinator_sees_neither_weights_nor_ledger(coordinator: FlaskClient, place: Place) -> None:
    pages = (WEIGHTS, "/desk/golden-river/ledger/", "/desk/golden-river/ledger.csv")

    assert [coordinator.get(page).status_code for page in pages] == [403, 403, 403]


def test_two_proposals_are_compared_term_by_term_in_words(manager: FlaskClient, place: Place) -> None:
    an_offer(place.round(), [place.worker])
    scores = ({"uncovered_target": 9, "continuity": 1}, {"uncovered_target": 6, "continuity": 4})
    for number, score in enumerate(scores):
        made = create_proposal("golden-river", str(AHEAD), seconds=5, actor="test", now=utcnow())
        row = db.session.get_one(Proposal, made)
        row.state, row.progress = "finished", {"terms": score, "total": 1}
        db.session.commit()
        if number == 0:
            set_weights("golden-river", PRESETS["residents_first"], version=0, actor="test", now=utcnow())
    address = place.page("{month}/proposals/")

    page = manager.get(f"{address}compare?first=1&second=2").text
    listed = manager.get(address).text

    assert get_proposal("golden-river", made, now=utcnow()).preset == "residents_first"
    assert "Residents first" in page
    assert "Better by" in page
    assert "Worse by" in page
    assert f'href="{address}compare"' in listed
    assert manager.get(f"{address}compare?first=1&second=5").status_code == 404
    assert manager.get(f"{address}compare?first=x").status_code == 404


def test_with_one_plan_the_comparison_says_what_to_do(manager: FlaskClient, place: Place) -> None:
    place.round()

    page = manager.get(place.page("{month}/proposals/compare"))

    assert page.status_code == 200
    assert 'class="empty"' in page.text


def test_the_ledger_is_a_page_and_a_file_and_each_organisation_sees_its_own(manager: FlaskClient, place: Place) -> None:
    round_ = place.round()
    an_offer(round_, [place.worker], promised=2)
    empty = manager.get("/desk/golden-river/ledger/").text
    a_session(to_phase(round_, "proposing"), place.worker, slots_of(round_)[0])
    to_phase(round_, "published")

    page = manager.get("/desk/golden-river/ledger/").text
    file = manager.get("/desk/golden-river/ledger.csv")
    mine = manager.get(place.page("organisations/open-gate/my-month/?month={month}")).text

    assert 'class="empty"' in empty
    assert "open-gate" in page.lower()
    assert file.content_type == "text/csv; charset=utf-8"
    assert f"{AHEAD},open-gate," in file.text
    assert "fair share" in mine


def test_ready_made_numbers_are_known_again_and_every_one_is_told_from_the_others() -> None:
    assert {preset_of(weights) for weights in PRESETS.values()} == set(PRESETS)
    assert preset_of({**USUAL, "changes": 0}) == "balanced"
    assert preset_of(OWN) is None


@pytest.mark.parametrize("preset", PRESETS)
def test_no_ready_made_numbers_leave_a_minimum_open_for_what_one_session_can_cost(preset: str) -> None:
    weights = PRESETS[preset]

    # One session more: a change of the plan in force, a new hour instead of a known one, at an undesired time, and the
    # second away from a fair share of four.
    dearest = {"changes": 1, "continuity": 1, "regularity": 1, "preferences": 2, "fairness": 75}

    assert weighed(dearest, weights) < weights["uncovered_min"]


scores = st.fixed_dictionaries({term: st.integers(0, 500) for term in TERMS})


@given(scores, scores, st.sampled_from([*PRESETS.values()]), st.sampled_from([*PRESETS.values()]))
def test_a_comparison_accounts_for_every_point(
    first: dict[str, int], second: dict[str, int], before: dict[str, int], after: dict[str, int]
) -> None:
    compared = compare(first, second, before, after)

    changed = {one.term for one in (*compared.gains, *compared.losses)}
    assert changed == {term for term in TERMS if first[term] != second[term]}
    for weights, (one, other) in ((before, compared.by_first), (after, compared.by_second)):
        assert one - other == sum(weights[each.term] * each.gained for each in compared.differences)
