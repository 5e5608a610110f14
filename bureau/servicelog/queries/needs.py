"""What the log of the last months says about the sessions to be planned."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import median

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.rotation.domain.held import SessionOfMonth, minutes_held
from bureau.rotation.queries.demand import demand, sources_of
from bureau.rotation.queries.held import sessions_of_months
from bureau.servicelog.domain.needs import Kind, Needs, Pair, Wish, asked_of, months_before, needs_of
from bureau.servicelog.domain.telling import Line

from .figures import lines_of

USUAL_MINUTES = 120
PERIODS = ("week", "month")


def needs_at(bureau: str, *, now: datetime) -> Needs:
    """What should be wished otherwise than it is, from the months that are over."""
    place = places.get_bureau(bureau)
    months = months_before(Month.of(local_date(now, place.timezone)))
    lines = lines_of(place.id, months, scope=EVERY_ORGANISATION)
    counted = tuple(month for month in months if any(line.month == month for line in lines))
    sessions = sessions_of_months(place.id, counted, now=now, scope=EVERY_ORGANISATION)
    asked = asked_of(_summed(lines, ("consultation", "group")), _summed(lines, ("unmet",)), minutes_held(sessions))
    found = needs_of(asked, _wishes(place.id), _kinds(), counted, session_minutes=_session_minutes(sessions))
    return Needs(months=months, counted=counted, needs=tuple(found))


def _summed(lines: Sequence[Line], kinds: Sequence[str]) -> Counter[Pair]:
    numbers: Counter[Pair] = Counter()
    for line in lines:
        if line.kind in kinds:
            numbers[line.service, line.language] += line.number
    return numbers


def _wishes(bureau_id: int) -> list[Wish]:
    settled = {number: told.source.last for number, told in sources_of(bureau_id).items()}
    return [
        Wish(
            demand_id=row.id, version=row.version, service=row.service.code, language=row.language_tag, per=row.per,
            minimum=row.minimum, target=row.target, settled=settled.get(row.id),
        )
        for row in demand(bureau_id)
        if row.service is not None and row.language_tag is not None and row.per in PERIODS
    ]  # fmt: skip


def _kinds() -> dict[str, Kind]:
    return {
        row.code: Kind(minutes=row.minutes, group=row.mode == "group", places=row.places)
        for row in catalogue.services()
    }


def _session_minutes(sessions: Sequence[SessionOfMonth]) -> int:
    lengths = [one.minutes for one in sessions if one.held]
    return round(median(lengths)) if lengths else USUAL_MINUTES
