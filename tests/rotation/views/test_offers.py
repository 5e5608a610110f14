"""A coordinator declares: kept as it is written, looked at once more, sent; nothing that was typed is lost."""

import re
from typing import Any

from flask.testing import FlaskClient

from bureau.kernel.database import EVERY_ORGANISATION
from bureau.rotation.domain.offers import DeclaredOffer, OfferPage
from bureau.rotation.domain.rounds import Block
from bureau.rotation.queries import blocks_of_round, find_round, get_round, offer_page
from tests.factories.accounts import coordinator_browser
from tests.factories.organisations import a_closure
from tests.factories.rotation import a_partner, an_offer
from tests.rotation.views.conftest import AHEAD, Place
from tests.web.counting import queries_of

ADDRESS = f"/desk/golden-river/{AHEAD}/offers/open-gate/"
CHECK, DRAFT = f"{ADDRESS}check", f"{ADDRESS}draft"


def typed(place: Place, **others: str) -> dict[str, Any]:
    """A form filled in: legal help in Arabic, the first block preferred, the second possible."""
    first, second = blocks(place)[:2]
    number = place.worker.id
    return {
        "promised": "4", "minimum": "2", "max_per_day": "1", "max_per_week": "2", "max_per_month": "5",
        "max_at_once": "1", "remark": "Not before ten", "version": "", "draft": "0", f"gives-{number}-legal:ar": "1",
        f"at-{number}-{first.code}": "preferred", f"at-{number}-{second.code}": "possible", **others,
    }  # fmt: skip


def blocks(place: Place) -> tuple[Block, ...]:
    """The blocks of the month ahead, which is opened if it is not."""
    return blocks_of_round((find_round("golden-river", str(AHEAD)) or place.round()).id)


def stored() -> OfferPage:
    """What is stored for open-gate."""
    return offer_page(get_round("golden-river", str(AHEAD)), "open-gate", scope=EVERY_ORGANISATION)


def sent() -> DeclaredOffer | None:
    """The answer in force."""
    return stored().offer


def seen(page: str) -> dict[str, str]:
    """The versions that a page showed."""
    return {name: re.findall(rf'name="{name}" value="(\d*)"', page)[0] for name in ("version", "draft")}


def test_a_first_visit_shows_every_worker_with_all_they_can_give(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    page = coordinator.get(ADDRESS)

    assert page.status_code == 200
    assert page.text.count(f'name="gives-{place.worker.id}-legal:') == 2
    assert page.text.count(f'name="gives-{place.worker.id}-legal:ar" value="1" checked') == 1


def test_what_was_written_is_summed_up_and_counts_only_once_it_is_sent(coordinator: FlaskClient, place: Place) -> None:
    answer = coordinator.post(ADDRESS, data=typed(place))
    check = coordinator.get(CHECK)
    before = sent()

    done = coordinator.post(CHECK, data=seen(check.text))

    page, offer = coordinator.get(ADDRESS), sent()
    assert (answer.status_code, answer.location) == (303, CHECK)
    assert "4 sessions promised." in check.text
    assert before is None
    assert (done.status_code, done.location) == (303, ADDRESS)
    assert offer is not None
    assert (offer.promised, offer.minimum, offer.remark) == (4, 2, "Not before ten")
    assert offer.workers[0].pairs == {("legal", "ar")}
    assert sorted(offer.workers[0].availability.values()) == ["possible", "preferred"]
    assert "What you have declared" in page.text
    assert "Not sent yet" not in page.text


def test_what_is_written_after_the_answer_leaves_the_answer_as_it_was(coordinator: FlaskClient, place: Place) -> None:
    an_offer(place.round(), [place.worker], promised=7)

    told = coordinator.post(DRAFT, data={"promised": "9", "version": "1", "draft": "0"})

    page, offer = coordinator.get(ADDRESS), sent()
    assert told.status_code == 200
    assert offer is not None
    assert offer.promised == 7
    assert 'name="promised" inputmode="numeric" autocomplete="off" required value="9"' in page.text
    assert "Changed, not sent yet" in page.text


def test_of_two_tabs_the_later_sees_what_the_earlier_wrote_and_both_stay(
    coordinator: FlaskClient, place: Place
) -> None:
    first, second = (f"at-{place.worker.id}-{block.code}" for block in blocks(place)[:2])
    opened = {"version": "", "draft": "0"}

    one = coordinator.post(DRAFT, data={first: "preferred", **opened}).json
    other = coordinator.post(DRAFT, data={second: "possible", **opened}).json
    back = coordinator.post(DRAFT, data={"version": "", "draft": str(one["draft"])}).json

    assert one["said"].startswith("Saved ")
    assert one["cells"] == {}
    assert (other["cells"][first], other["cells"][second]) == ("preferred", "possible")
    assert (back["cells"][first], back["cells"][second]) == ("preferred", "possible")
    assert dict(stored().draft.cells) == {first: "preferred", second: "possible"}


def test_a_whole_form_that_did_not_see_what_another_tab_wrote_overrules_nothing(
    coordinator: FlaskClient, place: Place
) -> None:
    form = typed(place)
    coordinator.post(DRAFT, data={"promised": "9", "version": "", "draft": "0"})

    told = coordinator.post(ADDRESS, data={**form, "remark": "From the second tab"})
    kept = dict(stored().draft.cells)
    again = coordinator.post(ADDRESS, data={**form, "remark": "From the second tab", **seen(told.text)})

    assert told.status_code == 422
    assert "Somebody changed this meanwhile" in told.text
    assert "From the second tab" in told.text
    assert kept == {"promised": "9"}
    assert again.status_code == 303
    assert stored().draft.cells["promised"] == "4"


def test_what_was_looked_at_is_not_sent_when_more_was_written_since(coordinator: FlaskClient, place: Place) -> None:
    coordinator.post(ADDRESS, data=typed(place))
    looked_at = seen(coordinator.get(CHECK).text)
    coordinator.post(DRAFT, data={"promised": "5", **looked_at})

    refused = coordinator.post(CHECK, data=looked_at)

    assert refused.status_code == 422
    assert "5 sessions promised." in refused.text
    assert sent() is None


def test_a_number_that_is_none_is_refused_beside_its_field_and_all_else_stays(
    coordinator: FlaskClient, place: Place
) -> None:
    answer = coordinator.post(ADDRESS, data=typed(place, promised="many"))

    assert answer.status_code == 422
    assert 'value="many"' in answer.text
    assert 'id="promised-error"' in answer.text
    assert "Not before ten" in answer.text
    assert answer.text.count('<option value="preferred" selected>') == 1


def test_a_least_number_above_the_promise_is_refused(coordinator: FlaskClient, place: Place) -> None:
    answer = coordinator.post(ADDRESS, data=typed(place, minimum="9"))

    assert answer.status_code == 422
    assert 'id="minimum-error"' in answer.text


def test_a_half_written_form_can_be_kept_for_later(coordinator: FlaskClient, place: Place) -> None:
    answer = coordinator.post(ADDRESS, data=typed(place, promised="", step="keep"))

    page = coordinator.get(ADDRESS)
    assert answer.location == ADDRESS
    assert "Not sent yet" in page.text
    assert page.text.count('<option value="preferred" selected>') == 1


def test_a_weekly_pattern_is_set_in_one_step_and_can_be_undone(coordinator: FlaskClient, place: Place) -> None:
    number = place.worker.id
    pattern = {f"weekday-{number}": "4", f"hours-{number}": "10:00", f"level-{number}": "preferred"}
    form = typed(place, step=f"weekly-{number}", **pattern)
    thursdays = [one for one in blocks(place) if one.day.isoweekday() == 4 and f"{one.starts:%H:%M}" == "10:00"]

    coordinator.post(ADDRESS, data=form)
    swept = dict(stored().draft.cells)
    page = coordinator.get(ADDRESS).text
    coordinator.post(ADDRESS, data={**form, **swept, **seen(page), "step": "undo"})

    assert {swept[f"at-{number}-{one.code}"] for one in thursdays} == {"preferred"}
    assert swept["remark"] == "Not before ten"
    assert 'value="undo"' in page
    left = stored().draft.cells
    assert not any(f"at-{number}-{one.code}" in left for one in thursdays[1:])
    assert left["remark"] == "Not before ten"


def test_a_pattern_that_no_list_offers_is_refused(coordinator: FlaskClient, place: Place) -> None:
    number = place.worker.id
    pattern = {f"weekday-{number}": "8", f"hours-{number}": "", f"level-{number}": "preferred"}

    answer = coordinator.post(ADDRESS, data=typed(place, step=f"weekly-{number}", **pattern))

    assert answer.status_code == 422


def test_a_page_that_only_looks_is_answered_also_when_declaring_is_over(coordinator: FlaskClient, place: Place) -> None:
    place.round("proposing")

    looked = coordinator.post(DRAFT, data={"version": "", "draft": "0"})
    wrote = coordinator.post(DRAFT, data={"promised": "9", "version": "", "draft": "0"})

    assert (looked.status_code, looked.json["cells"]) == (200, {})
    assert wrote.status_code == 409
    assert wrote.json["said"].startswith("The deadline was")


def test_a_field_that_the_page_no_longer_has_is_refused_in_words(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    answer = coordinator.post(DRAFT, data={"at-999-2026-01-01T10:00": "possible", "version": "", "draft": "0"})

    assert answer.status_code == 409
    assert answer.json["said"].startswith("Somebody changed this meanwhile")


def test_the_form_is_filled_in_as_last_month(coordinator: FlaskClient, place: Place) -> None:
    form = typed(place, step="last_month")

    answer = coordinator.post(ADDRESS, data=form)

    cells = stored().draft.cells
    assert answer.status_code == 303
    assert "promised" not in cells  # nothing before: what is usual
    assert not any(name.startswith("at-") for name in cells)


def test_closed_days_say_why(coordinator: FlaskClient, place: Place) -> None:
    a_closure(blocks(place)[0].day, place.bureau, reason="Day of the river")

    page = coordinator.get(ADDRESS)

    assert "Day of the river" in page.text


def test_saving_asks_the_database_for_no_more_the_more_is_painted(coordinator: FlaskClient, place: Place) -> None:
    names = [f"at-{place.worker.id}-{block.code}" for block in blocks(place)]
    tables = ("offer_draft", "offer", "slot", "worker", "closure", "partnership")

    with queries_of(*tables) as few:
        coordinator.post(DRAFT, data={names[0]: "possible", "version": "", "draft": "0"})
    with queries_of(*tables) as many:
        coordinator.post(DRAFT, data={**dict.fromkeys(names, "preferred"), "version": "", "draft": "1"})

    assert len(many) <= len(few) <= 10


def test_the_short_address_leads_to_the_month_in_work(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    answer = coordinator.get("/desk/golden-river/organisations/open-gate/declare")

    assert answer.location == ADDRESS


def test_another_organisations_coordinator_may_not_see_it(client: FlaskClient, place: Place) -> None:
    place.round()
    neighbour = coordinator_browser(client, a_partner("pomegranate", place.bureau))

    assert neighbour.get(ADDRESS).status_code == 403


def test_the_coordinators_month_says_what_is_asked(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    page = coordinator.get("/desk/golden-river/organisations/open-gate/my-month/")

    assert page.status_code == 200
    assert ADDRESS in page.text
