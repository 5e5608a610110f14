"""The pages of the review, as coordinators and the manager read them."""

from collections.abc import Mapping
from html import unescape

import pytest
from flask.testing import FlaskClient

from bureau.reviewing import queries
from bureau.rotation.queries import get_round, programme_numbers
from tests.factories.accounts import coordinator_browser, manager_browser, person, sign_in_as, worker_browser
from tests.factories.rotation import a_demand, an_offer, worker_row
from tests.reviewing.conftest import Reviewed

SCRIPT = "<script>alert(1)</script>"


def sent(browser: FlaskClient, address: str, **fields: object) -> str:
    """The page that follows when the form is sent."""
    answer = browser.post(address, data=fields, follow_redirects=True)
    return answer.text


def item(text: str, code: str) -> str:
    """An organisation's part of the overview."""
    return text.split(f'<li id="{code}">')[1].split("<li id=", maxsplit=1)[0]


def test_a_coordinator_objects_and_everybody_reads_it_as_plain_text(
    coordinator: FlaskClient, client: FlaskClient, reviewed: Reviewed
) -> None:
    page = coordinator.get(reviewed.page("review/open-gate/"))
    assert (page.status_code, "We accept" in page.text) == (200, True)

    sent(coordinator, reviewed.page("review/open-gate/"), answer="objected", reason=f"Thursdays. {SCRIPT}", version=0)

    overview = worker_browser(client, reviewed.well).get(reviewed.page("review/")).text
    assert "Thursdays. &lt;script&gt;" in item(overview, "open-gate")
    assert "Objects" in item(overview, "open-gate")
    assert SCRIPT not in overview


def test_an_objection_without_reason_comes_back_with_what_was_chosen(
    coordinator: FlaskClient, reviewed: Reviewed
) -> None:
    answer = coordinator.post(
        reviewed.page("review/open-gate/"), data={"answer": "objected", "reason": "", "version": 0}
    )

    assert answer.status_code == 422
    assert 'value="objected" checked' in answer.text
    assert "Please say what is wrong" in answer.text


def test_who_answers_second_in_one_organisation_keeps_what_they_wrote_and_sees_what_stands(
    coordinator: FlaskClient, reviewed: Reviewed
) -> None:
    reviewed.answer(reviewed.gate, "accepted")

    answer = coordinator.post(
        reviewed.page("review/open-gate/"), data={"answer": "objected", "reason": "In court.", "version": 0}
    )

    assert answer.status_code == 422
    assert "Somebody changed this meanwhile" in answer.text
    assert ">In court.</textarea>" in answer.text
    assert "Accepts" in answer.text
    assert f'name="version" value="{reviewed.stands(reviewed.gate).version}"' in answer.text


def test_a_coordinator_neither_sees_nor_gives_another_organisations_answer(
    coordinator: FlaskClient, reviewed: Reviewed
) -> None:
    assert coordinator.get(reviewed.page("review/good-well/")).status_code == 403
    assert coordinator.post(reviewed.page("review/good-well/"), data={"answer": "accepted"}).status_code == 403
    assert reviewed.stands(reviewed.well).answer is None


def test_the_manager_notes_an_answer_and_replies_to_an_objection(manager: FlaskClient, reviewed: Reviewed) -> None:
    noted = sent(manager, reviewed.page("review/open-gate/"), answer="objected", reason="In court.", version=0)
    assert "Noted by the bureau" in noted

    fields = {"outcome": "carried", "of": "open-gate", "version": reviewed.stands(reviewed.gate).version}
    silent = manager.post(reviewed.page("review/open-gate/reply"), data={**fields, "reply": ""})
    done = sent(manager, reviewed.page("review/open-gate/reply"), **{**fields, "reply": "Moved to Friday."})

    assert (silent.status_code, "Please answer in a few words" in silent.text) == (422, True)
    assert "Objection carried" in item(done, "open-gate")
    assert "Moved to Friday." in item(done, "open-gate")


def test_a_plan_in_the_making_is_asked_about_only_when_the_manager_shows_it(
    client: FlaskClient, reviewed: Reviewed
) -> None:
    reviewed.to("proposing")
    mine = f"/desk/golden-river/organisations/open-gate/my-month/?month={reviewed.month}"
    coordinator_browser(client, reviewed.gate)
    before = client.get(mine).text, client.get(reviewed.page("review/open-gate/")).text

    manager_browser(client, reviewed.bureau)
    sent(client, reviewed.page("review/terms"), percent=50, shown_early="yes", version=0)

    coordinator_browser(client, reviewed.gate)
    after = client.get(mine).text, client.get(reviewed.page("review/open-gate/")).text
    assert ["Answer the plan for" in page for page in (before[0], after[0])] == [False, True]
    assert ["We accept" in page for page in (before[1], after[1])] == [False, True]


def test_a_comment_is_written_on_the_slots_page_and_counted_on_the_board(
    coordinator: FlaskClient, reviewed: Reviewed
) -> None:
    slot = reviewed.sessions[1].slot_id

    thread = sent(coordinator, f"/desk/golden-river/slots/{slot}/comments", words=f"Who interprets? {SCRIPT}")
    board = coordinator.get(reviewed.page("board")).text

    assert "Who interprets? &lt;script&gt;" in thread
    assert "1 comment" in board
    assert f"/slots/{slot}/comments" in coordinator.get(f"/desk/golden-river/slots/{slot}/book").text


def test_who_acts_for_two_comments_in_the_name_in_which_the_plan_was_read(
    client: FlaskClient, reviewed: Reviewed
) -> None:
    sign_in_as(client, person(coordinates=[reviewed.well, reviewed.gate]))
    page = client.get(reviewed.page("review/open-gate/")).text
    slot = f"/desk/golden-river/slots/{reviewed.sessions[0].slot_id}"
    address = f"{slot}/comments?organisation=open-gate"

    sent(client, address, words="We ask.")

    assert f'href="{address}"' in page
    assert f'href="{slot}/wait?organisation=open-gate"' in client.get(f"{slot}/book?organisation=open-gate").text
    (said,) = queries.comments_of(reviewed.round, now=reviewed.now)
    assert said.organisation is not None
    assert said.organisation.code == "open-gate"


def test_an_empty_comment_and_a_workers_comment_are_refused(
    coordinator: FlaskClient, client: FlaskClient, reviewed: Reviewed
) -> None:
    address = f"/desk/golden-river/slots/{reviewed.sessions[1].slot_id}/comments"

    assert coordinator.post(address, data={"words": " "}).status_code == 422
    worker_browser(client, reviewed.gate)
    assert client.post(address, data={"words": "Me too."}).status_code == 403
    assert client.get(address).status_code == 200


def settle(page: str, outcome: str) -> Mapping[str, str]:
    """The form on the wall, sent with that button."""
    fields = {name: page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0] for name in ("kind", "key")}
    version = page.split('name="version" value="')
    return {**fields, "outcome": outcome, **({"version": version[1].split('"')[0]} if len(version) > 1 else {})}


def test_a_meeting_settles_gap_objection_and_comment_one_after_the_other(
    client: FlaskClient, reviewed: Reviewed
) -> None:
    a_demand(reviewed.bureau, "month", minimum=3, target=3)
    reviewed.answer(reviewed.gate, "objected", "In court.")
    browser = manager_browser(client, reviewed.bureau)
    sent(browser, f"/desk/golden-river/slots/{reviewed.sessions[1].slot_id}/comments", words="Who interprets?")

    wall = browser.get(reviewed.page("meeting")).text
    seen = []
    for outcome in ("answered", "carried", "answered"):
        seen.append(next(words for words in ("Anybody at all", "In court.", "Who interprets?") if words in wall))
        wall = sent(browser, reviewed.page("meeting"), **settle(wall, outcome))

    assert seen == ["Anybody at all", "In court.", "Who interprets?"]
    assert "Everything is settled." in wall
    assert reviewed.stands(reviewed.gate).outcome == "carried"


def test_the_wall_says_why_a_gap_is_open_and_what_filling_it_costs_without_anybodys_name(
    client: FlaskClient, reviewed: Reviewed
) -> None:
    a_demand(reviewed.bureau, "month", minimum=3, target=3)
    an_offer(reviewed.round, [worker_row(reviewed.sessions[0].worker_id)])
    browser = manager_browser(client, reviewed.bureau)

    wall = browser.get(reviewed.page("meeting")).text
    address = unescape(wall.split('data-key="w"')[0].rpartition('hx-get="')[2].split('"')[0])
    part, whole = (browser.get(address, headers=headers).text for headers in ({"HX-Request": "true"}, {}))

    assert "1 person could come, but the plan would be worse elsewhere." in wall
    assert ("<h1>" in part, "<h1>" in whole) == (False, True)
    assert "It is possible. The plan would then have" in part
    assert "It is possible. The plan would then have" in whole
    assert "open-gate: " not in whole
    assert browser.get(f"{reviewed.page('meeting')}?price=d0").status_code == 404


def test_on_the_wall_an_objection_withdrawn_meanwhile_is_not_settled(client: FlaskClient, reviewed: Reviewed) -> None:
    reviewed.answer(reviewed.gate, "objected", "In court.")
    browser = manager_browser(client, reviewed.bureau)
    wall = browser.get(reviewed.page("meeting")).text
    reviewed.answer(reviewed.gate, "accepted", version=reviewed.stands(reviewed.gate).version)

    answer = browser.post(reviewed.page("meeting"), data=settle(wall, "carried"))

    assert (answer.status_code, "Somebody changed this meanwhile" in answer.text) == (422, True)
    assert reviewed.stands(reviewed.gate).outcome == "open"


def test_publishing_over_an_objection_asks_once_and_is_shown_to_everybody(
    client: FlaskClient, reviewed: Reviewed
) -> None:
    reviewed.answer(reviewed.gate, "objected", "In court.")
    browser = manager_browser(client, reviewed.bureau)

    asked = browser.post(reviewed.page("publish"))
    over = asked.text.split('name="over" value="')[1].split('"')[0]
    assert (asked.status_code, programme_numbers("golden-river", reviewed.month)) == (422, ())
    browser.post(reviewed.page("publish"), data={"over": over})

    words = 'Number <bdi class="num">1</bdi> was published although objections were open: open-gate.'
    assert get_round("golden-river", reviewed.month).phase == "published"
    assert words in browser.get(reviewed.page("publish")).text
    coordinator_browser(client, reviewed.well)
    assert words in client.get(reviewed.page("review/")).text


@pytest.mark.parametrize(("language", "direction"), [("bg", "ltr"), ("en", "ltr")])
def test_the_preview_is_the_public_page_with_a_banner_in_the_readers_language_and_links_that_stay_in_it(
    manager: FlaskClient, reviewed: Reviewed, language: str, direction: str
) -> None:
    root = reviewed.page(f"preview/{language}/")

    month = manager.get(f"{root}{reviewed.month}/")
    home = manager.get(root)
    need = manager.get(f"{root}need/none/")

    assert (month.status_code, home.status_code, need.status_code) == (200, 200, 404)
    assert f'<html lang="{language}" dir="{direction}">' in month.text
    assert "Residents do not see it yet." in month.text
    assert f'href="{root}organisation/open-gate/"' in month.text
    assert [page for page in (month, home) if "calendar.ics" in page.text.split("<main")[1]] == []
    assert programme_numbers("golden-river", reviewed.month) == ()


def test_a_language_in_which_the_bureau_does_not_write_has_no_preview(manager: FlaskClient, reviewed: Reviewed) -> None:
    assert manager.get(reviewed.page("preview/fa/")).status_code == 404
