"""Private feeds: the sessions of those who were given the address, as long as they are theirs, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from bureau.accounts.models import Person, Role
from bureau.calendars.actions import open_feed, renew_feed
from bureau.calendars.domain.secrets import feed_named, is_secret_of, secret_of
from bureau.calendars.queries import addresses_of, find_calendar
from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.models import Organisation
from bureau.rotation import actions
from tests.bench.measuring import statements
from tests.factories.accounts import person, sign_in_as
from tests.factories.catalogue import words
from tests.factories.organisations import a_worker
from tests.factories.rotation import DECEMBER, NOW, a_partner, a_session, a_small_bureau, an_open_round, slots_of

KEY = "the key of the installation"


class House:
    """A bureau with two partners, a session of each in December, and somebody who acts for one of them."""

    def __init__(self) -> None:
        self.bureau = a_small_bureau()
        self.gate, self.well = a_partner(bureau=self.bureau), a_partner("good-well", self.bureau)
        self.round = an_open_round(self.bureau, phase="reviewing")
        self.worker = a_worker(self.gate, role=words("lawyer"))
        self.ours = a_session(self.round, self.worker)
        self.theirs = a_session(self.round, a_worker(self.well, "Ivo"), slots_of(self.round)[1])
        self.mira = person(email="mira@example.org", language="bg", coordinates=[self.gate])

    def address(self, organisation: Organisation | None = None) -> str:
        """The path of Mira's feed, made if it is not there."""
        code = organisation.code if organisation else None
        open_feed(self.mira.id, code, now=NOW)
        found = addresses_of(self.mira.id, key="test")
        return f"/calendar/{next(one.secret for one in found if one.organisation == code)}.ics"


@pytest.fixture
def house(session: Session) -> House:
    return House()


@pytest.fixture(autouse=True)
def known_key(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SECRET_KEY", "test")


def events(answer: TestResponse) -> list[tuple[str, int, str]]:
    """UID, sequence and status of what the feed holds."""
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return [(str(one["UID"]), int(one["SEQUENCE"]), str(one["STATUS"])) for one in found]


def test_the_secret_is_of_one_feed_one_generation_and_one_key() -> None:
    secret = secret_of(KEY, 7, 1)

    answers = [
        is_secret_of(secret, KEY, 7, 1), is_secret_of(secret, KEY, 7, 2), is_secret_of(secret, KEY, 8, 1),
        is_secret_of(secret, "another key", 7, 1), is_secret_of("7-ä", KEY, 7, 1),
    ]  # fmt: skip
    assert answers == [True, False, False, False, False]
    assert [feed_named(one) for one in (secret, "none", "", "-1", "99999999999-a")] == [7, None, None, None, None]


def test_a_calendar_program_reads_the_feed_signed_out_and_sees_only_ones_own(house: House, client: FlaskClient) -> None:
    answer = client.get(house.address())

    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert events(answer) == [(house.ours.uid, house.ours.version, "TENTATIVE")]
    assert (event.start, event.end, event["TRANSP"]) == (house.ours.starts_at, house.ours.ends_at, "OPAQUE")
    headers = {name: answer.headers.get(name) for name in ("Referrer-Policy", "Cache-Control", "Set-Cookie")}
    assert headers == {"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-cache", "Set-Cookie": None}
    for personal in ("mira", "W1", "lawyer", "Ivo"):
        assert personal not in answer.text


def test_an_unchanged_feed_is_not_sent_again(house: House, client: FlaskClient) -> None:
    first = client.get(house.address())
    mark = {"If-None-Match": first.headers["ETag"]}

    same = client.get(house.address(), headers=mark)
    house.mira.language = "en"
    db.session.commit()
    other = client.get(house.address(), headers=mark)

    assert (same.status_code, same.data, other.status_code) == (304, b"", 200)


def test_a_published_session_that_is_given_back_stays_as_cancelled_with_a_higher_sequence(
    house: House, client: FlaskClient
) -> None:
    actions.publish_programme("golden-river", DECEMBER, actor="test", now=NOW)
    before = events(client.get(house.address()))
    actions.release_session(
        "golden-river", house.ours.id, reason="ill", version=house.ours.version, scope=EVERY_ORGANISATION, actor="test",
        now=NOW + timedelta(hours=1),
    )  # fmt: skip

    after = events(client.get(house.address()))

    assert (before, after) == ([(house.ours.uid, 1, "CONFIRMED")], [(house.ours.uid, 2, "CANCELLED")])


def test_what_was_withdrawn_while_the_month_was_planned_is_not_shown(house: House, client: FlaskClient) -> None:
    actions.release_session(
        "golden-river", house.ours.id, reason="ill", version=house.ours.version, scope=EVERY_ORGANISATION, actor="test",
        now=NOW,
    )  # fmt: skip

    assert events(client.get(house.address())) == []


def test_a_renewed_address_leaves_the_old_one_dead(house: House, client: FlaskClient) -> None:
    old = house.address()
    (own, *_) = addresses_of(house.mira.id, key="test")

    for _click in range(2):
        renew_feed(house.mira.id, own.feed_id or 0, generation=own.generation, now=NOW)

    new = house.address()
    assert new != old
    statuses = [client.get(one).status_code for one in (old, new, "/calendar/none.ics", "/calendar/1-abc.ics")]
    assert statuses == [404, 200, 404, 404]


def test_an_ended_role_or_a_closed_account_ends_the_content(house: House, client: FlaskClient) -> None:
    own, shared = house.address(), house.address(house.gate)
    assert [len(events(client.get(one))) for one in (own, shared)] == [1, 1]

    db.session.get_one(Person, house.mira.id).active = False
    db.session.commit()
    closed = [events(client.get(one)) for one in (own, shared)]
    db.session.get_one(Person, house.mira.id).active = True
    db.session.execute(delete(Role).where(Role.person_id == house.mira.id))
    db.session.commit()
    left = [events(client.get(one)) for one in (own, shared)]

    assert (closed, left) == ([[], []], [[], []])


def test_a_feed_takes_the_same_statements_however_many_sessions_it_has(house: House) -> None:
    secret = house.address().removeprefix("/calendar/").removesuffix(".ics")
    taken = []
    for slot in (None, 6, 12):
        if slot is not None:
            a_session(house.round, house.worker, slots_of(house.round)[slot])
        db.session.expire_all()
        with statements(db.engine) as sent:
            found = find_calendar(secret, key="test", now=NOW)
        assert found is not None
        taken.append((len(found.sessions), len(sent)))

    assert taken == [(1, 5), (2, 5), (3, 5)]


def test_people_make_copy_and_renew_their_addresses_on_a_page(house: House, client: FlaskClient) -> None:
    house.mira.language = "en"
    sign_in_as(client, house.mira, now=utcnow())

    client.post("/desk/calendars/", data={"organisation": "open-gate"})
    page = client.get("/desk/calendars/").text
    (_, gate) = addresses_of(house.mira.id, key="test")
    asked = client.get(f"/desk/calendars/{gate.feed_id}/renew").text
    done = client.post(f"/desk/calendars/{gate.feed_id}/renew", data={"generation": gate.generation})

    assert f'readonly value="http://localhost/calendar/{gate.secret}.ics"' in page
    assert f'href="webcal://localhost/calendar/{gate.secret}.ics"' in page
    assert "Make a new address?" in asked
    assert (done.status_code, addresses_of(house.mira.id, key="test")[1].generation) == (303, 2)


def test_who_acts_for_no_organisation_is_told_so(house: House, client: FlaskClient) -> None:
    sign_in_as(client, person(manages=[house.bureau]))

    page = client.get("/desk/calendars/").text

    assert ("You act for no organisation" in page, "Make an address" in page) == (True, False)


def test_nobody_makes_or_renews_the_address_of_others(house: House, client: FlaskClient) -> None:
    house.address()
    (own, *_) = addresses_of(house.mira.id, key="test")
    sign_in_as(client, person(coordinates=[house.well]))

    made = client.post("/desk/calendars/", data={"organisation": "open-gate"})
    looked = client.get(f"/desk/calendars/{own.feed_id}/renew")
    renewed = client.post(f"/desk/calendars/{own.feed_id}/renew", data={"generation": 1})

    assert [made.status_code, looked.status_code, renewed.status_code] == [404, 404, 404]
