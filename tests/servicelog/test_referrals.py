"""Sending somebody on: the code, the slip, who may say what, and that nobody is named anywhere."""

import io
import re
from datetime import date, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from bureau.accounts.models import Person
from bureau.kernel.audit import AuditEntry
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import Forbidden, Invalid, NotFound, Refused
from bureau.kernel.month import Month
from bureau.kernel.privacy import NamesSomebody
from bureau.organisations.models import Organisation
from bureau.servicelog import actions
from bureau.servicelog.domain.codes import code_of, spaced
from bureau.servicelog.domain.referrals import ArrivedAlready, ReferralClosed
from bureau.servicelog.domain.ways import by_date, ways_to
from bureau.servicelog.jobs import CLOSE_REFERRALS
from bureau.servicelog.models import Referral
from bureau.servicelog.queries.referrals import counts
from bureau.web.identity import scope_of
from tests.factories import programmes
from tests.factories.accounts import person, sign_in_as
from tests.factories.catalogue import a_language
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import NOW, TODAY, a_logging_bureau, a_referral, an_entry, logged, rows, total
from tests.meeting import at_once

BUREAU = "golden-river"
DESK = f"/desk/{BUREAU}/referrals"
PARTNERS = ("open-gate", "lantern", "pomegranate")
HERE = local_date(utcnow(), "Europe/Sofia")


@pytest.fixture
def partners(session: scoped_session[Session]) -> dict[str, Organisation]:
    """Three partners, of whom open-gate sends to lantern."""
    return dict(zip(PARTNERS, a_logging_bureau(*PARTNERS), strict=True))


@pytest.fixture
def sara(partners: dict[str, Organisation]) -> Person:
    """A worker of lantern."""
    return person(name="Sara", works_for=[partners["lantern"]])


def stored(number: int) -> Referral:
    db.session.expire_all()
    return db.session.get_one(Referral, number)


def arrive(number: int, who: Organisation | None, actor: str = "test", now: object = NOW) -> None:
    scope = scope_of(who.id) if who else EVERY_ORGANISATION
    actions.mark_arrived(BUREAU, number, scope=scope, actor=actor, now=now)


def test_a_referral_is_given_arrives_and_is_closed_each_undone_once(partners: dict[str, Organisation]) -> None:
    number = a_referral(day=TODAY + timedelta(days=1), time=time(10))
    who = {"scope": scope_of(partners["lantern"].id), "actor": "test", "now": NOW}
    states = [stored(number).state]

    arrive(number, partners["lantern"])
    states.append(stored(number).state)
    for _ in range(2):
        actions.take_arrival_back(BUREAU, number, **who)
    states.append(stored(number).state)
    arrive(number, partners["lantern"])
    actions.close_referral(BUREAU, number, reason="helped", **who)
    states.append(stored(number).state)
    actions.reopen_referral(BUREAU, number, **who)

    assert [*states, stored(number).state] == ["given", "arrived", "given", "closed", "arrived"]


def test_every_step_is_in_the_audit_with_who_and_without_words(partners: dict[str, Organisation]) -> None:
    number = a_referral(organisation=None, place="municipality")
    actions.close_referral(BUREAU, number, reason="not-needed", scope=EVERY_ORGANISATION, actor="7", now=NOW)

    deeds = db.session.scalars(select(AuditEntry).where(AuditEntry.thing == f"referral:{BUREAU}/{number}")).all()

    assert [(one.action, one.actor) for one in deeds] == [("referral.given", "test"), ("referral.closed", "7")]
    assert not any("municipality" in str((one.before, one.after)) for one in deeds)


def test_one_form_sent_twice_is_one_referral_and_a_code_that_another_has_is_not_given_again(
    partners: dict[str, Organisation],
) -> None:
    first = a_referral(code=code_of(5))

    again = a_referral(code=code_of(5))
    other = a_referral(giver="pomegranate", code=code_of(5))

    assert (first == again, first == other) == (True, False)
    assert stored(other).code != code_of(5)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": TODAY - timedelta(days=1)}, "day"),
        ({"day": TODAY + timedelta(days=800)}, "day"),
        ({"time": time(10)}, "day"),
        ({"service": "magic"}, "service"),
        ({"language": "xx"}, "language"),
        ({"organisation": None, "place": ""}, "place"),
        ({"organisation": "lantern", "place": "somewhere"}, "place"),
    ],
)
def test_what_leads_nowhere_is_refused_by_its_field(
    partners: dict[str, Organisation], wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        a_referral(**wrong)

    assert refusal.value.field == field


def test_a_place_outside_that_names_somebody_is_refused_and_nothing_of_it_is_kept(
    partners: dict[str, Organisation],
) -> None:
    with pytest.raises(NamesSomebody) as refusal:
        a_referral(organisation=None, place="доктор Иван Петров, 0888 123 456")

    assert refusal.value.field == "place"
    assert db.session.scalars(select(Referral)).all() == []


def test_a_third_organisation_finds_nothing_and_who_gave_it_does_not_say_that_somebody_arrived(
    partners: dict[str, Organisation],
) -> None:
    number, outside = a_referral(), a_referral(organisation=None, place="municipality")

    with pytest.raises(NotFound):
        arrive(number, partners["pomegranate"])
    with pytest.raises(Forbidden):
        arrive(number, partners["open-gate"])
    arrive(outside, partners["open-gate"])

    assert (stored(number).state, stored(outside).state) == ("given", "arrived")


def test_whoever_is_second_is_told_who_was_first_and_when(partners: dict[str, Organisation], sara: Person) -> None:
    number = a_referral()
    arrive(number, partners["lantern"], actor=str(sara.id))

    with pytest.raises(ArrivedAlready) as refusal:
        arrive(number, partners["lantern"], now=NOW + timedelta(minutes=1))

    assert (refusal.value.params["by"], refusal.value.params["at"]) == ("Sara", NOW)


def test_of_desks_that_mark_one_slip_at_once_one_wins(installation: Flask) -> None:
    with installation.app_context():
        a_logging_bureau(*PARTNERS)
        number = a_referral()

    outcomes = at_once(installation, *[lambda: arrive(number, None)] * 4)

    assert sorted(map(str, outcomes)) == ["None", *["referral_arrived_already"] * 3]


def test_what_is_closed_stays_closed_but_who_comes_late_has_arrived(partners: dict[str, Organisation]) -> None:
    number = a_referral()
    actions.close_referral(BUREAU, number, reason="never-came", scope=EVERY_ORGANISATION, actor="test", now=NOW)

    with pytest.raises(ReferralClosed):
        actions.close_referral(BUREAU, number, reason="helped", scope=EVERY_ORGANISATION, actor="test", now=NOW)
    arrive(number, partners["lantern"])
    with pytest.raises(Refused):
        actions.close_referral(BUREAU, number, reason="never-came", scope=EVERY_ORGANISATION, actor="test", now=NOW)

    assert stored(number).state == "arrived"


def test_long_after_its_date_a_referral_is_closed_by_itself(partners: dict[str, Organisation]) -> None:
    dated, dateless, came = a_referral(day=TODAY + timedelta(days=10)), a_referral(), a_referral()
    arrive(came, partners["lantern"])

    told = [CLOSE_REFERRALS.run(NOW + timedelta(days=days)) for days in (90, 91, 100, 101)]

    assert told == [f"{number} referrals closed" for number in (0, 2, 0, 1)]
    assert [stored(one).closed_for for one in (dated, dateless, came)] == ["never-came", "never-came", None]


def test_a_consultation_that_was_just_logged_is_counted_as_sent_on(partners: dict[str, Organisation]) -> None:
    someone = person(works_for=[partners["open-gate"]]).id
    mine, theirs = an_entry(), an_entry(bands={"outcome": "solved"})
    logged(mine, theirs, person_id=someone)

    for entry in (mine, theirs, an_entry()):
        a_referral(entry_ref=entry.ref, person_id=someone)

    assert total() == 2
    assert [(row.number, row.outcome) for row in rows()] == [(1, None), (1, "solved"), (-1, None), (1, "referred")]


def test_referrals_are_counted_by_month_and_whoever_stands_at_one_end(partners: dict[str, Organisation]) -> None:
    number = a_referral()
    a_referral(giver="pomegranate", organisation=None, place="municipality", language="ar")
    arrive(number, partners["lantern"], now=NOW + timedelta(days=31))
    bureau_id = a_bureau().id
    months = (Month.of(TODAY), Month.of(TODAY).shifted(1))

    every = counts(bureau_id, months)
    own = counts(bureau_id, months, scope=scope_of(partners["lantern"].id))

    said = [(str(one.month), one.organisation, one.to, one.language, one.given, one.arrived) for one in every]
    assert said == [
        ("2026-12", "open-gate", "lantern", "en", 1, 0), ("2026-12", "pomegranate", None, "ar", 1, 0),
        ("2027-01", "open-gate", "lantern", "en", 0, 1),
    ]  # fmt: skip
    assert {one.organisation for one in own} == {"open-gate"}


def test_the_next_dates_are_those_in_the_language_first_and_none_that_is_past_or_cancelled() -> None:
    def session(day: int, organisation: str, *languages: str, **more: object) -> programmes.PublishedSession:
        return programmes.a_session(
            date(2026, 12, day), room=more.pop("room", f"r{day}"), organisation=organisation, services=("legal",), languages=languages, **more
        )  # fmt: skip

    month = programmes.a_programme(
        sessions=(
            session(8, "lantern", "fa"), session(10, "lantern", "fa"), session(11, "pomegranate", "fa", change="cancelled"),
            session(11, "open-gate", "en"), session(14, "lantern", "fa"), session(15, "lantern", "fa"),
            session(9, "pomegranate", "fa", "en", block=2), session(10, "lantern", "fa", room="the one beside"),
        )
    )  # fmt: skip

    ways = ways_to([month], "legal", "fa", now=NOW)

    assert [(way.organisation, way.speaks, [one.day.day for one in way.sessions]) for way in ways] == [
        ("pomegranate", True, [9]), ("lantern", True, [10, 14]), ("open-gate", False, [11]),
    ]  # fmt: skip
    assert [one.day.day for _, one in by_date(ways)] == [9, 10, 11, 14]


def test_two_taps_give_a_referral_and_the_slip_is_in_the_persons_language(
    partners: dict[str, Organisation], client: FlaskClient
) -> None:
    a_language("fa", own_name="فارسی")
    sign_in_as(client, person(works_for=[partners["open-gate"]], language="bg"))
    form = client.get(f"{DESK}/open-gate/new?service=legal&language=fa").text
    code = re.search(r'name="code" value="([^"]+)"', form)
    assert code is not None
    sent = {"code": code[1], "service": "legal", "language": "fa", "to": f"lantern {HERE + timedelta(days=1)} 10:00"}

    answers = [client.post(f"{DESK}/open-gate/new", data=sent) for _ in range(2)]
    slip = client.get(answers[0].headers["Location"]).text

    (given,) = db.session.scalars(select(Referral)).all()
    assert {answer.headers["Location"] for answer in answers} == {f"{DESK}/open-gate/{given.id}/slip"}
    assert '<html lang="fa" dir="rtl">' in slip
    assert spaced(given.code) in slip
    assert not re.search(rf'(?:href|src|action)="[^"]*{given.code}', slip)
    assert 'lang="bg"' in slip  # what stands around it is for the worker


def test_the_receiving_desk_types_the_code_and_counts_the_consultation_with_one_tap(
    partners: dict[str, Organisation], client: FlaskClient, sara: Person
) -> None:
    number = a_referral(service="legal", language="ar")
    sign_in_as(client, sara)

    found = client.post(f"{DESK}/lantern/find", data={"code": spaced(stored(number).code).lower()})
    page = found.headers["Location"]
    client.post(page, data={"step": "arrived"})
    arrived = client.get(page).text
    tap = dict(re.findall(r'name="(ref|kind|service|language)" value="([^"]*)"', arrived))
    client.post(f"/desk/{BUREAU}/log/lantern/", data=tap)
    told = client.post(page, data={"step": "arrived"}, follow_redirects=True).text

    assert page == f"{DESK}/lantern/{number}/"
    assert (stored(number).state, [row.language_tag for row in rows()]) == ("arrived", ["ar"])
    assert "Sara has marked this as arrived already" in told


def test_a_mistyped_code_an_unknown_one_and_anothers_are_told_apart_and_what_was_typed_stays(
    partners: dict[str, Organisation], client: FlaskClient, sara: Person
) -> None:
    theirs = stored(a_referral(organisation="pomegranate")).code
    sign_in_as(client, sara)

    answers = [client.post(f"{DESK}/lantern/find", data={"code": code}) for code in ("7777 7777", code_of(1), theirs)]

    words = ("A letter or a digit", "no slip of this bureau has it", "This slip is for pomegranate.")
    assert [answer.status_code for answer in answers] == [422] * 3
    assert [word in answer.text for word, answer in zip(words, answers, strict=True)] == [True] * 3
    assert 'value="7777 7777"' in answers[0].text


def test_open_referrals_stand_at_both_ends_overdue_ones_marked_and_nobody_elses(
    partners: dict[str, Organisation], client: FlaskClient
) -> None:
    a_referral(day=HERE - timedelta(days=2), service="legal", now=utcnow() - timedelta(days=4))
    a_referral(giver="pomegranate", organisation="pomegranate", now=utcnow())
    pages = {}
    for code in ("open-gate", "lantern"):
        sign_in_as(client, person(coordinates=[partners[code]]))
        pages[code] = client.get(f"{DESK}/{code}/").text

    assert [page.count("date has passed") for page in pages.values()] == [1, 1]
    assert ["pomegranate" in page for page in pages.values()] == [False, False]
    assert "None of our referrals is open." in pages["lantern"]


def test_another_organisations_referral_and_slip_are_not_found(
    partners: dict[str, Organisation], client: FlaskClient, sara: Person
) -> None:
    theirs, ours = a_referral(organisation="pomegranate"), a_referral()
    sign_in_as(client, sara)

    seen = [
        client.get(f"{DESK}/lantern/{number}/{page}").status_code for number in (theirs, ours) for page in ("", "slip")
    ]

    assert seen == [404, 404, 200, 404]


def test_the_table_of_referrals_has_no_code_and_no_formula(
    partners: dict[str, Organisation], client: FlaskClient
) -> None:
    number = a_referral(organisation=None, place="=municipality")
    sign_in_as(client, person(coordinates=[partners["open-gate"]]))

    text = client.get(f"{DESK}/open-gate/referrals.csv").data.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(f"{DESK}/open-gate/referrals.xlsx").data))

    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert ("'=municipality" in text, "'=municipality" in cells) == (True, True)
    assert stored(number).code not in text


def test_the_manager_reads_who_changed_what_and_of_no_entry_what_it_says(
    partners: dict[str, Organisation], client: FlaskClient, sara: Person
) -> None:
    entry = an_entry(day=HERE, service="legal")
    (counted,) = logged(entry, organisation="lantern", person_id=sara.id, now=utcnow())
    assert counted.entry_id is not None
    actions.take_back(
        BUREAU, counted.entry_id, reason="twice", scope=EVERY_ORGANISATION, person_id=sara.id, actor=str(sara.id),
        now=utcnow(),
    )  # fmt: skip
    a_referral(now=utcnow(), actor=str(sara.id))
    sign_in_as(client, person(manages=[a_bureau()]))

    page = client.get(f"/desk/{BUREAU}/place/log/changes").text

    told = (
        "An entry was taken back",
        "It was counted twice",
        "A referral was given",
        "Who has counted",
        "Sara",
        "lantern",
    )
    assert [words for words in told if words not in page] == []
    assert "legal" not in page
