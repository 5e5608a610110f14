"""What happens to rounds by itself happens on the minute, and is written down only when it happens."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.database import db
from bureau.kernel.outbox import OutboxMail
from bureau.rotation import actions
from bureau.rotation.domain.rounds import Deadlines, RoundInfo
from bureau.rotation.jobs import ROUNDS_BY_DEADLINE
from bureau.rotation.queries import get_round
from bureau.scheduling.models import JobRun
from bureau.scheduling.runner import Runner
from tests.factories.accounts import person
from tests.factories.rotation import DECEMBER, NOW, a_partner, a_small_bureau, an_open_round

MINUTE = timedelta(minutes=1)


class Clockwork:
    """The scheduler with a clock that the test moves, minute by minute."""

    def __init__(self, app: Flask) -> None:
        self.now = NOW
        self._runner = Runner(app, [ROUNDS_BY_DEADLINE], clock=lambda: self.now)

    def pass_from(self, begin: datetime, *, minutes: int) -> Iterator[datetime]:
        """Every minute from ``begin`` on, after the scheduler has attended to the rounds."""
        for number in range(minutes):
            self.now = begin + number * MINUTE
            self._runner.renew()
            self._runner.attend(ROUNDS_BY_DEADLINE)
            yield self.now


@pytest.fixture
def clockwork(app: Flask, session: scoped_session[Session]) -> Clockwork:
    """The scheduler at work on this database."""
    return Clockwork(app)


def at_half_past(**more: bool) -> RoundInfo:
    """December, where declaring ends at half past something."""
    round_ = an_open_round()
    until = NOW.replace(hour=18, minute=30) + timedelta(days=9)
    deadlines = Deadlines(
        declaring_until=until, proposing_until=until + timedelta(days=3), reviewing_until=until + timedelta(days=6)
    )
    actions.set_deadlines(
        "golden-river", round_.id, deadlines, advances_itself=more.get("advances_itself", True),
        version=round_.version, actor="test", now=NOW,
    )  # fmt: skip
    return get_round("golden-river", DECEMBER)


def phase() -> str:
    """The phase December is in."""
    return get_round("golden-river", DECEMBER).phase


def runs() -> int:
    """How many runs are written down."""
    return db.session.scalar(select(func.count()).select_from(JobRun)) or 0


def test_a_phase_ends_in_the_minute_of_its_deadline(clockwork: Clockwork) -> None:
    until = at_half_past().deadlines.declaring_until

    phases = [phase() for _ in clockwork.pass_from(until - 2 * MINUTE, minutes=5)]

    assert phases == ["declaring", "declaring", "proposing", "proposing", "proposing"]


def test_only_a_minute_in_which_something_is_due_is_written_down(clockwork: Clockwork) -> None:
    until = at_half_past().deadlines.declaring_until
    quiet = [runs() for _ in clockwork.pass_from(NOW, minutes=30)]
    reminding = [runs() for _ in clockwork.pass_from(until - 30 * MINUTE, minutes=30)]

    advancing = [runs() for _ in clockwork.pass_from(until, minutes=30)]

    assert set(quiet) == {0}
    assert set(reminding) == {1}
    assert set(advancing) == {2}
    done = db.session.scalars(select(JobRun.result).order_by(JobRun.id)).all()
    assert done == ["0 advanced, 0 reminded", "1 advanced, 0 reminded"]


def test_a_deadline_that_is_set_anew_is_kept_too(clockwork: Clockwork) -> None:
    until = at_half_past().deadlines.declaring_until
    list(clockwork.pass_from(until, minutes=1))
    round_ = get_round("golden-river", DECEMBER)
    later = Deadlines(
        declaring_until=until + 5 * MINUTE, proposing_until=until + 9 * MINUTE, reviewing_until=until + 99 * MINUTE
    )
    actions.set_deadlines(
        "golden-river", round_.id, later, advances_itself=True, version=round_.version, actor="test", now=until
    )
    round_ = get_round("golden-river", DECEMBER)
    actions.change_phase(
        "golden-river", round_.id, "declaring", version=round_.version, actor="test", now=until + MINUTE
    )

    phases = [phase() for _ in clockwork.pass_from(until + 2 * MINUTE, minutes=9)]

    assert phases == ["declaring"] * 3 + ["proposing"] * 4 + ["reviewing"] * 2


def test_a_manager_who_goes_back_after_the_deadline_is_not_overruled(clockwork: Clockwork) -> None:
    until = at_half_past().deadlines.declaring_until
    list(clockwork.pass_from(until, minutes=1))
    round_ = get_round("golden-river", DECEMBER)
    actions.change_phase(
        "golden-river", round_.id, "declaring", version=round_.version, actor="test", now=until + MINUTE
    )

    phases = {phase() for _ in clockwork.pass_from(until + 2 * MINUTE, minutes=9)}

    assert phases == {"declaring"}


def test_a_round_that_waits_for_the_manager_leaves_no_trace(clockwork: Clockwork) -> None:
    until = at_half_past(advances_itself=False).deadlines.declaring_until

    phases = {phase() for _ in clockwork.pass_from(until, minutes=10)}

    assert (phases, runs()) == ({"declaring"}, 0)


def test_reminders_go_out_once_a_day_at_most_and_leave_one_run_a_day(clockwork: Clockwork) -> None:
    partner = a_partner(bureau=a_small_bureau())
    reader = person(coordinates=[partner])
    until = at_half_past().deadlines.declaring_until

    for days in (3, 2, 1):
        list(clockwork.pass_from(until - timedelta(days=days), minutes=3))

    mails = db.session.scalars(select(OutboxMail.to)).all()
    assert mails == [reader.email, reader.email]
    assert runs() == 3
