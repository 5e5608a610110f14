"""The pages of accounts, as a browser without script sees them."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.test import TestResponse

from bureau.accounts.models import Person, SignInSession
from bureau.kernel.clock import utcnow
from bureau.kernel.outbox import OutboxMail
from tests.accounts.conftest import PASSWORD, Town
from tests.factories.accounts import manager_browser, person, sign_in_as

NEW = "three old green trains"


def sign_in(
    client: FlaskClient, password: str = PASSWORD, *, email: str = "lina@opengate.example", query: str = ""
) -> TestResponse:
    return client.post(f"/desk/sign-in{query}", data={"email": email, "password": password})


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/desk/account").status_code == 200


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.value


def link_in_mail(session: scoped_session[Session], path: str) -> str:
    body = session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first() or ""
    found = re.search(rf"http://localhost({path}\S+)", body)
    assert found is not None
    return found[1]


def invite(client: FlaskClient, **values: str) -> TestResponse:
    form = {
        "email": "new@example.org",
        "name": "",
        "role": "coordinator",
        "organisation": "open-gate",
        "language": "en",
    }
    return client.post("/desk/golden-river/people/", data=form | values)


# Signing in and out


def test_signing_in_leads_to_the_start_and_opens_the_pages(client: FlaskClient, lina: Person) -> None:
    answer = sign_in(client)

    assert (answer.status_code, answer.location, is_signed_in(client)) == (303, "/desk/", True)


def test_one_is_led_on_to_where_one_wanted_to_go(client: FlaskClient, lina: Person) -> None:
    turned_away = client.get("/desk/account?tab=2")

    answer = client.post(turned_away.location, data={"email": lina.email, "password": PASSWORD})

    assert answer.location == "/desk/account?tab=2"


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/desk/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_out_of_the_house(client: FlaskClient, lina: Person, onward: str) -> None:
    answer = client.post(
        "/desk/sign-in", query_string={"next": onward}, data={"email": lina.email, "password": PASSWORD}
    )

    assert answer.location == "/desk/"


def without_secrets(page: str, email: str) -> str:
    """The page but for what was typed, and for the token of its forms, which changes with every second."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page).replace(email, "")


def test_a_wrong_password_and_an_unknown_account_show_the_same_page(client: FlaskClient, lina: Person) -> None:
    wrong = sign_in(client, "wrong")
    unknown = sign_in(client, "wrong", email="nobody@example.org")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert without_secrets(wrong.text, "lina@opengate.example") == without_secrets(unknown.text, "nobody@example.org")
    assert "The e-mail and the password do not match." in wrong.text


def test_what_was_typed_stays_but_the_password_does_not(client: FlaskClient, lina: Person) -> None:
    page = sign_in(client, "wrong-but-long").text

    assert ("lina@opengate.example" in page, "wrong-but-long" in page) == (True, False)


def test_after_too_many_tries_the_page_says_how_long_to_wait(client: FlaskClient, lina: Person) -> None:
    for _ in range(5):
        sign_in(client, "wrong")

    answer = sign_in(client)

    assert (answer.status_code, "Please wait 15 min" in answer.text) == (429, True)


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(client: FlaskClient, lina: Person) -> None:
    (header,) = sign_in(client).headers.getlist("Set-Cookie")

    assert ("HttpOnly" in header, "SameSite=Lax" in header, "remember" in header) == (True, True, False)


def test_a_cookie_is_dead_after_signing_out(app: Flask, client: FlaskClient, lina: Person) -> None:
    sign_in(client)
    stolen = cookie_of(client)
    left = client.post("/desk/sign-out")

    client.set_cookie("session", stolen)

    assert (left.location, is_signed_in(client)) == ("/desk/sign-in", False)


def test_signing_out_everywhere_ends_every_browser(app: Flask, client: FlaskClient, lina: Person) -> None:
    phone = app.test_client()
    sign_in(client)
    sign_in(phone)

    client.post("/desk/sign-out-everywhere")

    assert (is_signed_in(client), is_signed_in(phone)) == (False, False)


def test_signing_out_the_others_leaves_this_browser(app: Flask, client: FlaskClient, lina: Person) -> None:
    phone = app.test_client()
    sign_in(client)
    sign_in(phone)

    client.post("/desk/sign-out-others")

    assert (is_signed_in(client), is_signed_in(phone)) == (True, False)


def test_nothing_that_was_in_the_cookie_before_signing_in_is_kept(client: FlaskClient, lina: Person) -> None:
    with client.session_transaction() as before:
        before["planted"] = "by a stranger"

    sign_in(client)

    with client.session_transaction() as after:
        assert sorted(key for key in after if not key.startswith("_")) == []


def test_a_cookie_that_holds_an_invented_token_opens_nothing(client: FlaskClient, lina: Person) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(lina.id)

    assert not is_signed_in(client)


def test_a_visit_is_noted_every_five_minutes_and_no_more_often(
    client: FlaskClient, lina: Person, session: scoped_session[Session]
) -> None:
    now = utcnow()
    sign_in_as(client, lina, now=now - timedelta(minutes=4))
    client.get("/desk/account")
    soon = session.scalars(select(SignInSession)).one().seen_at
    session.scalars(select(SignInSession)).one().seen_at = now - timedelta(minutes=6)
    session.commit()

    client.get("/desk/account")

    later = session.scalars(select(SignInSession)).one()
    assert (soon, later.seen_at >= now) == (now - timedelta(minutes=4), True)
    assert later.expires_at - later.seen_at == timedelta(days=14)


def test_a_sign_in_that_expired_opens_nothing(client: FlaskClient, lina: Person) -> None:
    sign_in_as(client, lina, now=utcnow() - timedelta(days=15))

    assert not is_signed_in(client)


def test_an_account_that_was_closed_is_out_at_once(
    client: FlaskClient, lina: Person, session: scoped_session[Session]
) -> None:
    sign_in_as(client, lina)
    lina.active = False
    session.commit()

    assert not is_signed_in(client)


def test_whoever_is_signed_in_is_not_asked_again(client: FlaskClient, lina: Person) -> None:
    sign_in_as(client, lina)

    assert client.get("/desk/sign-in").location == "/desk/"


# Languages


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("bg", "ltr")])
def test_the_language_can_be_chosen_before_signing_in(client: FlaskClient, tag: str, direction: str) -> None:
    page = client.get(f"/desk/sign-in?lang={tag}").text

    assert f'<html lang="{tag}" dir="{direction}">' in page


def test_the_chosen_language_stays(client: FlaskClient, lina: Person) -> None:
    sign_in_as(client, lina)

    client.post("/desk/account/language", data={"language": "fa"})

    page = client.get("/desk/account", headers={"Accept-Language": "fr"}).text
    assert '<html lang="fa" dir="rtl">' in page


# Links


def test_an_invitation_is_accepted_and_signs_in(
    app: Flask, client: FlaskClient, town: Town, session: scoped_session[Session]
) -> None:
    invite(manager_browser(client, town.here))
    newcomer, link = app.test_client(), link_in_mail(session, "/desk/invitation/")
    opened = newcomer.get(link)

    answer = newcomer.post(link, data={"name": "Newcomer", "password": NEW, "again": NEW})

    assert (opened.status_code, opened.headers["Referrer-Policy"]) == (200, "strict-origin")
    assert (answer.location, is_signed_in(newcomer)) == ("/desk/", True)
    again = newcomer.get(link)
    assert (again.status_code, "This link was used already or is too old." in again.text) == (409, True)


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("short", "short", "at least 12 characters"),
        (NEW, "different", "The two passwords differ."),
        ("", "", "Please fill this in."),
    ],
)
def test_an_invitation_says_what_is_wrong_beside_the_field_and_keeps_the_name(
    app: Flask,
    client: FlaskClient,
    town: Town,
    session: scoped_session[Session],
    password: str,
    again: str,
    sentence: str,
) -> None:
    invite(manager_browser(client, town.here))
    link = link_in_mail(session, "/desk/invitation/")

    answer = app.test_client().post(link, data={"name": "Newcomer", "password": password, "again": again})

    assert (answer.status_code, sentence in answer.text, 'value="Newcomer"' in answer.text) == (422, True, True)


def test_a_forgotten_password_is_asked_for_without_telling_who_has_an_account(
    client: FlaskClient, lina: Person
) -> None:
    known, unknown = (
        client.post("/desk/password", data={"email": email}, follow_redirects=True).text
        for email in ("lina@opengate.example", "nobody@example.org")
    )

    assert known == unknown
    assert "If there is an account with this address, a link is on its way to it." in known


def test_a_new_password_ends_every_browser_and_is_asked_for_at_once(
    app: Flask, client: FlaskClient, lina: Person, session: scoped_session[Session]
) -> None:
    phone = app.test_client()
    sign_in(phone)
    client.post("/desk/password", data={"email": lina.email})
    link = link_in_mail(session, "/desk/password/")
    opened = client.get(link)

    answer = client.post(link, data={"password": NEW, "again": NEW})

    assert (opened.headers["Referrer-Policy"], answer.headers["Referrer-Policy"]) == ("strict-origin", "strict-origin")
    assert (answer.location, is_signed_in(phone), is_signed_in(client)) == ("/desk/sign-in", False, False)
    assert sign_in(client, NEW).status_code == 303


def test_a_link_that_leads_nowhere_says_how_to_get_another(client: FlaskClient) -> None:
    answers = [client.get(f"/desk/{kind}/no-such-token") for kind in ("invitation", "password")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("Ask for a new one" in answer.text for answer in answers)


# One's own account


def test_the_account_page_lists_the_browsers_and_marks_this_one(app: Flask, client: FlaskClient, lina: Person) -> None:
    sign_in_as(app.test_client(), lina)
    sign_in_as(client, lina)

    page = client.get("/desk/account").text

    assert (page.count("test browser"), page.count("this browser")) == (2, 1)


def test_name_and_password_are_changed_on_the_account_page(client: FlaskClient, lina: Person) -> None:
    sign_in(client)

    named = client.post("/desk/account/name", data={"name": "Lina I."}, follow_redirects=True)
    changed = client.post("/desk/account/password", data={"current": PASSWORD, "password": NEW, "again": NEW})

    assert ('value="Lina I."' in named.text, changed.location, is_signed_in(client)) == (True, "/desk/account", True)


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("name", {"name": ""}, "Please fill this in."),
        ("name", {"name": "x" * 200}, "This is too long."),
        ("language", {"language": "tlh"}, "is not known here."),
        ("password", {"current": "wrong", "password": NEW, "again": NEW}, "do not match."),
        ("password", {"current": PASSWORD, "password": "short", "again": "short"}, "at least 12 characters"),
    ],
)
def test_what_cannot_be_saved_is_said_on_the_account_page(
    client: FlaskClient, lina: Person, path: str, data: dict[str, str], sentence: str
) -> None:
    sign_in_as(client, lina)

    answer = client.post(f"/desk/account/{path}", data=data)

    assert (answer.status_code, sentence in answer.text) == (422, True)


# The people of a bureau


def test_the_manager_sees_the_people_of_the_own_bureau_only(client: FlaskClient, town: Town, lina: Person) -> None:
    person(email="far@example.org", coordinates=[town.far])
    browser = manager_browser(client, town.here)

    page = browser.get("/desk/golden-river/people/").text

    assert ("lina@opengate.example" in page, "far@example.org" in page, "far-shore" in page) == (True, False, False)


def test_the_first_manager_is_told_whom_to_invite(client: FlaskClient, town: Town) -> None:
    sign_in_as(client, person(administrator=True))

    page = client.get("/desk/golden-river/people/").text

    assert "Nobody is invited yet." in page


def test_without_mail_the_manager_gets_the_link_of_a_new_account_but_of_no_other(
    client: FlaskClient, town: Town, lina: Person
) -> None:
    browser = manager_browser(client, town.here)

    for_new = (invite(browser), browser.get("/desk/golden-river/people/"))[1].text
    for_known = (invite(browser, email=lina.email, role="worker"), browser.get("/desk/golden-river/people/"))[1].text

    assert ("/desk/invitation/" in for_new, "/desk/invitation/" in for_known) == (True, False)


def test_with_mail_nobody_but_the_invited_sees_the_link(
    app: Flask, client: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    browser = manager_browser(client, town.here)

    page = (invite(browser), browser.get("/desk/golden-river/people/"))[1].text

    assert ("/desk/invitation/" in page, "The invitation is on its way." in page) == (False, True)


@pytest.mark.parametrize(
    ("values", "status", "sentence"),
    [
        ({"email": "nonsense"}, 422, "This does not look like an e-mail address."),
        ({"organisation": "far-shore"}, 422, "Your account may not do this."),
        ({"organisation": ""}, 422, "Your account may not do this."),
        ({"role": "administrator"}, 422, "Your account may not do this."),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_and_what_was_typed_stays(
    client: FlaskClient, town: Town, values: dict[str, str], status: int, sentence: str
) -> None:
    answer = invite(manager_browser(client, town.here), name="Typed Before", **values)

    assert (answer.status_code, sentence in answer.text, "Typed Before" in answer.text) == (status, True, True)


def test_a_role_is_removed_and_an_account_closed_and_invited_again(
    client: FlaskClient, town: Town, lina: Person, session: scoped_session[Session]
) -> None:
    helper = person(email="helper@example.org", works_for=[town.ours])
    browser = manager_browser(client, town.here)
    page = browser.get("/desk/golden-river/people/").text
    role = re.findall(r"/desk/golden-river/roles/(\d+)/remove", page)[0]

    answers = [
        browser.post(f"/desk/golden-river/roles/{role}/remove"),
        browser.post(f"/desk/golden-river/people/{helper.id}/deactivate"),
    ]
    closed = not session.get_one(Person, helper.id).active
    answers.append(browser.post(f"/desk/golden-river/people/{helper.id}/invite-again"))

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert (closed, session.get_one(Person, helper.id).active) == (True, True)


# Where work begins


def test_a_person_with_one_place_is_led_there(client: FlaskClient, town: Town, lina: Person) -> None:
    sign_in_as(client, lina)

    answer = client.get("/desk/")

    assert (answer.status_code, answer.location) == (303, "/desk/golden-river/organisations/open-gate/my-month/")


def test_a_worker_is_led_to_a_page_that_is_open_to_workers(client: FlaskClient, town: Town) -> None:
    sign_in_as(client, person(works_for=[town.ours]))

    answer = client.get(client.get("/desk/").location)

    assert answer.status_code in {200, 303}


def test_a_manager_is_led_to_the_own_bureau(client: FlaskClient, town: Town) -> None:
    answer = manager_browser(client, town.here).get("/desk/")

    assert (answer.status_code, answer.location) == (303, "/desk/golden-river/month/")


def test_a_person_with_several_places_chooses(client: FlaskClient, town: Town) -> None:
    sign_in_as(client, person(coordinates=[town.ours, town.far]))

    page = client.get("/desk/").text

    assert ("open-gate" in page, "far-shore" in page) == (True, True)


def test_a_person_without_a_role_is_told_whom_to_ask(client: FlaskClient, town: Town) -> None:
    sign_in_as(client, person())

    assert "Your account has no role yet." in client.get("/desk/").text
