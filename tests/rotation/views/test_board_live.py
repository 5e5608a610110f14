"""A board that stays open: what others change appears in it, and only that."""

import re
from html import unescape
from urllib.parse import parse_qsl

from flask.testing import FlaskClient

from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation import actions
from tests.bench.measuring import statements
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_partner, a_session, slots_of
from tests.rotation.views.conftest import AHEAD, Place

BOARD = f"/desk/golden-river/{AHEAD}/board"


def ask(browser: FlaskClient, page: str) -> str:
    """What the page's own question about news is answered with; empty where there is nothing new."""
    [address] = re.findall(r'hx-get="([^"]+)"', page)
    marks = dict(re.findall(r'name="(mark|seen)" value="([^"]*)"', page))
    path, _, stated = unescape(address).partition("?")
    answer = browser.get(path, query_string={**dict(parse_qsl(stated)), **marks})
    assert (answer.status_code == 204) == (answer.text == "")
    return answer.text


def changed_in(answer: str) -> set[int]:
    """The slots that come with an answer."""
    return {int(number) for number in re.findall(r'id="slot-(\d+)" hx-swap-oob', answer)}


def test_a_page_is_told_nothing_as_long_as_nothing_happens_and_that_takes_one_statement(
    coordinator: FlaskClient, place: Place
) -> None:
    place.round("proposing")
    page = coordinator.get(BOARD).text

    with statements(db.engine) as sent:
        answer = ask(coordinator, page)

    assert answer == ""
    assert len([one for one in sent if "sign_in_session" not in one]) == 1


def test_anothers_booking_appears_alone_with_what_it_means_for_its_week(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    page = coordinator.get(BOARD).text
    neighbour = a_worker(a_partner("pomegranate", place.bureau), "C1", services=["legal"], languages=["ar"])
    booked = a_session(round_, neighbour, slots_of(round_)[4])

    news = ask(coordinator, page)

    assert changed_in(news) == {booked.slot_id}
    assert f'id="at-{booked.slot_id}"' in news
    assert len(re.findall(r'id="week-[^"]+" hx-swap-oob', news)) == 1
    assert ask(coordinator, news) == ""


def test_a_release_a_closure_and_a_move_appear_too(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    slots = slots_of(round_)
    neighbour = a_worker(a_partner("pomegranate", place.bureau), "C1")
    moved, pinned = a_session(round_, neighbour, slots[0]), a_session(round_, neighbour, slots[8])
    page = coordinator.get(BOARD).text
    at = {"scope": EVERY_ORGANISATION, "actor": "test", "now": utcnow()}
    actions.move_session("golden-river", moved.id, to=slots[2].id, version=moved.version, **at)
    actions.close_slot("golden-river", slots[5].id, actor="test", now=utcnow())
    actions.pin_session("golden-river", pinned.id, pinned=True, version=pinned.version, actor="test", now=utcnow())

    news = ask(coordinator, page)

    assert changed_in(news) == {slots[0].id, slots[2].id, slots[5].id, slots[8].id}


def test_a_narrowed_board_is_told_of_its_own_slots_and_that_there_is_more(
    coordinator: FlaskClient, place: Place
) -> None:
    round_ = place.round("proposing")
    slots = slots_of(round_)
    neighbour = a_worker(a_partner("pomegranate", place.bureau), "C1", services=["legal"], languages=["ar"])
    shown = a_session(round_, neighbour, slots[0])
    page = coordinator.get(f"{BOARD}?service=legal").text
    actions.pin_session("golden-river", shown.id, pinned=True, version=shown.version, actor="test", now=utcnow())
    a_session(round_, neighbour, slots[20])

    news = ask(coordinator, page)

    assert changed_in(news) == {slots[0].id}
    assert "There is more to see now." in news


def test_the_list_is_told_in_its_own_form(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    page = coordinator.get(f"{BOARD}?view=list&week=").text
    booked = a_session(round_, a_worker(a_partner("pomegranate", place.bureau), "C1"), slots_of(round_)[4])

    news = ask(coordinator, page)

    assert f'<li id="slot-{booked.slot_id}" hx-swap-oob="true"' in news
