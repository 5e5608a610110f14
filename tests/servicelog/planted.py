"""What is somebody's, typed into every field of every form of the product; and where it may be afterwards."""

import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text
from werkzeug.exceptions import HTTPException

import bureau
from bureau.accounts.models import Person
from bureau.exchange.actions import ask_cover
from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.month import Month
from bureau.organisations.models import Bureau
from bureau.rotation.actions.series import begin_series
from bureau.rotation.domain.rounds import RoundInfo
from bureau.servicelog import actions
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, a_closure, a_worker
from tests.factories.rotation import (
    a_demand,
    a_partner,
    a_session,
    a_small_bureau,
    an_open_round,
    slots_of,
    to_phase,
    worker_row,
)
from tests.factories.servicelog import a_status, an_entry, logged
from tests.servicelog.walking import Box, Form, forms_in, written_out

AHEAD = Month.of(utcnow().date()).shifted(2)
THERE = {"bureau": "golden-river", "organisation": "open-gate", "month": str(AHEAD), "lang": "en", "tag": "en", "day": AHEAD.last.isoformat(), "kind": "csv"}  # fmt: skip
REVIEWED = str(AHEAD.shifted(1))
LONG_AGO = timedelta(days=120)
NOWHERE: Mapping[str, str] = {}
CHOSEN = {
    "answer": "objected",
    "outcome": "carried",
    "because": "other",
    "went": "missed",
    "version": "1",
    "step": "check",
}
"""What a form offers to choose from, where it would be refused before its words are read."""
EMAIL = "zlatanova@example.org"

ALONE = {
    "name": "Цветомира Златанова",
    "phone": "0887654321",
    "passport": "C07654321",
    "personal number": "7501020018",
    "bank account": "BG80BNBG96611020345678",
    "e-mail": EMAIL,
    "birth": "роден на 12.03.1987",
}
TOGETHER = " ".join(ALONE[kind] for kind in ("name", "phone", "passport"))
HARMLESS = "needs more time"
TRACES = ("Златанова", json.dumps("Златанова")[1:-1], "zlatanova", "887654321", "07654321", "7501020018", "96611020345678", "12.03.1987")  # fmt: skip
"""By which it is known again, as JSON writes it too."""

NUMBERS = ("887654321", "07654321", "7501020018", "96611020345678")
"""Those of them that stand nowhere at all."""
DATABASE = ("bureau.db", "bureau.db-wal", "bureau.db-shm")
ENDING = ("sign-out", "deactivate", "roles", "delete", "remove")
"""Forms that would end the walk; what they take is no word of anybody's."""

OF_STAFF: Mapping[str, str] = {
    "person.name": "an account says who works here",
    "person.email": "an account is signed in to, and written to, by it",
    "audit_entry.after": "that an account was made, and how it is called",
    "organisation.email": "how a partner is reached, which partners and residents read",
    "outbox_mail.recipient": "the invitation that was asked for",
    "outbox_mail.body": "the invitation calls its reader by name",
    "bureau.email": "how the bureau is reached, which residents read",
}
"""Where a person of the staff, or an office, stands by name or address, and why."""

NAMES_OF_THINGS: Mapping[str, str] = {
    "agreement.contributions": "what two organisations promised each other, signed by people",
    "bureau.name": "what the bureau writes of itself for the public: it can be called after somebody",
    "bureau.city": "the same",
    "bureau.address": "a street can be called after somebody",
    "bureau.find_us": "the same",
    "bureau.welcome": "the same",
    "bureau.about": "the same",
    "bureau.walk_in_rule": "the same",
    "bureau.privacy": "who answers for it",
    "bureau.phone_text": "who answers it",
    "category.name": "a thing of the bureau's can be called after somebody",
    "closure.reason": "a holiday can be a saint's",
    "language.name": "a thing can be called after somebody",
    "language.own_name": "the same",
    "language.phrase": "the same",
    "organisation.name": "an organisation can be called after somebody",
    "organisation.about": "the same",
    "report_indicator.code": "a donor's programme can be called after somebody",
    "report_indicator.donor": "the same",
    "report_indicator.name": "the same",
    "room.name": "a room can be called after somebody",
    "service.name": "a thing of the bureau's can be called after somebody",
    "service.neutral_name": "the same",
    "service.description": "the same",
    "service.bring": "the same",
    "worker.label": "a label that staff know a colleague by",
    "worker.role": "what a colleague is here",
    "audit_entry.before": "that one of these was called so",
}
"""Where a name alone is let through, and why: these texts are of things, and most are public. A number is not let through."""


@dataclass(slots=True)
class Walk:
    """The forms that were filled in, and the endpoints that took them."""

    forms: list[Form] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)


def furnish() -> dict[str, str]:
    """A bureau in which every page has something to show, and which keeps notes; what its pages are called by.

    A month behind us with a session that is over, one ahead that is being reviewed, one that is published.
    """
    bureau = a_small_bureau()
    worker = a_worker(a_partner("open-gate", bureau), "L1", services=["info"], languages=["en"])
    other = a_worker(a_partner("lantern", bureau), "L2", services=["info"], languages=["en"])
    a_demand(bureau)
    a_closure(AHEAD.last, bureau)
    a_status("applicant")
    db.session.commit()
    worker_id, other_id = worker.id, other.id
    published, over = _rounds(bureau)
    mine = a_session(published, worker_row(worker_id), slots_of(published)[-1], now=utcnow()).id
    theirs = a_session(published, worker_row(other_id), slots_of(published)[-4], now=utcnow())
    asked = ask_cover(
        "golden-river", (theirs.id, theirs.version), "open-gate", scope=EVERY_ORGANISATION, actor="test", now=utcnow()
    )  # fmt: skip
    gone = a_session(over, worker_row(worker_id), slots_of(over)[0], now=utcnow() - LONG_AGO).id
    series = begin_series(
        "golden-river", slots_of(published)[-7].id, worker_id=worker_id, services=["info"], languages=["en"], until=None,
        scope=EVERY_ORGANISATION, actor="test", now=utcnow(),
    )  # fmt: skip
    actions.keep_log_so("golden-river", notes=True, days=30, version=0, actor="test", now=utcnow())
    (entry,) = logged(an_entry(day=utcnow().date(), hour=None), now=utcnow())
    numbers = {"rotation:session": mine, "rotation.say_how_it_went:session": gone, "exchange:swap": asked, "rotation:series": series, "servicelog:entry": entry.entry_id}  # fmt: skip
    return {name: str(number) for name, number in numbers.items()}


def _rounds(bureau: Bureau) -> tuple[RoundInfo, RoundInfo]:
    over = an_open_round(bureau, str(Month.of((utcnow() - timedelta(days=40)).date())), now=utcnow() - LONG_AGO)
    over = to_phase(over, "published")
    an_open_round(bureau, REVIEWED, phase="reviewing", now=utcnow())
    return an_open_round(bureau, str(AHEAD), phase="published", now=utcnow()), over


def everybody(app: Flask) -> FlaskClient:
    """The browser of somebody who may come everywhere."""
    browser = app.test_client()
    db.session.rollback()
    someone = db.session.query(Person).filter_by(email="all@example.org").one_or_none()
    if someone is None:
        here = [a_bureau()]
        someone = person(email="all@example.org", administrator=True, manages=here, receives=here)
    sign_in_as(browser, someone)
    db.session.commit()
    return browser


def type_in(box: Box, words: str) -> str:
    """What is typed into a field of that kind."""
    if words == HARMLESS and (box.kind != "text" or box.name == "phone"):
        return {"email": "office@example.org", "number": "1", "text": "+359 2 000 00 00"}.get(box.kind, words)
    if box.kind == "email":
        return EMAIL
    if box.kind == "file":
        return f"ref,date,organisation,service,language\n{words},{words},{words},{words},{words}\n"
    return {"number": ALONE["phone"], "tel": ALONE["phone"]}.get(box.kind, words)


def walk(
    app: Flask, words: str = TOGETHER, *, of: str | tuple[str, ...] = "", numbers: Mapping[str, str] = NOWHERE
) -> Walk:
    """Fill in every form that a page has; then send the same to every address that takes a form and was on no page.

    A form is filled in twice: all its fields, then those only that take any words, so that it is not refused for others.
    """
    browser, found = everybody(app), Walk()
    found.forms = forms_in(app, browser, there(app, numbers), of=of)
    for form in found.forms:
        found.reached.add(_endpoint(app, form))
        for only_words in form.ways():
            if not any(word in form.address for word in ENDING):
                sent = form.filled(lambda box: type_in(box, words), only_words=only_words, file_name=f"{words}.csv")
                browser = _sent(app, browser, form.address, sent, posts=form.posts)
    for address in app.url_map.iter_rules():
        if (
            "POST" in (address.methods or ())
            and address.endpoint.startswith(of)
            and address.endpoint not in found.reached
        ):
            written = written_out(address, there(app, numbers))
            if not any(word in written for word in ENDING):
                browser = _sent(app, browser, written, dict.fromkeys(_names_asked(), words) | CHOSEN, posts=True)
    return found


def _sent(app: Flask, browser: FlaskClient, address: str, sent: Mapping[str, object], *, posts: bool) -> FlaskClient:
    """The browser after sending a form; another one where it was signed out."""
    answer = browser.post(address, data=sent) if posts else browser.get(address, query_string=sent)
    assert answer.status_code < 500, address
    answer.close()
    return everybody(app) if answer.location and "sign-in" in answer.location else browser


def there(app: Flask, numbers: Mapping[str, str]) -> dict[str, str]:
    """What stands in the addresses: the furnished world's names and numbers, by endpoint where they differ."""
    found = dict(THERE)
    for one in app.url_map.iter_rules():
        feature = one.endpoint.partition(".")[0]
        for part in one.arguments:
            number = numbers.get(f"{one.endpoint}:{part}", numbers.get(f"{feature}:{part}"))
            if number is not None:
                found[f"{one.endpoint}:{part}"] = number
        if feature == "reviewing" and "month" in one.arguments:
            found[f"{one.endpoint}:month"] = REVIEWED
    return found | {"catalogue.category:code": "reception", "catalogue.service:code": "info", "organisations.room:code": "desk-a"}  # fmt: skip


@cache
def _names_asked() -> frozenset[str]:
    """Every name under which the code asks a form for words."""
    sources = Path(bureau.__file__).parent.rglob("*.py")
    return frozenset(
        name for file in sources for name in re.findall(r"form\.get(?:list)?\(\s*\"(\w+)\"", file.read_text())
    )


def _endpoint(app: Flask, form: Form) -> str:
    method = "POST" if form.posts else "GET"
    try:
        return str(app.url_map.bind("localhost").match(form.address.partition("?")[0], method)[0])
    except HTTPException:
        return ""


def stained_columns(*traces: str) -> set[str]:
    """The columns of the whole database in which something planted stands."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {
            f"{table}.{name}" for table in db.metadata.tables for name in _stained(connection, table, traces or TRACES)
        }


def _stained(connection: Connection, table: str, traces: Iterable[str]) -> set[str]:
    rows = connection.execute(text(f'SELECT * FROM "{table}"')).mappings()  # noqa: S608  (names of our own tables)
    return {name for row in rows for name, value in row.items() if any(trace in str(value) for trace in traces)}


def is_stained(words: str) -> bool:
    """Whether anything planted is in the words."""
    return any(trace in words for trace in TRACES)


def stained_files(folder: Path, *, traces: Iterable[str] = TRACES, but: Iterable[str] = ()) -> list[str]:
    """The files below the folder in which something planted stands, in whatever way it is encoded."""
    wanted = [trace.encode(code) for trace in traces for code in ("utf-8", "utf-16-le")]
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in but)
    return [str(path) for path in files if any(trace in path.read_bytes() for trace in wanted)]


OF_THINGS = ("accounts.", "catalogue.", "organisations.", "replication.")
"""Features whose forms name things of the bureau and people of its staff; the others write about the work."""
OF_WORK = (
    "calendars.",
    "exchange.",
    "notices.",
    "publishing.",
    "reports.",
    "reviewing.",
    "rotation.",
    "scheduling.",
    "servicelog.",
)


def stained_answers(app: Flask, numbers: Mapping[str, str]) -> list[str]:
    """The addresses of files that the product gives (tables, calendars, documents) in which something planted stands."""
    browser, found = everybody(app), []
    for one in app.url_map.iter_rules():
        if "GET" not in (one.methods or ()) or one.endpoint == "static":
            continue
        for kind in ("csv", "xlsx") if "kind" in one.arguments else ("csv",):
            address = written_out(one, there(app, numbers) | {"kind": kind})
            days = {"first": "2000-01-01", "last": "2100-01-01"}
            with browser.get(address, query_string=days, follow_redirects=True) as answer:
                if answer.mimetype != "text/html" and is_stained(_unpacked(answer.data)):
                    found.append(address)
    return found


def _unpacked(body: bytes) -> str:
    """The words of a file, out of a workbook too."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with ZipFile(io.BytesIO(body)) as book:
        return " ".join(book.read(name).decode(errors="replace") for name in book.namelist())
