"""Who is told of what planning does to sessions, and with what for their calendar."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.accounts.models import Person
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.notices.domain import kinds
from bureau.notices.models import Notice
from bureau.organisations.models import Organisation
from bureau.rotation import actions
from bureau.web.languages import writing_in
from tests.factories.accounts import person
from tests.factories.catalogue import a_service, words
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    DECEMBER,
    NOW,
    a_partner,
    a_proposal,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
    worker_row,
)


class House:
    """A bureau with two partners, a coordinator of each, a manager, and an open month."""

    def __init__(self) -> None:
        self.bureau = a_small_bureau()
        self.gate, self.well = a_partner(bureau=self.bureau), a_partner("good-well", self.bureau)
        self.mira, self.ivo = person(coordinates=[self.gate]), person(coordinates=[self.well])
        self.manager = person(manages=[self.bureau])
        self.worker = a_worker(self.gate)
        opened = an_open_round(self.bureau)
        an_offer(opened, [worker_row(self.worker.id)])
        self.round = to_phase(opened, "reviewing")

    def deed(self, *, by: Person, scope: Scope = EVERY_ORGANISATION) -> dict[str, Any]:
        """Who does it."""
        return {"scope": scope, "actor": str(by.id), "now": NOW}


@pytest.fixture
def house(session: Session) -> House:
    return House()


def told() -> list[tuple[int, str]]:
    """Who was told, and what, in English; the oldest first."""
    with writing_in("en"):
        return [(row.person_id, kinds.sentence(row.kind, row.values)) for row in rows()]


def rows() -> list[Notice]:
    return list(db.session.scalars(select(Notice).order_by(Notice.id)))


def calendar(row: Notice) -> list[tuple[str, int, bool]]:
    """The sessions that go with a notice: UID, sequence, whether they are gone."""
    return [(one["uid"], one["sequence"], one["cancelled"]) for one in row.calendar]


def scope_of(organisation: Organisation) -> Scope:
    return Scope(organisation.id)


def test_an_organisation_is_told_of_what_others_do_to_its_sessions_with_a_rising_sequence(house: House) -> None:
    row = a_session(house.round, house.worker)
    by_manager = house.deed(by=house.manager)

    actions.move_session("golden-river", row.id, to=slots_of(house.round)[4].id, version=row.version, **by_manager)
    actions.release_session("golden-river", row.id, reason="the heating is broken", version=row.version, **by_manager)

    there = "Tuesday 1 December, 15:00–17:00, desk-a"
    assert told() == [
        (house.mira.id, "open-gate has a new session: Tuesday 1 December, 10:00–12:00, desk-a."),
        (
            house.mira.id,
            f"The session of open-gate on Tuesday 1 December, 10:00–12:00 has moved to {there}.",
        ),
        (
            house.mira.id,
            "The session of open-gate on Tuesday 1 December, 15:00–17:00 was given back: the heating is broken",
        ),
    ]
    uid = row.uid
    assert [calendar(one) for one in rows()] == [[(uid, 1, False)], [(uid, 2, False)], [(uid, 3, True)]]
    assert [one.touches_at for one in rows()][1:] == [row.starts_at] * 2
    assert rows()[0].address == "/desk/golden-river/organisations/open-gate/my-month/?month=2026-12"


def test_what_an_organisation_does_itself_it_is_not_told_but_the_manager_is_of_what_it_gives_back(house: House) -> None:
    mine = house.deed(by=house.mira, scope=scope_of(house.gate))
    booked = actions.book_slot(
        "golden-river",
        slots_of(house.round)[0].id,
        worker_id=house.worker.id,
        services=["info"],
        languages=["en"],
        **mine,
    ).session_id

    actions.release_session("golden-river", booked, reason="ill", version=1, **mine)

    assert told() == [
        (house.manager.id, "The session of open-gate on Tuesday 1 December, 10:00–12:00 was given back: ill")
    ]
    assert (rows()[0].calendar, rows()[0].address) == ([], "/desk/golden-river/2026-12/")


def test_a_publication_is_told_to_those_whom_it_changes_with_their_sessions(house: House) -> None:
    row = a_session(house.round, house.worker)
    actions.publish_programme("golden-river", DECEMBER, actor="test", now=NOW)

    actions.release_session(
        "golden-river",
        row.id,
        reason="ill",
        version=row.version,
        **house.deed(by=house.mira, scope=scope_of(house.gate)),
    )
    actions.publish_programme("golden-river", DECEMBER, actor="test", now=NOW + timedelta(days=1))

    publications = [one for one in rows() if one.kind == "programme.published"]
    assert {one.person_id for one in publications} == {house.mira.id}
    with writing_in("en"):
        said = [kinds.sentence(one.kind, one.values) for one in publications]
    announced = "The programme for December 2026 is published\n1 session of open-gate is new or has changed:\n"
    assert said == [
        f"{announced}Tuesday 1 December, 10:00–12:00",
        f"{announced}Tuesday 1 December, 10:00–12:00: cancelled",
    ]
    assert [calendar(one) for one in publications] == [[(row.uid, 1, False)], [(row.uid, 2, True)]]


def test_a_plan_on_the_board_is_told_to_those_whom_it_changes_and_goes_into_no_calendar_yet(house: House) -> None:
    other = a_worker(house.well)
    stays = a_session(house.round, other)

    plan = a_proposal([(house.worker, "2026-12-02T10:00", "desk-a-1")])
    actions.accept_proposal("golden-river", plan, actor="test", now=NOW)

    plans = [one for one in rows() if one.kind == "proposal.accepted"]
    assert (stays.state, [(one.person_id, one.calendar) for one in plans]) == ("booked", [(house.mira.id, [])])
    with writing_in("en"):
        assert kinds.sentence(plans[0].kind, plans[0].values) == (
            "A plan for December 2026 is on the board\n"
            "1 session of open-gate is new or has changed:\nWednesday 2 December, 10:00–12:00"
        )


def test_a_sensitive_service_goes_into_calendars_under_its_neutral_name(house: House) -> None:
    a_service("safe", sensitivity="restricted", name=words("Help after violence"), neutral_name=words("Women’s hour"))

    a_session(house.round, a_worker(house.gate, "W2", services=("safe",)))

    (one,) = rows()
    assert one.calendar[0]["services"] == [{"en": "Women’s hour"}]
    assert "violence" not in str(one.calendar) + str(one.values)


def test_hours_keep_their_order_in_a_sentence_from_right_to_left(house: House) -> None:
    a_session(house.round, house.worker)

    with writing_in("ar"):
        (sentence,) = (kinds.sentence(row.kind, row.values) for row in rows())

    assert "\N{LEFT-TO-RIGHT ISOLATE}10:00–12:00\N{POP DIRECTIONAL ISOLATE}" in sentence
