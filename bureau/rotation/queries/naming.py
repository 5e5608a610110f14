"""Sessions of a plan in words: who, where and what, by today's names."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries as places
from bureau.rotation.domain.plan import Placement
from bureau.rotation.domain.replanning import NamedSession
from bureau.rotation.domain.round_facts import team_id
from bureau.rotation.models.reading import seats_of


def team_names(bureau: str, scope: Scope) -> Mapping[str, tuple[LocalisedText, str]]:
    """What the solver calls organisations and workers: the organisation's name, and the worker's label.

    The label is empty for an organisation, and for a worker of whom the scope knows no more than where from.
    """
    found = {one.code: (one.name, "") for one in places.organisations()}
    for worker in places.workers_at(places.get_bureau(bureau).id, EVERY_ORGANISATION):
        known = scope.organisation_id in (None, worker.organisation_id)
        found[team_id(worker.id)] = worker.organisation.name, worker.label if known else ""
    return found


class Naming:
    """The names that the sessions of a bureau's plan need, read once."""

    def __init__(self, bureau_id: int, placements: Iterable[Placement]) -> None:
        found = places.workers_by_id({one.worker_id for one in placements}, EVERY_ORGANISATION)
        self._workers = {row.id: row for row in found}
        self._seats = {one.code: one for one in seats_of(places.rooms(bureau_id))}
        self._services = {row.code: row.name for row in catalogue.services()}

    def name(self, one: Placement) -> NamedSession:
        """The session in words."""
        worker, seat = self._workers.get(one.worker_id), self._seats.get(one.seat)
        return NamedSession(
            starts=datetime.fromisoformat(one.block),
            room=seat.name if seat else LocalisedText(),
            seat=str(seat.number) if seat and seat.seats_in_room > 1 else "",
            organisation=worker.organisation.name if worker else LocalisedText(),
            worker=worker.label if worker else "",
            services=self._named(one.services),
        )

    def _named(self, services: Collection[str]) -> tuple[LocalisedText, ...]:
        return tuple(name for code, name in self._services.items() if code in services)
