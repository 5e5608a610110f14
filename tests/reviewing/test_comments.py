"""What is said about slots, and gaps that a meeting settles."""

import pytest
from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.notices.models import Notice
from bureau.reviewing import actions, queries
from bureau.rotation.domain.refusals import WrongPhase
from bureau.rotation.queries.board import said_of
from tests.factories.accounts import person
from tests.factories.rotation import a_demand
from tests.reviewing.conftest import Reviewed


def comment(reviewed: Reviewed, whose: int | None, words: str = "Could this be in the quiet room?") -> int:
    """Say something about open-gate's session."""
    return actions.write_comment(
        "golden-river", reviewed.sessions[0].slot_id, organisation_id=whose, person_id=person().id, words=words,
        now=reviewed.now,
    )  # fmt: skip


def test_a_comment_tells_the_organisation_whose_session_it_is_and_not_the_one_that_speaks(reviewed: Reviewed) -> None:
    owner = person(coordinates=[reviewed.gate])
    person(coordinates=[reviewed.well])

    comment(reviewed, reviewed.well.id)
    comment(reviewed, reviewed.gate.id, "We ask.")

    notices = db.session.execute(select(Notice.person_id, Notice.kind, Notice.address)).all()
    slot = reviewed.sessions[0].slot_id
    address = f"/desk/golden-river/slots/{slot}/comments?organisation=open-gate"
    assert [tuple(row) for row in notices] == [(owner.id, "slot_comment", address)]


def test_comments_are_counted_by_slot_and_settled_and_opened_again(reviewed: Reviewed) -> None:
    slot = reviewed.sessions[0].slot_id
    first = comment(reviewed, reviewed.well.id)
    comment(reviewed, None, "The quiet room is free.")

    actions.settle_comment("golden-river", first, outcome="carried", actor="manager", now=reviewed.now)
    assert sorted(said_of(slot)) == ["carried", "open"]
    assert [one.outcome for one in queries.comments_of(reviewed.round, now=reviewed.now)] == ["carried", "open"]

    actions.settle_comment("golden-river", first, outcome="open", actor="manager", now=reviewed.now)
    assert said_of(slot) == ("open", "open")


def test_nothing_is_said_before_there_is_a_plan_nor_about_another_bureaus_slots(reviewed: Reviewed) -> None:
    number = comment(reviewed, None)
    reviewed.to("declaring")

    with pytest.raises(WrongPhase):
        comment(reviewed, None)
    with pytest.raises(NotFound):
        actions.settle_comment("blue-hill", number, outcome="answered", actor="manager", now=reviewed.now)


def test_a_gap_is_settled_by_what_it_asks_for_and_opened_again(reviewed: Reviewed) -> None:
    a_demand(reviewed.bureau, "month", minimum=3, target=3)
    (item,) = queries.agenda(reviewed.round, now=reviewed.now).items
    settle = {"actor": "manager", "now": reviewed.now}

    actions.settle_gap("golden-river", reviewed.month, item.key, outcome="carried", **settle)
    assert [one.outcome for one in queries.agenda(reviewed.round, now=reviewed.now).items] == ["carried"]

    actions.settle_gap("golden-river", reviewed.month, item.key, outcome="answered", **settle)
    actions.settle_gap("golden-river", reviewed.month, item.key, outcome="open", **settle)
    assert [one.outcome for one in queries.agenda(reviewed.round, now=reviewed.now).items] == ["open"]
    with pytest.raises(NotFound):
        actions.settle_gap("golden-river", reviewed.month, "week|2026-W01||", outcome="carried", **settle)
