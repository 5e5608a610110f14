"""`flask round`: what the manager does in the browser."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from bureau.rotation import actions
from bureau.rotation.models import Proposal
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_proposal, a_small_bureau, an_offer, an_open_round, to_phase

AHEAD = Month.of(utcnow().date()).shifted(2)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(("words", "weeks"), [((), 0), (("--everywhere",), 4)], ids=["what broke", "the whole month"])
def test_a_month_with_a_plan_is_planned_again_where_the_manager_says(
    app: Flask, session: Session, words: tuple[str, ...], weeks: int
) -> None:
    bureau = a_small_bureau()
    worker = a_worker(a_partner(bureau=bureau))
    a_demand(bureau, "week")
    round_ = an_open_round(bureau, str(AHEAD), now=utcnow())
    an_offer(round_, [worker])
    to_phase(round_, "proposing")
    tuesday = next(day for day in AHEAD.days() if day.isoweekday() == 2)
    first = a_proposal([(worker, f"{tuesday}T10:00", "desk-a-1")], month=str(AHEAD), now=utcnow())
    actions.accept_proposal("golden-river", first, actor="test", now=utcnow())

    result = app.test_cli_runner().invoke(
        args=["round", "propose", "golden-river", str(AHEAD), "--seconds", "1", *words]
    )

    made = session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()
    assert (result.exit_code, result.output[:10]) == (0, "Proposal 2")
    assert len({one["week"] for one in made.problem["replan"]}) >= weeks
    assert bool(made.problem["replan"]) == bool(weeks)
