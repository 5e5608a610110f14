"""What happens to rounds by itself: phases end at their deadline, and who has not answered is reminded."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from bureau.kernel.clock import local_date
from bureau.kernel.jobs import Job

from .actions.delivery import mark_held
from .actions.offers import remind_missing
from .actions.proposals import take_up
from .actions.rounds import advance_by_deadline
from .domain.rounds import RoundInfo, phase_after_deadline, reminder_due
from .queries.delivery import over_and_booked
from .queries.proposals import silent_runs
from .queries.rounds import rounds_with_deadlines

ACTOR = "scheduler"


def advance_and_remind(now: datetime) -> str:
    """Advance every round whose time is up; remind before declaring ends. Running it again changes nothing."""
    advanced = reminded = 0
    for round_ in rounds_with_deadlines():
        advanced += advance_by_deadline(round_.bureau, round_.id, actor=ACTOR, now=now) is not None
        reminded += _remind(round_, now=now)
    return f"{advanced} advanced, {reminded} reminded"


def _remind(round_: RoundInfo, *, now: datetime) -> int:
    occasion = _occasion(round_, now=now)
    if occasion is None:
        return 0
    return remind_missing(round_.bureau, str(round_.month), actor=ACTOR, now=now, occasion=occasion)


def _occasion(round_: RoundInfo, *, now: datetime) -> str | None:
    today = local_date(now, round_.timezone)
    return reminder_due(round_.phase, round_.deadlines, today=today, timezone=round_.timezone, now=now)


def what_is_due(now: datetime) -> str:
    """A period of its own for each set of deadlines and reminders that are due, new every day; none where nothing is.

    It is asked every minute, so that a phase ends on the minute, and yet a run is written down only when there is one.
    """
    due = [mark for round_ in rounds_with_deadlines() for mark in _due(round_, now=now)]
    return f"{now:%Y-%m-%d} {sha256(' '.join(due).encode()).hexdigest()[:12]}" if due else ""


def _due(round_: RoundInfo, *, now: datetime) -> Iterator[str]:
    """What would be done for the round now; the version stands for a deadline or phase that was set anew."""
    following = phase_after_deadline(round_.phase, round_.deadlines, now=now) if round_.advances_itself else None
    for what in (following, _occasion(round_, now=now)):
        if what is not None:
            yield f"{round_.id}/{round_.version}/{what}"


ROUNDS_BY_DEADLINE = Job(
    name="rounds-by-deadline",
    every_seconds=60,
    period_of=what_is_due,
    run=advance_and_remind,
)


def interrupted(now: datetime) -> str:
    """A period of its own for each attempt at each run that fell silent; none where every run is heard."""
    return " ".join(f"{run}/{attempt}" for run, attempt in silent_runs(now=now))


def take_up_interrupted(now: datetime) -> str:
    """Let runs of the solver go on that were cut off, as by a restart of the machine."""
    taken = sum(take_up(run, now=now) for run, _ in silent_runs(now=now))
    return f"{taken} taken up"


INTERRUPTED_RUNS = Job(
    name="interrupted-runs",
    every_seconds=10,
    period_of=interrupted,
    run=take_up_interrupted,
)


def over_now(now: datetime) -> str:
    """A period of its own for each set of sessions that are over and not marked yet; none where there are none."""
    numbers = over_and_booked(now)
    return f"{now:%Y-%m-%d} {sha256(repr(numbers).encode()).hexdigest()[:12]}" if numbers else ""


def mark_what_is_over(now: datetime) -> str:
    """What is over took place, unless somebody says otherwise."""
    return f"{mark_held(actor=ACTOR, now=now)} held"


SESSIONS_OVER = Job(
    name="sessions-over",
    every_seconds=60,
    period_of=over_now,
    run=mark_what_is_over,
)
