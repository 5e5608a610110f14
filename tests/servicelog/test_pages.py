"""The pages of the log: what a tap counts, who sees what, corrections, signing off."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.month import Month
from bureau.organisations.models import Organisation
from bureau.servicelog.actions import close_month
from bureau.servicelog.domain.figures import Counted, figures_of
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import a_logging_bureau, an_entry, logged, rows, total
from tests.web.counting import queries_of

LOG = "/desk/golden-river/log"
TODAY = local_date(utcnow(), "Europe/Sofia")
MONTH = Month.of(TODAY)


@pytest.fixture
def gate(session: scoped_session[Session], client: FlaskClient) -> Organisation:
    """Open-gate, whose worker looks."""
    gate, _ = a_logging_bureau("open-gate", "lantern")
    sign_in_as(client, person(works_for=[gate]))
    return gate


def of_today(organisation: str = "open-gate", **values: object) -> int:
    """The number of an entry of today."""
    (made,) = logged(an_entry(day=TODAY, **values), organisation=organisation, now=utcnow())
    assert made.entry_id is not None
    return made.entry_id


def test_a_tap_without_a_script_counts_once_and_can_be_undone(gate: Organisation, client: FlaskClient) -> None:
    sheet = client.get("/desk/golden-river/today/for/open-gate/").text
    ref = re.search(r'name="ref" value="([^"]+)"', sheet)
    assert ref is not None
    tap = {"ref": ref[1], "service": "info", "language": "ar", "kind": "consultation"}

    answers = [client.post(f"{LOG}/open-gate/", data=tap) for _ in range(2)]
    after = client.get(answers[0].headers["Location"]).text
    one = total()
    client.post(f"{LOG}/open-gate/undo", data={"ref": ref[1]})

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Counted: info" in after
    assert (one, total()) == (1, 0)


def test_the_month_shows_ones_own_entries_and_nobody_elses(gate: Organisation, client: FlaskClient) -> None:
    of_today()
    of_today("lantern", service="legal")

    own = client.get(f"{LOG}/open-gate/{MONTH}/")
    others = client.get(f"{LOG}/lantern/{MONTH}/")

    assert (own.status_code, own.text.count("Correct it<span")) == (200, 1)
    assert others.status_code == 403


def test_an_entry_of_another_organisation_is_not_found(gate: Organisation, client: FlaskClient) -> None:
    theirs = of_today("lantern")

    assert client.get(f"{LOG}/open-gate/entries/{theirs}").status_code == 404


def test_an_entry_is_corrected_with_a_reason_and_keeps_what_was_typed_when_refused(
    gate: Organisation, client: FlaskClient
) -> None:
    address = f"{LOG}/open-gate/entries/{of_today()}"
    right = {"service": "legal", "language": "ar", "sex": "f", "reason": "mistake", "step": "correct"}

    refused = client.post(address, data={**right, "reason": "because"})
    done = client.post(address, data=right)

    assert (refused.status_code, 'value="legal" selected' in refused.text) == (422, True)
    assert done.status_code == 303
    assert [(row.number, row.language_tag) for row in rows()] == [(1, "en"), (-1, "en"), (1, "ar")]


def test_what_was_done_with_an_entry_is_read_from_each_of_its_rows(gate: Organisation, client: FlaskClient) -> None:
    first = of_today()
    right = {"service": "legal", "language": "ar", "reason": "mistake", "step": "correct"}
    client.post(f"{LOG}/open-gate/entries/{first}", data=right)
    client.post(f"{LOG}/open-gate/entries/{rows()[-1].id}", data={"reason": "twice", "step": "take_back"})

    month = client.get(f"{LOG}/open-gate/{MONTH}/").text
    pages = [client.get(f"{LOG}/open-gate/entries/{row.id}").text for row in rows() if row.number > 0]

    assert month.count("Open it<span") == 2
    assert "Something in it is wrong" in month
    for page in pages:
        told = [page.index(words) for words in (">Counted<", "An entry was corrected", "An entry was taken back")]
        assert told == sorted(told)
        assert 'name="step"' not in page  # it counts no more, so that there is nothing to correct


def test_a_correction_in_a_closed_month_says_where_it_counts(gate: Organisation, client: FlaskClient) -> None:
    month = MONTH.shifted(-1)
    (late,) = logged(an_entry(day=month.first), now=utcnow())
    close_month("golden-river", str(month), actor="test", now=utcnow())

    address = f"{LOG}/open-gate/entries/{late.entry_id}"
    told = client.post(address, data={"reason": "twice", "step": "take_back"}, follow_redirects=True).text

    assert "The month of this day is closed already. It counts in" in told


def test_a_month_that_is_over_is_signed_off_and_the_word_taken_back(gate: Organisation, client: FlaskClient) -> None:
    month = MONTH.shifted(-1)
    logged(an_entry(day=month.first), now=utcnow())
    page = f"{LOG}/open-gate/{month}/"

    before = client.get(page).text
    client.post(f"{page}sign-off", data={"step": "sign"})
    signed = client.get(page).text
    client.post(f"{page}sign-off", data={"step": "withdraw"})

    assert "This month is complete" in before
    assert "You have said that this month is complete." in signed
    assert "This month is complete" in client.get(page).text


def test_the_front_desk_counts_for_everybody_and_plans_nothing(gate: Organisation, client: FlaskClient) -> None:
    sign_in_as(client, person(receives=[a_bureau("golden-river")]))

    counts = client.post(f"{LOG}/lantern/", data={"ref": "a", "service": "info", "language": "en"})
    board = client.get(f"/desk/golden-river/{MONTH}/board")

    assert (counts.status_code, total()) == (303, 1)
    assert board.status_code == 403


def test_a_manager_sees_no_entries_but_those_of_an_organisation_that_they_work_for(
    gate: Organisation, client: FlaskClient
) -> None:
    of_today("lantern")
    pages = ("today/", "today/for/{}/", "log/", f"log/{{}}/{MONTH}/", "referrals/", "referrals/{}/")

    def come(**ties: object) -> dict[str, set[int]]:
        sign_in_as(client, person(manages=[a_bureau("golden-river")], **ties))
        return {
            code: {client.get(f"/desk/golden-river/{page.format(code)}").status_code for page in pages}
            for code in ("open-gate", "lantern")
        }

    assert come() == {"open-gate": {403}, "lantern": {403}}
    assert come(coordinates=[gate]) == {"open-gate": {200, 303}, "lantern": {200, 303, 403}}


def test_the_sheet_of_an_organisation_lists_nobody_elses_entries_whoever_looks(
    gate: Organisation, client: FlaskClient
) -> None:
    of_today(service="info")
    of_today("lantern", service="legal")
    sign_in_as(client, person(receives=[a_bureau("golden-river")]))

    listed = client.get("/desk/golden-river/today/for/open-gate/").text.partition('class="log"')[2]

    assert ("<span>info</span>" in listed, "<span>legal</span>" in listed) == (True, False)


def test_the_page_of_a_month_asks_as_often_for_many_entries_as_for_few(gate: Organisation, client: FlaskClient) -> None:
    of_today()
    with queries_of(".*") as few:
        client.get(f"{LOG}/open-gate/{MONTH}/")
    for number in range(8):
        of_today(language=("en", "ar")[number % 2], service=("info", "legal")[number % 2])
    with queries_of(".*") as many:
        client.get(f"{LOG}/open-gate/{MONTH}/")

    assert len(many) == len(few)


def test_figures_leave_out_what_was_wholly_taken_back() -> None:
    def one(service: str, number: int, kind: str = "consultation") -> Counted:
        return Counted(organisation="open-gate", service=service, language="en", kind=kind, number=number)

    figures = figures_of(
        [one("info", 3), one("legal", 1), one("legal", -1), one("class", 17, "group"), one("info", 2, "unmet")]
    )

    assert list(figures.services) == ["info", "class"]
    assert (figures.total.consultation, figures.total.group, figures.total.unmet) == (3, 17, 2)
    assert figures.unmet == (("info", "en", 2),)


def test_an_entry_of_long_ago_is_refused_in_words(gate: Organisation, client: FlaskClient) -> None:
    day = (TODAY - timedelta(days=500)).isoformat()

    client.post(f"{LOG}/open-gate/", data={"ref": "a", "service": "info", "language": "en", "day": day})
    page = client.get("/desk/golden-river/today/for/open-gate/").text

    assert "This day is too long ago to be counted." in page
    assert rows() == []
