"""Parts of the board: a week, filters, a list that folds, what each organisation gives, and how few statements it takes."""

import re
from itertools import product

import pytest
from flask.testing import FlaskClient

from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.rotation.domain.problem import iso_week
from bureau.rotation.models import Slot
from bureau.rotation.queries import get_round
from tests.bench.measuring import statements
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_session, an_offer, an_open_round, slots_of, to_phase
from tests.rotation.views.conftest import AHEAD, Place

BOARD = f"/desk/golden-river/{AHEAD}/board"


def slots_in(page: str) -> set[str]:
    """The numbers of the slots that a page shows."""
    return set(re.findall(r'id="slot-(\d+)"', page))


@pytest.fixture
def shared_month(place: Place) -> tuple[str, str]:
    """A legal session of open-gate in the first week, an informing one of pomegranate in the second: their slots."""
    round_ = place.round("proposing")
    slots = slots_of(round_)
    second = next(one for one in slots if iso_week(one.day) != iso_week(slots[0].day))
    clerk = a_worker(a_partner("pomegranate", place.bureau), "C1", services=["info"], languages=["en"])
    ours, theirs = a_session(round_, place.worker), a_session(round_, clerk, second)
    return str(ours.slot_id), str(theirs.slot_id)


@pytest.mark.parametrize("view", ["grid", "list"])
@pytest.mark.parametrize(
    ("asked", "kept"),
    [("service=legal", 0), ("language=ar", 0), ("of=open-gate", 0), ("service=info", 1), ("of=pomegranate", 1)],
)
def test_a_filter_leaves_only_the_sessions_asked_for(
    coordinator: FlaskClient, shared_month: tuple[str, str], view: str, asked: str, kept: int
) -> None:
    page = coordinator.get(f"{BOARD}?view={view}&{asked}").text

    assert slots_in(page) == {shared_month[kept]}


def test_open_slots_are_narrowed_down_by_what_their_room_suits(
    coordinator: FlaskClient, shared_month: tuple[str, str]
) -> None:
    everything = slots_in(coordinator.get(f"{BOARD}?show=open").text)

    suited = slots_in(coordinator.get(f"{BOARD}?show=open&service=info&language=ar").text)
    owned = slots_in(coordinator.get(f"{BOARD}?show=open&of=pomegranate").text)

    assert (suited, owned) == (everything, set())


def test_filters_stay_in_every_link_to_another_view_and_in_the_form(
    coordinator: FlaskClient, shared_month: tuple[str, str]
) -> None:
    page = coordinator.get(f"{BOARD}?service=info&language=en&show=mine").text

    views = re.search(r'<nav class="tabs" aria-label="View">(.*?)</nav>', page, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)"', views[1]) if views else []
    assert len(links) == 3
    assert all(part in link for link, part in product(links, ("service=info", "language=en", "show=mine")))
    assert '<input type="hidden" name="show" value="mine">' in page
    assert '<option value="info" selected>' in page


def test_what_no_slot_matches_has_a_way_out(coordinator: FlaskClient, shared_month: tuple[str, str]) -> None:
    page = coordinator.get(f"{BOARD}?service=info&of=open-gate").text

    assert "No slot matches what you asked for." in page
    assert f'href="{BOARD}"' in page


def test_a_week_shows_its_days_side_by_side(
    coordinator: FlaskClient, shared_month: tuple[str, str], place: Place
) -> None:
    first = iso_week(slots_of_month(place)[0].day)

    page = coordinator.get(f"{BOARD}?week={first}").text

    of_week = {str(one.id) for one in slots_of_month(place) if iso_week(one.day) == first}
    assert slots_in(page) == of_week
    assert page.count('scope="rowgroup" rowspan="2"') == 3


def slots_of_month(place: Place) -> list[Slot]:
    """The slots of the month ahead."""
    return slots_of(get_round(place.bureau.code, str(AHEAD)))


def test_a_week_that_is_not_of_this_month_shows_the_month(
    coordinator: FlaskClient, shared_month: tuple[str, str]
) -> None:
    assert slots_in(coordinator.get(f"{BOARD}?week=1999-W01").text) == slots_in(coordinator.get(BOARD).text)


def test_a_list_of_the_month_folds_by_week_and_opens_one(
    coordinator: FlaskClient, shared_month: tuple[str, str]
) -> None:
    page = coordinator.get(f"{BOARD}?view=list&week=").text

    assert page.count('<details class="fold"') >= 4
    assert page.count('<details class="fold" open') == 1


def test_everybodys_share_is_shown_ones_own_first(coordinator: FlaskClient, place: Place) -> None:
    before = an_open_round(place.bureau, str(AHEAD.shifted(-1)))
    other = a_worker(a_partner("golden-gate", place.bureau), "G1")
    an_offer(before, [place.worker], promised=2, max_per_day=2)
    an_offer(before, [other], promised=2, max_per_day=2)
    before = to_phase(before, "proposing")
    a_session(before, other, slots_of(before)[0])
    a_session(before, other, slots_of(before)[2])
    to_phase(before, "published")
    round_ = place.round()
    an_offer(round_, [place.worker], promised=6)
    an_offer(round_, [other], promised=6)
    round_ = to_phase(round_, "proposing")
    a_session(round_, place.worker)

    page = coordinator.get(BOARD).text

    strip = page[page.index('id="fairness"') :]
    numbers = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li.*?</li>", strip, re.DOTALL)]
    assert [re.findall(r"\d+ of \d+", line) for line in numbers] == [["1 of 6"], ["0 of 6"]]
    assert ["carried over −1" in numbers[0], "carried over +1" in numbers[1]] == [True, True]
    assert '<li class="me">' in strip


@pytest.mark.parametrize("asked", ["", "?service=legal&language=ar&of=open-gate", "?show=open", "?view=list&week="])
def test_the_page_of_the_board_with_its_strips_takes_six_statements(
    coordinator: FlaskClient, place: Place, asked: str
) -> None:
    a_demand(place.bureau)
    round_ = place.round("proposing")
    for number in range(3):
        partner = a_partner(f"partner-{number}", place.bureau)
        a_session(round_, a_worker(partner, f"W{number}", services=["legal"]), slots_of(round_)[number * 2])

    with statements(db.engine) as sent:
        assert coordinator.get(f"{BOARD}{asked}").status_code == 200

    assert len(sent) == 6


def test_today_is_one_tap_away_while_the_month_lasts(coordinator: FlaskClient, place: Place) -> None:
    this_month = Month.of(AHEAD.first).shifted(-2)
    an_open_round(place.bureau, str(this_month), phase="published")

    now_, later = (coordinator.get(f"/desk/golden-river/{month}/board") for month in (this_month, AHEAD))

    assert now_.status_code == 200
    assert "#day-" not in later.text
