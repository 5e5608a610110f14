"""Unmet need and load become demand: what was proposed from the log is confirmed, and only then wanted."""

from collections.abc import Mapping
from datetime import datetime

from bureau.kernel.errors import Stale
from bureau.rotation.actions.demand import confirm_demand
from bureau.rotation.domain.demand import Confirmed, Source
from bureau.servicelog.domain.needs import Need, Needs
from bureau.servicelog.queries.needs import needs_at


def confirm_needs(
    bureau: str, chosen: Mapping[str, tuple[str, int]], *, person_id: int, actor: str, now: datetime
) -> int:
    """Want what was chosen: by each need's key, what was seen of it, and how many sessions. How many were confirmed.

    Stale where the log, or the demand, now says something else of one of them; then nothing is changed.
    """
    proposed = needs_at(bureau, now=now)
    by_key = {need.key: need for need in proposed.needs}
    if any(key not in by_key or by_key[key].seen != seen for key, (seen, _) in chosen.items()):
        raise Stale
    confirmed = [_confirmed(by_key[key], proposed, target) for key, (_, target) in chosen.items()]
    confirm_demand(bureau, confirmed, person_id=person_id, actor=actor, now=now)
    return len(confirmed)


def _confirmed(need: Need, proposed: Needs, target: int) -> Confirmed:
    source = Source(
        first=proposed.counted[0], last=proposed.counted[-1], helped=need.asked.helped, vain=need.asked.vain,
        minutes_held=need.asked.minutes, proposed=need.target,
    )  # fmt: skip
    wish = need.wish
    return Confirmed(
        service=need.service, language=need.language, per=need.per, target=target, source=source,
        demand_id=wish.demand_id if wish else None, version=wish.version if wish else 0,
    )  # fmt: skip
