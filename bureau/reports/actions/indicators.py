"""Numbers that donors ask for: added, changed, put in order, deleted. They go into the next report, not into old ones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bureau.kernel import audit
from bureau.kernel.database import transaction
from bureau.kernel.errors import Invalid
from bureau.kernel.localised import LocalisedText
from bureau.kernel.rows import add, change, remove
from bureau.organisations import queries as places
from bureau.reports.domain.indicators import USUAL
from bureau.reports.models import Indicator
from bureau.reports.queries.indicators import get_indicator, indicators_of, last_position
from bureau.reports.site.names import labels_in


def add_indicator(bureau: str, columns: Mapping[str, Any], *, actor: str, now: datetime) -> None:
    """Add one behind the others."""
    with transaction():
        place = places.hold_bureau(bureau)
        row = _add(place.id, columns)
        _note(bureau, "report.indicator_added", row.id, actor, now)


def _add(bureau_id: int, columns: Mapping[str, Any]) -> Indicator:
    row = Indicator(bureau_id=bureau_id, position=last_position(bureau_id) + 1, **columns)
    add(row, otherwise=_taken(columns))
    return row


def _taken(columns: Mapping[str, Any]) -> Invalid:
    return Invalid(field="code", reason="taken", value=columns["code"])


def edit_indicator(
    bureau: str, indicator_id: int, version: int, columns: dict[str, Any], *, actor: str, now: datetime
) -> None:
    """Change one (Stale)."""
    with transaction():
        place = places.hold_bureau(bureau)
        row = get_indicator(place.id, indicator_id)
        if any(one.code == columns["code"] and one.id != row.id for one in indicators_of(place.id)):
            raise _taken(columns)
        told = change(row, version, columns)
        audit.record("report.indicator_edited", _thing(bureau, row.id), actor=actor, now=now, **told)


def delete_indicator(bureau: str, indicator_id: int, *, version: int, actor: str, now: datetime) -> None:
    """Delete one (Stale)."""
    with transaction():
        row = get_indicator(places.hold_bureau(bureau).id, indicator_id)
        remove(row, version)
        _note(bureau, "report.indicator_deleted", indicator_id, actor, now)


def move_indicator(bureau: str, indicator_id: int, *, up: bool, actor: str, now: datetime) -> None:
    """Let one change places with the one above it, or below it."""
    with transaction():
        place = places.hold_bureau(bureau)
        row, order = get_indicator(place.id, indicator_id), indicators_of(place.id)
        at = order.index(row)
        to = min(max(0, at - 1 if up else at + 1), len(order) - 1)
        order.insert(to, order.pop(at))
        for position, one in enumerate(order, start=1):
            one.position = position
        _note(bureau, "report.indicator_moved", row.id, actor, now)


def take_usual_indicators(bureau: str, *, actor: str, now: datetime) -> None:
    """Begin with the usual ones, named in the bureau's languages; a bureau that has any keeps what it has."""
    with transaction():
        place = places.hold_bureau(bureau)
        if indicators_of(place.id):
            return
        labels = labels_in(place.languages)
        for one in USUAL:
            name = LocalisedText().edited(labels["MEASURE", one.measure], source=place.languages[0])
            row = _add(place.id, {"code": one.code, "donor": one.donor, "name": name, "at": {"measure": one.measure}})
            _note(bureau, "report.indicator_added", row.id, actor, now)


def _note(bureau: str, what: str, indicator_id: int, actor: str, now: datetime) -> None:
    audit.record(what, _thing(bureau, indicator_id), actor=actor, now=now)


def _thing(bureau: str, indicator_id: int) -> str:
    """Its number: in an audit that never forgets, its code and name stand only where they changed."""
    return f"report_indicator:{bureau}/{indicator_id}"
