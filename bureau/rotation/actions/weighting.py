"""Choosing what a bureau weighs its plans by."""

from datetime import datetime

from bureau.kernel import rows
from bureau.kernel.audit import record
from bureau.kernel.database import transaction
from bureau.kernel.errors import Stale
from bureau.organisations.queries import get_bureau
from bureau.rotation.domain.weights import TERMS, USUAL, Weights, ensure_weights
from bureau.rotation.models import Weighting
from bureau.rotation.queries.weighting import find_weighting


def set_weights(bureau: str, weights: Weights, *, version: int, actor: str, now: datetime) -> None:
    """Weigh by these numbers from now on; proposals that were made keep theirs. ``version`` is the one that the person
    saw, 0 where nobody had chosen any (Stale, Invalid).
    """
    ensure_weights(weights)
    columns = {term: weights[term] for term in TERMS}
    with transaction():
        place = get_bureau(bureau)
        row = find_weighting(place.id)
        if row is None:
            if version:
                raise Stale
            rows.add(Weighting(bureau_id=place.id, **columns), otherwise=Stale())
            changed = {term: number for term, number in columns.items() if number != USUAL[term]}
            difference = {"before": {term: USUAL[term] for term in changed}, "after": changed}
        else:
            difference = rows.change(row, version, columns)
        record("weights.changed", f"bureau:{bureau}", actor=actor, now=now, **difference)
