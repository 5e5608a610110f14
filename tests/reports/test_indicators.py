"""Numbers under the codes by which donors ask for them: only such as the report tells, in an order of one's own."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Invalid, Stale
from bureau.kernel.localised import LocalisedText
from bureau.reports.actions import indicators as actions
from bureau.reports.domain.dimensions import flat
from bureau.reports.domain.indicators import IndicatorUnplanned, ensure_told, part_of
from bureau.reports.domain.plan import default_plan
from bureau.reports.queries.frames import frame_of
from bureau.reports.queries.indicators import indicators_of
from tests.factories.accounts import manager_browser
from tests.factories.catalogue import a_language
from tests.factories.organisations import a_bureau
from tests.reports.standing import LAST, THEN, a_published_report
from tests.web.deleting import delete

PAGE = "/desk/golden-river/reports/indicators"
BY = {"actor": "1", "now": utcnow()}


@pytest.fixture
def desk(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A manager's browser."""
    a_language("ar")
    return manager_browser(client, a_bureau())


def codes() -> list[str]:
    return [one.code for one in indicators_of(a_bureau().id)]


def an_indicator(code: str = "A.1", **at: str) -> int:
    columns = {
        "code": code,
        "donor": "AMIF",
        "name": LocalisedText({"bg": code}),
        "at": {"measure": "consultations", **at},
    }
    actions.add_indicator("golden-river", columns, **BY)
    return next(one.id for one in indicators_of(a_bureau().id) if one.code == code)


def test_a_cell_is_named_by_what_is_counted_and_one_code() -> None:
    plan = default_plan(2026, "rounding")
    dimensions = {"LANGUAGE": flat("LANGUAGE", ["ar"]), "ARRIVAL": flat("ARRIVAL", ["arrived"])}

    assert ensure_told(plan, dimensions, "consultations", "") == {"measure": "consultations"}
    assert ensure_told(plan, dimensions, "consultations", "LANGUAGE=ar") == {
        "measure": "consultations",
        "language": "ar",
    }
    assert part_of({"measure": "consultations", "language": "ar"}) == "LANGUAGE=ar"
    for measure, part in (("referrals", "LANGUAGE=ar"), ("consultations", "LANGUAGE=xx"), ("people", "")):
        with pytest.raises(IndicatorUnplanned):
            ensure_told(plan, dimensions, measure, part)


def test_an_indicator_is_added_changed_and_deleted(desk: FlaskClient) -> None:
    sent = {
        "code": "O.2.3", "donor": "AMIF", "name-bg": "Консултации", "name-en": "", "measure": "consultations",
        "part": "LANGUAGE=ar", "version": "0",
    }  # fmt: skip
    added = desk.post(f"{PAGE}/new", data=sent)
    (row,) = indicators_of(a_bureau().id)
    at, number, version = row.at, row.id, row.version
    changed = desk.post(f"{PAGE}/{number}", data={**sent, "code": "O.9", "part": "", "version": str(version)})
    late = desk.post(f"{PAGE}/{number}", data={**sent, "code": "O.8", "version": str(version)})

    assert (added.status_code, changed.status_code, late.status_code) == (303, 303, 422)
    assert at == {"measure": "consultations", "language": "ar"}
    assert codes() == ["O.9"]
    assert delete(desk, f"{PAGE}/{number}/delete").status_code == 303
    assert codes() == []


def test_a_number_that_no_table_tells_is_refused_beside_its_field(desk: FlaskClient) -> None:
    sent = {
        "code": "R",
        "donor": "AMIF",
        "name-bg": "Насочвания",
        "measure": "referrals",
        "part": "LANGUAGE=ar",
        "version": "0",
    }

    answer = desk.post(f"{PAGE}/new", data=sent)

    assert answer.status_code == 422
    assert "The monthly report does not tell this number" in answer.text
    assert codes() == []


def test_a_code_stands_once(desk: FlaskClient) -> None:
    an_indicator("A.1")
    second = an_indicator("A.2")

    with pytest.raises(Invalid):
        an_indicator("A.1")
    with pytest.raises(Invalid):
        actions.edit_indicator("golden-river", second, 1, {"code": "A.1"}, **BY)
    with pytest.raises(Stale):
        actions.edit_indicator("golden-river", second, 7, {"code": "A.3"}, **BY)


def test_they_stand_in_the_order_that_the_manager_gives_them_in_the_report_too(desk: FlaskClient) -> None:
    first, _, third = (an_indicator(code) for code in ("A", "B", "C"))

    desk.post(f"{PAGE}/{third}/move", data={"way": "up"})
    desk.post(f"{PAGE}/{third}/move", data={"way": "up"})
    desk.post(f"{PAGE}/{third}/move", data={"way": "up"})
    desk.post(f"{PAGE}/{first}/move", data={"way": "down"})

    assert codes() == ["C", "B", "A"]
    assert [one["code"] for one in frame_of("golden-river", LAST, on=THEN.date())["indicators"]] == ["C", "B", "A"]


def test_a_bureau_without_any_may_begin_with_the_usual_ones_named_in_its_languages(desk: FlaskClient) -> None:
    offered = desk.get(PAGE).text
    desk.post(f"{PAGE}/usual")
    found = indicators_of(a_bureau().id)
    desk.post(f"{PAGE}/usual")

    assert "Begin with the usual ones" in offered
    assert len(codes()) == len(found) == 5
    assert set(found[0].name.texts) == {"bg", "en"}
    assert found[0].at == {"measure": "consultations"}


def test_the_list_says_what_each_was_in_the_last_report(app: Flask, desk: FlaskClient) -> None:
    an_indicator("A")
    an_indicator("B", language="xx")
    a_published_report(app)

    page = desk.get(PAGE).text

    assert f'data-at="{LAST}/consultations"' in page
    assert "A dash means that the last report does not tell this number" in page
