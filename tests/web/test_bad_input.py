"""Nothing that anybody can type, upload or write into an address makes the product break."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, ClassVar

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter
from werkzeug.routing import Rule as Address

from bureau.accounts.models import Person
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.rotation.models import Proposal, Slot
from tests.conftest import Browser
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, a_closure, a_worker
from tests.factories.rotation import (
    a_demand,
    a_partner,
    a_session,
    a_small_bureau,
    an_open_round,
    slots_of,
    worker_row,
)

AHEAD = Month.of(utcnow().date()).shifted(2)
LONG = "9" * 4400
GARBAGE = {
    "a zero byte": "a\0b",
    "more digits than a number has": LONG,
    "a number beyond the database's": "9223372036854775808",
    "the first day and the year nought": "0000-01",
    "half a character, markup, a line of its own, percent signs and braces": "\ud800<b>\r\nA: b</b> %(name)s %s {0} {{ 7*7 }}",
}
NO_NUMBER = {"a zero byte", "the first day and the year nought"}
"""What an address whose part is a number meets like any other word: there is no such address."""

NOT_LONGER = {"a number beyond the database's"}
"""What a part that is a word meets like any longer number."""

DOCUMENTS = (
    b"", b"\xff\xfe", b"[" * 50_000, b"{", b"null", b"[]", b'"\\ud800"', b'{"\\ud800": 1}', b'{"format": "\\ud800"}',
    b'{"format": NaN}', b'{"format": ' + b"9" * 6000 + b"}", b'{"format": "bureau/1"}', b'{"a\\u0000": 1}',
)  # fmt: skip
ENDING = {"accounts.sign_out", "accounts.sign_out_everywhere", "accounts.deactivate", "accounts.remove_role"}
pytestmark = pytest.mark.parametrize(  # the database that takes less: SQLite keeps a zero byte and a longer number
    "migrated_database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
FIELDS: set[str] = set()
"""The names of every field of every form, looked for once: nothing but the pages themselves knows them."""


@pytest.fixture
def whole(installation: Flask, caplog: pytest.LogCaptureFixture) -> Iterator[Flask]:
    """A bureau in which every page has something to show."""
    caplog.set_level(logging.CRITICAL)
    installation.test_client_class = Browser
    installation.config["PROPAGATE_EXCEPTIONS"] = False
    with installation.app_context():
        bureau = a_small_bureau()
        worker = a_worker(a_partner("open-gate", bureau), "L1", services=["info"], languages=["en"])
        a_demand(bureau)
        a_closure(AHEAD.last, bureau)
        db.session.commit()
        worker_id = worker.id
        round_ = an_open_round(bureau, str(AHEAD), phase="published", now=utcnow())
        a_session(round_, worker_row(worker_id), slots_of(round_)[-1], now=utcnow())
        now = utcnow()
        db.session.add(
            Proposal(
                bureau_id=round_.bureau_id, round_id=round_.id, number=1, state="failed", seconds=5, problem={}, progress={}, started_at=now,
                heard_at=now, finished_at=now,
            )
        )  # fmt: skip
        db.session.commit()
        yield installation


def test_nothing_written_into_an_address_breaks_a_page(whole: Flask) -> None:
    browser = _everybodys(whole)

    broken = []
    for what, garbage in GARBAGE.items():
        for address in _addresses(whole):
            for name in address.arguments:
                if what in (NO_NUMBER if _is_number(address, name) else NOT_LONGER):
                    continue
                written = _written_out(address, whole, **{name: garbage})
                if written is not None:
                    broken += _tried(browser, address, written, what, {}, asked=False)

    assert broken == []


def test_nothing_asked_of_an_address_breaks_a_page(whole: Flask) -> None:
    browser = _everybodys(whole)

    broken = []
    for address in _addresses(whole):
        written = _written_out(address, whole)
        if written is None or "GET" not in (address.methods or ()):
            continue
        with _asked_for(whole) as names:
            browser.get(written)
        for what, garbage in GARBAGE.items() if names else ():
            broken += _tried(browser, address, written, what, dict.fromkeys(names, garbage), asked=True)

    assert broken == []


def test_the_names_that_a_page_asks_its_address_for_are_seen(whole: Flask) -> None:
    browser = _everybodys(whole)

    with _asked_for(whole) as names:
        browser.get("/desk/golden-river/organisations/open-gate/my-month/")

    assert "month" in names


@pytest.mark.parametrize("what", [*GARBAGE, "no field at all"])
def test_nothing_typed_into_a_form_breaks_a_page(whole: Flask, what: str) -> None:
    browser = _everybodys(whole)
    fields = _fields(whole, browser)
    posted = [address for address in _addresses(whole) if "POST" in (address.methods or ())]

    broken = []
    for address in sorted(posted, key=lambda one: "delete" in one.rule or "remove" in one.rule):
        written = _written_out(address, whole)
        assert written is not None
        broken += _tried(
            browser,
            address,
            written,
            what,
            dict.fromkeys(fields, GARBAGE[what]) if what in GARBAGE else {},
            asked=False,
        )

    assert broken == []


def test_no_upload_breaks_the_page_that_makes_bureaux(whole: Flask) -> None:
    browser = _everybodys(whole)

    answers = {
        document: browser.post("/desk/bureaux/new", data={"document": (io.BytesIO(document), "a.json")}).status_code
        for document in DOCUMENTS
    }

    assert answers == dict.fromkeys(DOCUMENTS, 422)


def test_a_part_of_a_page_asked_for_while_signed_out_leads_to_signing_in(whole: Flask) -> None:
    browser = whole.test_client()

    broken = []
    for address in _addresses(whole):
        written = _written_out(address, whole)
        for method in sorted((address.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = browser.open(written, method=method, headers={"HX-Request": "true"})
            if answer.status_code >= 500:
                broken.append(f"{method} {address.rule}")

    assert broken == []


class Asked(ImmutableMultiDict[str, str]):
    """What is written behind the question mark; remembers which names were looked for."""

    names: ClassVar[set[str]] = set()

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """As ever."""
        self.names.add(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """As ever."""
        self.names.add(key)
        return super().getlist(key, *args, **kwargs)

    def __getitem__(self, key: str) -> str:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


class AskedRequest(Request):
    """A request that remembers what its page looks for in the address."""

    parameter_storage_class = Asked


@contextmanager
def _asked_for(app: Flask) -> Iterator[set[str]]:
    """The names that the pages visited inside look for behind the question mark."""
    usual, app.request_class = app.request_class, AskedRequest
    Asked.names.clear()
    names: set[str] = set()
    try:
        yield names
    finally:
        app.request_class = usual
        names |= Asked.names


def _everybodys(app: Flask) -> FlaskClient:
    """The browser of somebody who may come everywhere."""
    browser = app.test_client()
    _signed_in(browser)
    return browser


def _signed_in(browser: FlaskClient) -> None:
    db.session.rollback()  # what was read so far is older than what the pages wrote
    someone = db.session.query(Person).filter_by(email="all@example.org").one_or_none()
    if someone is None:
        bureau = a_bureau()
        someone = person(email="all@example.org", administrator=True, manages=[bureau], receives=[bureau])
    someone.active = True
    sign_in_as(browser, someone)


def _tried(
    browser: FlaskClient, address: Address, written: str, what: str, values: dict[str, str], *, asked: bool
) -> list[str]:
    """What broke when the address was tried with the values, in every way it can be asked."""
    broken = []
    for method in sorted((address.methods or set()) - {"HEAD", "OPTIONS"}):
        if asked and method != "GET":
            continue
        body = _written_as_form(tuple(values.items()))
        form = {"data": body, "content_type": "application/x-www-form-urlencoded"}
        sent: dict[str, Any] = {"query_string": body} if method == "GET" else form
        answer = browser.open(written, method=method, **sent)
        if address.endpoint in ENDING or (answer.location and "sign-in" in answer.location):
            _signed_in(browser)
        if answer.status_code >= 500:
            broken.append(f"{method} {address.rule} with {what}: {answer.status_code}")
    return broken


def _addresses(app: Flask) -> list[Address]:
    return [one for one in app.url_map.iter_rules() if one.endpoint != "static"]


def _written_out(address: Address, app: Flask, **bad: str) -> str | None:
    """The address of a thing that is there, but for the bad part; None where such a part cannot be written."""
    there = {
        "bureau": "golden-river", "organisation": "open-gate", "month": str(AHEAD), "token": "none", "lang": "en",
        "day": AHEAD.last.isoformat(), "tag": "en",
        "code": "desk-a" if "rooms" in address.rule else "info" if "services" in address.rule else "reception",
    }  # fmt: skip
    if address.endpoint == "publishing.front_in" and bad:
        return None
    parts: dict[str, Any] = {}
    for name in address.arguments:
        usual = _numbered(name) if _is_number(address, name) else there.get(name, "none")
        parts[name] = bad.get(name, usual)
    written = address.rule
    for name, value in parts.items():
        written = re.sub(rf"<(?:[^<>]*:)?{name}>", _quoted(str(value)).replace("\\", ""), written)
    return written


def _is_number(address: Address, name: str) -> bool:
    return isinstance(address._converters[name], IntegerConverter)


@lru_cache(maxsize=64)
def _written_as_form(values: tuple[tuple[str, str], ...]) -> str:
    """Made once for all the pages it is sent to: it is long."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in values)


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    raw = value.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"%{byte:02X}" for byte in raw)


def _numbered(name: str) -> int:
    if name == "slot":
        return db.session.query(Slot.id).order_by(Slot.id.desc()).offset(1).limit(1).scalar() or 0
    return 1


def _fields(app: Flask, browser: FlaskClient) -> set[str]:
    """The names of every field of every form."""
    for address in _addresses(app) if not FIELDS else ():
        if "GET" in (address.methods or ()):
            page = browser.get(_written_out(address, app))
            FIELDS.update(re.findall(r'\bname="([^"]+)"', page.text) if page.mimetype == "text/html" else ())
    known = {"worker", "service", "language", "reason", "pinned", "closed", "phase", "organisation", "year", "seconds"}
    return (FIELDS | known) - {"viewport", "csrf_token"}
