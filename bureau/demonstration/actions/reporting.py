"""What became of the invented past: sessions that did not take place, figures that nobody logs, and the reports."""

from datetime import UTC, datetime, time, timedelta
from random import Random

from bureau.demonstration.domain import SEED
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import actions as reports
from bureau.reports.actions.indicators import take_usual_indicators
from bureau.reports.actions.noting import note_figures
from bureau.reports.queries.noted import noted_in
from bureau.rotation.actions.delivery import say_missed
from bureau.rotation.actions.rows import get_session
from bureau.rotation.domain.held import SessionOfMonth
from bureau.rotation.queries.held import sessions_of_months

from .sending import send_some_on

ACTOR = "flask demo load"
MOST_REPORTS = 15
"""So that a whole year is among them in spring, with what came before it."""
MISSED_SHARE = 0.05
REASONS = ("ill", "ill", "way", "mixup")
AUGUST = 8


def miss_some(bureau: str, month: Month, *, now: datetime) -> list[SessionOfMonth]:
    """Say of a few sessions of the month that they did not take place; the others, if there were any."""
    place = places.get_bureau(bureau)
    planned = sessions_of_months(place.id, [month], now=now, scope=EVERY_ORGANISATION)
    random = Random(f"{SEED}/{month}/missed")  # noqa: S311  (an invented past)
    over = [one for one in planned if one.held]
    missed = random.sample(over, k=round(MISSED_SHARE * len(over)))
    for one in missed:
        row = get_session(bureau, one.id, EVERY_ORGANISATION)
        because, version = random.choice(REASONS), row.version
        say_missed(
            bureau, one.id, because=because, words="", version=version, scope=EVERY_ORGANISATION, actor=ACTOR, now=now
        )
    return [one for one in over if one not in missed]


def report_the_past(bureau: str, month: Month, history: int, *, now: datetime) -> None:
    """Publish the reports of the months before, of a good year at most, with words drafted from their numbers."""
    take_usual_indicators(bureau, actor=ACTOR, now=now)
    partners = [one.code for one in places.partners(places.get_bureau(bureau).id)]
    for back in range(min(history, MOST_REPORTS), 0, -1):
        past = month.shifted(-back)
        later = min(now, datetime.combine(past.last + timedelta(days=4), time(18), UTC))
        send_some_on(bureau, past, partners)
        _note(bureau, past, now=later)
        reports.publish_report(bureau, str(past), actor=ACTOR, now=later)
        reports.draft_words(bureau, str(past), actor=ACTOR, now=later)


def _note(bureau: str, month: Month, *, now: datetime) -> None:
    """Events, mentions, and what people said on the way out; in August hardly anybody said anything."""
    random = Random(f"{SEED}/{month}/noted")  # noqa: S311  (an invented past)
    answers = 6 if month.number == AUGUST else random.randint(14, 41)
    numbers = {
        "events": random.randint(1, 5), "media": random.randint(0, 4), "feedback": answers,
        "satisfied": round(answers * random.uniform(0.78, 0.95)),
    }  # fmt: skip
    version = noted_in(places.get_bureau(bureau).id, str(month)).version
    note_figures(bureau, str(month), numbers, version=version, actor=ACTOR, now=now)
