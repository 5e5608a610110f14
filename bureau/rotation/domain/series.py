"""Sessions that come again every week: which days they fall on, and what stands in the way on each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month

from .board import Seat
from .booking import Limits, Presence, ensure_qualified, ensure_room_fits, ensure_within_limits
from .offers import NamedService, OrganisationInfo, SpokenLanguage, WorkerChoice
from .refusals import (
    PartnerLeft,
    SeatGone,
    SeriesEndsEarly,
    SlotClosed,
    SlotTaken,
    UnknownBlock,
    UnknownWorker,
    WorkerBusy,
    WrongPhase,
)
from .round_facts import iso_week
from .rounds import BOOKABLE, Block


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesInfo:
    """A worker at one seat on one weekday (1 is Monday) and hour. ``worker`` is for its organisation and the manager."""

    id: int
    organisation: OrganisationInfo
    worker_id: int
    worker: str
    seat: Seat
    weekday: int
    starts: time
    valid_from: date
    valid_until: date | None
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]
    exceptions: Mapping[date, str]
    version: int

    def days_in(self, month: Month) -> Iterator[date]:
        """Its days in a month, exceptions included."""
        last = self.valid_until or date.max
        return (day for day in month.days() if day.isoweekday() == self.weekday and self.valid_from <= day <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesGround:
    """The series' slot of one day. ``used``: its room is in use and has that many seats."""

    slot_id: int
    block: Block
    used: bool
    closed: bool
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a series meets in the months that are open: their phases, its slots, and who is where."""

    phases: Mapping[Month, str]
    grounds: Mapping[date, SeriesGround]
    closures: Mapping[date, LocalisedText]
    seat_there: bool
    worker: WorkerChoice | None
    partner: bool
    limits: Mapping[Month, Limits]
    own: Mapping[str, tuple[int, str, date]]
    """Its session of each week with state and day: somebody may have moved it within the week."""
    theirs: Mapping[date, int] = field(default_factory=dict)
    """Single sessions of the worker at that hour, at whatever seat: they are as good as its own."""
    present: tuple[Presence, ...] = ()
    busy: tuple[Presence, ...] = ()
    now: datetime
    today: date
    """The day at the bureau."""
    opening: bool = False
    """Whether the months are being opened: what comes every week is there before anybody may book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDay:
    """One day of a series. ``state``: ``booked``, ``held``, ``missed``, ``excepted``, ``closure``, ``refused`` (``why``)
    or ``free``, where nothing stands in the way.
    """

    day: date
    state: str
    slot_id: int | None = None
    session_id: int | None = None
    single: bool = False
    """Booked, but not as a session of the series."""
    reason: str = ""
    closure: LocalisedText = field(default_factory=LocalisedText)
    why: Refused | None = None


def ensure_ends_later(valid_from: date, valid_until: date | None) -> None:
    """A series ends on or after the day on which it begins."""
    if valid_until is not None and valid_until < valid_from:
        raise SeriesEndsEarly(field="until")


def ensure_suits(worker: WorkerChoice, services: Iterable[str], languages: Iterable[str], seat: Seat) -> None:
    """The worker gives all of it, and the seat is such that it can be given there."""
    codes = frozenset(services)
    ensure_qualified(worker, codes, frozenset(languages))
    ensure_room_fits(seat, [one for one in worker.services if one.code in codes])


def days_of(series: SeriesInfo, scene: Scene) -> tuple[SeriesDay, ...]:
    """Every day of the series in the open months: those that are past only where there is a session."""
    found, present = [], list(scene.present)
    for month in sorted(scene.phases):
        for day in series.days_in(month):
            one = _day(series, scene, day, present)
            if one is None:
                continue
            found.append(one)
            if one.state == "free":
                block = scene.grounds[day].block
                present.append(Presence(day=day, starts_at=block.starts_at, ends_at=block.ends_at))
    return tuple(found)


def _day(series: SeriesInfo, scene: Scene, day: date, present: list[Presence]) -> SeriesDay | None:
    if iso_week(day) in scene.own:
        session_id, state, there = scene.own[iso_week(day)]
        return SeriesDay(day=there, state=state, session_id=session_id)
    if _over(scene, day):
        return None
    if day in series.exceptions:
        return SeriesDay(day=day, state="excepted", reason=series.exceptions[day])
    if day in scene.theirs:
        return SeriesDay(day=day, state="booked", session_id=scene.theirs[day], single=True)
    if day in scene.closures:
        return SeriesDay(day=day, state="closure", closure=scene.closures[day])
    try:
        ground = _ensure_ground(series, scene, day)
        _ensure_worker(series, scene, ground.block, present)
        _ensure_phase(scene, day)
    except Refused as why:
        return SeriesDay(day=day, state="refused", why=why)
    return SeriesDay(day=day, state="free", slot_id=ground.slot_id)


def _over(scene: Scene, day: date) -> bool:
    ground = scene.grounds.get(day)
    return ground.block.starts_at <= scene.now if ground else day < scene.today


def _ensure_ground(series: SeriesInfo, scene: Scene, day: date) -> SeriesGround:
    """The slot of that day, which is there, open and free."""
    ground = scene.grounds.get(day)
    if ground is None and scene.seat_there:
        raise UnknownBlock(day=day, starts=series.starts)
    if ground is None or not ground.used:
        raise SeatGone
    if ground.closed:
        raise SlotClosed
    if ground.taken:
        raise SlotTaken
    return ground


def _ensure_worker(series: SeriesInfo, scene: Scene, block: Block, present: list[Presence]) -> None:
    """The worker, who is there, gives it, is free then, and within what the organisation takes on."""
    if not scene.partner:
        raise PartnerLeft
    if scene.worker is None:
        raise UnknownWorker(value=series.worker_id)
    services = [one.code for one in series.services]
    ensure_suits(scene.worker, services, [one.tag for one in series.languages], series.seat)
    if any(there.starts_at < block.ends_at and block.starts_at < there.ends_at for there in scene.busy):
        raise WorkerBusy(worker=series.worker)
    ensure_within_limits(scene.limits[Month.of(block.day)], block, present)


def _ensure_phase(scene: Scene, day: date) -> None:
    """Asked last: what lasts longer than a phase is said rather."""
    phase = scene.phases[Month.of(day)]
    if phase not in BOOKABLE and not scene.opening:
        raise WrongPhase(phase=phase)


def day_meant(weekday: int, day: date) -> date:
    """The day of a series in the week of ``day``, to which one of its sessions may have been moved."""
    return day + timedelta(days=weekday - day.isoweekday())


def without(series: SeriesInfo, day: date) -> SeriesInfo:
    """The series as if that day were no exception."""
    return replace(series, exceptions={one: why for one, why in series.exceptions.items() if one != day})
