"""People who were sent on: in the months before, and to sessions that are still to come."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from random import Random

from bureau.accounts import queries as people
from bureau.demonstration.domain import SEED
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog import actions as servicelog
from bureau.servicelog.domain.referrals import Onward
from bureau.servicelog.queries.referrals import programmes_from_now

ACTOR = "flask demo load"
ARRIVED_SHARE = 0.65


def person_of(organisation: str) -> int:
    """The number of the coordinator of an organisation."""
    person = people.find_person(f"{organisation}@golden-river.example")
    if person is None:
        raise NotFound
    return person.id


def send_some_on(bureau: str, month: Month, partners: Collection[str]) -> None:
    """Send people from one partner to the next all through a month; most of them arrived on the day."""
    random = Random(f"{SEED}/{month}/referrals")  # noqa: S311  (an invented past)
    if len(partners) < 2:
        return
    days = sorted(random.choices(list(month.days()), k=random.randint(14, 34)))
    for day in days:
        giver, receiver = random.sample(sorted(partners), 2)
        said = datetime.combine(day, time(14), UTC)
        onward = Onward(
            organisation=receiver, service="info", language=random.choice(("ar", "uk", "fa", "en")), day=day
        )
        given = _refer(bureau, giver, onward, now=said)
        if random.random() < ARRIVED_SHARE:
            later = said + timedelta(hours=1)
            servicelog.mark_arrived(bureau, given, scope=EVERY_ORGANISATION, actor=ACTOR, now=later)


REFERRALS = 8
"""So many people were sent to sessions that are still to come; one of them has arrived."""


def refer_some(bureau: str, *, now: datetime) -> None:
    """Send some people on: to the sessions to come, to one that is past and nobody came, and to a place outside."""
    place = places.get_bureau(bureau)
    sessions = [
        one
        for document in programmes_from_now(bureau, place.timezone, now=now)
        for one in document.sessions
        if one.starts_at > now and not one.cancelled and one.services and one.languages
    ]
    partners = [one.code for one in places.partners(place.id)]
    for number, one in enumerate(sessions[:: max(1, len(sessions) // REFERRALS)][:REFERRALS]):
        onward = Onward(
            organisation=one.organisation,
            service=one.services[0],
            language=one.languages[-1],
            day=one.day,
            time=one.starts,
        )
        given = _refer(bureau, partners[-1 - number % len(partners)], onward, now=now)
        if number == 0:
            servicelog.mark_arrived(bureau, given, scope=EVERY_ORGANISATION, actor=ACTOR, now=now)
    before = now - timedelta(days=6)
    missed = Onward(organisation=partners[1], service="info", language="ar", day=(now - timedelta(days=2)).date())
    _refer(bureau, partners[0], missed, now=before)
    _refer(bureau, partners[0], Onward(place="Агенция по заетостта", language="uk"), now=before)


def _refer(bureau: str, giver: str, onward: Onward, *, now: datetime) -> int:
    return servicelog.give_referral(
        bureau, giver, onward, code=servicelog.new_code(), scope=EVERY_ORGANISATION, person_id=person_of(giver),
        actor=ACTOR, now=now,
    )  # fmt: skip
