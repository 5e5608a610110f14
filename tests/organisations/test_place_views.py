"""The manager keeps the bureau: its texts, rooms, hours and closed days."""

import re
from datetime import date, time

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries
from tests.factories.accounts import manager_browser
from tests.factories.organisations import a_bureau, a_closure, a_room, opening_hours
from tests.web.counting import queries_of
from tests.web.deleting import delete

PLACE = "/desk/golden-river/place"


@pytest.fixture
def browser(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """The browser of the bureau's manager."""
    return manager_browser(client, a_bureau("golden-river", city=LocalisedText({"bg": "Златна"})))


def place_form(version: int = 1, **changed: object) -> dict[str, object]:
    """The whole bureau as its form sends it."""
    return {
        "version": str(version), "name-bg": "Бюро", "name-en": "Bureau", "city-bg": "Златна", "phone": "+359 00",
        "email": "hello@golden-river.example", "latitude": "42.5", "longitude": "23.25", "timezone": "Europe/Sofia",
        "holidays_of": "BG", "languages": ["bg", "en"], "facilities": ["wifi"], **changed,
    }  # fmt: skip


def version_in(page: str) -> str:
    """The version that a page's form carries."""
    found = re.search(r'name="version" type="hidden" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_the_page_shows_every_text_in_every_language_of_the_bureau(browser: FlaskClient) -> None:
    page = browser.get(f"{PLACE}/").text

    assert 'name="welcome-bg" rows="3" lang="bg" dir="ltr"' in page
    assert 'name="welcome-en"' in page
    assert 'name="welcome-ar"' not in page


def test_what_the_manager_writes_is_stored(browser: FlaskClient) -> None:
    answer = browser.post(f"{PLACE}/", data=place_form(languages=["en", "", "ar"]))

    kept = queries.get_bureau("golden-river")
    assert answer.status_code == 303
    assert (kept.name.texts["bg"], kept.phone, kept.latitude, kept.languages) == ("Бюро", "+359 00", 42.5, ["en", "ar"])
    assert kept.facilities[0]["code"] == "wifi"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name-bg": ""}, "Please fill this in, at least in български."),
        ({"languages": ["xx"]}, "“xx” is not known here."),
        ({"languages": [""]}, "Please choose at least one language."),
        ({"timezone": "Europe/Zlatna"}, "“Europe/Zlatna” is not known here."),
        ({"longitude": ""}, "Please fill this in."),
        ({"latitude": "91"}, "Please write a whole number from -90 to 90."),
        ({"holidays_of": "ZZ"}, "We do not know the public holidays of this country."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    browser: FlaskClient, changed: dict[str, object], sentence: str
) -> None:
    answer = browser.post(f"{PLACE}/", data=place_form(**changed))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="+359 00"' in answer.text
    assert queries.get_bureau("golden-river").phone == ""


def test_of_two_tabs_the_later_is_told_keeps_its_words_and_sees_the_others(browser: FlaskClient) -> None:
    browser.post(f"{PLACE}/", data=place_form(1, phone="+359 11"))

    late = browser.post(f"{PLACE}/", data=place_form(1, phone="+359 22"))
    again = browser.post(f"{PLACE}/", data=place_form(2, phone="+359 22"))

    assert late.status_code == 422
    assert 'value="+359 22"' in late.text
    assert "+359 11" in late.text
    assert again.status_code == 303
    assert queries.get_bureau("golden-river").phone == "+359 22"


@pytest.mark.parametrize("number", [1, 3])
def test_the_rooms_are_listed_with_one_query(browser: FlaskClient, number: int) -> None:
    for index in range(number):
        a_room(code=f"room-{index}")

    with queries_of("room") as counted:
        page = browser.get(f"{PLACE}/rooms/").text

    assert page.count("/place/rooms/room-") == number
    assert len(counted) == 1


def test_without_rooms_the_page_says_what_to_do(browser: FlaskClient) -> None:
    assert "There is no room yet." in browser.get(f"{PLACE}/rooms/").text


def room_form(version: int = 0, **changed: object) -> dict[str, object]:
    """A whole room as its form sends it."""
    return {
        "version": str(version), "name-bg": "Гише", "kind": "desk", "seats": "1", "features": ["video"], "active": "y",
        **changed,
    }  # fmt: skip


def test_a_room_is_added_edited_and_deleted(browser: FlaskClient) -> None:
    bureau = queries.get_bureau("golden-river")
    browser.post(f"{PLACE}/rooms/new", data=room_form(code="desk-a"))
    browser.post(f"{PLACE}/rooms/desk-a/", data=room_form(1, seats="2"))
    seats = queries.get_room(bureau.id, "desk-a").seats

    delete(browser, f"{PLACE}/rooms/desk-a/delete")

    assert seats == 2
    assert queries.rooms(bureau.id) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "Desk A"}, "Use small letters, digits and hyphens only."),
        ({"code": "desk-1"}, "“desk-1” is already in use."),
        ({"seats": "0"}, "Please write a whole number from 1 to 100."),
    ],
)
def test_a_room_that_cannot_be_is_refused(browser: FlaskClient, changed: dict[str, object], sentence: str) -> None:
    a_room(code="desk-1")

    answer = browser.post(f"{PLACE}/rooms/new", data=room_form(**{"code": "desk-a", **changed}))

    assert answer.status_code == 422
    assert sentence in answer.text


HOURS = {"weekdays": ["1", "3"], "starts": "10:00", "ends": "12:00", "valid_from": "2026-12-01"}


def test_hours_are_opened_for_several_weekdays_at_once(browser: FlaskClient) -> None:
    answer = browser.post(f"{PLACE}/hours/", data=HOURS)

    found = queries.hours(queries.get_bureau("golden-river").id)
    assert answer.status_code == 303
    assert [(row.weekday, row.starts, row.ends) for row in found] == [
        (1, time(10), time(12)), (3, time(10), time(12)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"starts": "11:00", "ends": "13:00"}, "The hours 10:00–12:00 and 11:00–13:00 overlap on the same weekday."),
        ({"starts": "12:00", "ends": "10:00"}, "The end must be after the start."),
        ({"weekdays": []}, "Please choose one of the list."),
    ],
)
def test_hours_that_cannot_be_are_refused_and_kept_in_the_form(
    browser: FlaskClient, changed: dict[str, object], sentence: str
) -> None:
    opening_hours(None, [1], [(time(10), time(12))])

    answer = browser.post(f"{PLACE}/hours/", data={**HOURS, "starts": "14:00", "ends": "16:00", **changed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="2026-12-01"' in answer.text
    assert len(queries.hours(queries.get_bureau("golden-river").id)) == 1


def test_hours_end_on_the_day_before_the_bureau_closes(browser: FlaskClient) -> None:
    (block,) = opening_hours(None, [1], [(time(10), time(12))])
    address = f"{PLACE}/hours/{block.id}/end"

    asked = browser.get(address)
    browser.post(address, data={"version": version_in(asked.text), "closed_from": "2027-01-01"})

    assert "No longer open from this day on" in asked.text
    assert queries.hours(queries.get_bureau("golden-river").id)[0].valid_until == date(2026, 12, 31)


def test_hours_that_were_never_open_disappear(browser: FlaskClient) -> None:
    (block,) = opening_hours(None, [1], [(time(10), time(12))], valid_from=date(2027, 1, 1))

    address = f"{PLACE}/hours/{block.id}/end"

    browser.post(address, data={"version": version_in(browser.get(address).text), "closed_from": "2027-01-01"})

    assert queries.hours(queries.get_bureau("golden-river").id) == []


def test_of_two_tabs_that_end_the_same_hours_the_later_is_told_and_keeps_its_day(browser: FlaskClient) -> None:
    (block,) = opening_hours(None, [1], [(time(10), time(12))])
    address = f"{PLACE}/hours/{block.id}/end"
    seen = version_in(browser.get(address).text)
    browser.post(address, data={"version": seen, "closed_from": "2027-01-01"})

    late = browser.post(address, data={"version": seen, "closed_from": "2027-02-01"})
    kept = block.valid_until
    again = browser.post(address, data={"version": version_in(late.text), "closed_from": "2027-02-01"})

    assert (late.status_code, kept) == (422, date(2026, 12, 31))
    assert 'value="2027-02-01"' in late.text
    assert "2027-01-01" in late.text
    assert (again.status_code, block.valid_until) == (303, date(2027, 1, 31))


def test_hours_cannot_be_ended_so_late_that_they_meet_those_that_follow(browser: FlaskClient) -> None:
    (block,) = opening_hours(None, [1], [(time(10), time(12))], valid_until=date(2026, 12, 31))
    opening_hours(None, [1], [(time(11), time(13))], valid_from=date(2027, 1, 1))
    address = f"{PLACE}/hours/{block.id}/end"

    answer = browser.post(address, data={"version": version_in(browser.get(address).text), "closed_from": "2027-02-01"})

    assert answer.status_code == 422
    assert "The hours 10:00–12:00 and 11:00–13:00 overlap on the same weekday." in answer.text
    assert block.valid_until == date(2026, 12, 31)


def test_public_holidays_of_a_year_are_added_once_and_named_in_the_bureaus_languages(browser: FlaskClient) -> None:
    a_closure(date(2026, 12, 24), kind="closed", reason="moving house")

    first = browser.post(f"{PLACE}/closures/holidays", data={"year": "2026"}, follow_redirects=True).text
    second = browser.post(f"{PLACE}/closures/holidays", data={"year": "2026"}, follow_redirects=True).text

    found = queries.closures(queries.get_bureau("golden-river").id, date(2026, 12, 1), date(2026, 12, 31))
    assert [row.day.day for row in found] == [24, 25, 26, 28]
    assert found[0].kind == "closed"
    assert found[1].reason.texts == {"bg": "Коледа", "en": "Christmas"}
    assert "17 public holidays were added." in first
    assert "All of them were there already." in second


@pytest.mark.parametrize("year", ["", "soon", "1900", "99999"])
def test_a_year_that_cannot_be_is_refused(browser: FlaskClient, year: str) -> None:
    assert browser.post(f"{PLACE}/closures/holidays", data={"year": year}).status_code == 400


def test_a_closed_day_is_added_once_and_removed(browser: FlaskClient) -> None:
    bureau = queries.get_bureau("golden-river")
    form = {"day": "2026-12-10", "kind": "closed", "reason-bg": "Ремонт"}
    added, twice = browser.post(f"{PLACE}/closures/", data=form), browser.post(f"{PLACE}/closures/", data=form)
    closed = len(queries.closures(bureau.id, date(2026, 1, 1), date(2026, 12, 31)))

    removed = delete(browser, f"{PLACE}/closures/2026-12-10/delete")

    assert (added.status_code, twice.status_code, removed.status_code) == (303, 422, 303)
    assert "“2026-12-10” is already in use." in twice.text
    assert closed == 1
    assert queries.closures(bureau.id, date(2026, 1, 1), date(2026, 12, 31)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_closed_days_of_a_year_are_listed_with_one_query(browser: FlaskClient, number: int) -> None:
    for index in range(number):
        a_closure(date(2026, 12, 1 + index))

    with queries_of("closure") as counted:
        page = browser.get(f"{PLACE}/closures/?year=2026").text

    assert page.count("/place/closures/2026-12-") == number
    assert len(counted) == 1


@pytest.mark.parametrize("day", ["2026-12-10", "soon"])
def test_a_day_that_is_not_closed_cannot_be_opened(browser: FlaskClient, day: str) -> None:
    assert browser.post(f"{PLACE}/closures/{day}/delete").status_code == 404
