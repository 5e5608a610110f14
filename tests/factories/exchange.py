"""A month in which sessions change hands."""

from bureau.kernel.database import Scope, db
from bureau.organisations.models import Worker
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, PlannedSession, Slot
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    a_partner,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
    worker_row,
)

PARTNERS = ("open-gate", "good-well", "long-road")


def a_month(*, partners: tuple[str, ...] = PARTNERS, offered: bool = True) -> tuple[RoundInfo, list[Worker]]:
    """December with three partners of one worker each, who offered every hour; slots can be booked."""
    bureau = a_small_bureau()
    numbers = [a_worker(a_partner(code, bureau), code).id for code in partners]
    db.session.commit()
    round_ = an_open_round(bureau)
    if offered:
        for number in numbers:
            an_offer(round_, [worker_row(number)], max_per_day=2)
    return to_phase(round_, "proposing"), [worker_row(number) for number in numbers]


def one_each(round_: RoundInfo, workers: list[Worker]) -> list[PlannedSession]:
    """A session for each worker at the desk, in the first slots of following days."""
    numbers = [worker.id for worker in workers]
    rows = [a_session(round_, worker_row(one), desk_slot(round_, place)).id for place, one in enumerate(numbers)]
    return [db.session.get_one(PlannedSession, one) for one in rows]


def desk_slot(round_: RoundInfo, day: int, hour: int = 0) -> Slot:
    """The desk's slot of the n-th open day and block."""
    slots = slots_of(round_, "desk-a")
    days = sorted({slot.day for slot in slots})
    return [slot for slot in slots if slot.day == days[day]][hour]


def same_time(round_: RoundInfo, day: int) -> Slot:
    """The slot of the quiet room at the hour of the desk's first slot of that day."""
    wanted = desk_slot(round_, day)
    return next(slot for slot in slots_of(round_, "quiet") if slot.starts_at == wanted.starts_at)


def own(worker: Worker) -> Scope:
    """What the worker's organisation may see."""
    return Scope(worker.organisation_id)


def live() -> dict[int, tuple[int, int]]:
    """Worker and slot of every live session, by its number."""
    db.session.expire_all()
    rows = db.session.query(PlannedSession).where(PlannedSession.state.in_(LIVE)).all()
    return {row.id: (row.worker_id, row.slot_id) for row in rows}
