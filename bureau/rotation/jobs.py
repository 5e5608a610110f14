"""What happens to rounds by itself: phases end at their deadline, and who has not answered is reminded."""

from datetime import datetime

from bureau.kernel.clock import local_date
from bureau.kernel.jobs import Job

from .actions.offers import remind_missing
from .actions.rounds import advance_by_deadline
from .domain.rounds import RoundInfo, reminder_due
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
    today = local_date(now, round_.timezone)
    occasion = reminder_due(round_.phase, round_.deadlines, today=today, timezone=round_.timezone, now=now)
    if occasion is None:
        return 0
    return remind_missing(round_.bureau, str(round_.month), actor=ACTOR, now=now, occasion=occasion)


ROUNDS_BY_DEADLINE = Job(
    name="rounds-by-deadline",
    every_seconds=300,
    period_of=lambda now: f"{now:%Y-%m-%dT%H}",
    run=advance_and_remind,
)
