"""Whatever is done to a month in whatever order: one session a slot, nobody in two places, programmes as they were."""

import json
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import Refused
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Worker
from bureau.rotation import actions, queries
from bureau.rotation.models import LIVE, PlannedSession, Programme, Series, SeriesException, Slot
from tests.any_order import AnyOrder
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_partner, a_proposal, a_small_bureau, an_offer, slots_of

HERE = "golden-river"
MONTHS = ("2026-12", "2027-01")
SLOTS = 10
"""So many slots of each month take part: few, so that people meet."""

number = st.integers(0, 30)
"""Which of the things there are; taken modulo their number."""


class Planning(AnyOrder):
    """Two partners, two months, and every step there is."""

    workers: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.published: dict[tuple[str, int], str] = {}

    def slots(self) -> list[Slot]:
        found = [queries.find_round(HERE, month) for month in MONTHS]
        return [slot for round_ in found if round_ for slot in slots_of(round_, "desk-a")[::3][:SLOTS]]

    def who(self) -> dict[str, object]:
        return {"actor": "test", "now": self.now}

    def whoever(self) -> dict[str, object]:
        return {"scope": EVERY_ORGANISATION, **self.who()}

    @initialize(declared=st.booleans())
    def december(self, declared: bool) -> None:
        """The first month can be booked in, whether anybody declared or not."""
        self.open(MONTHS[0])
        if declared:
            self.declare(MONTHS[0])
        self.go(MONTHS[0], "proposing")

    @rule(month=st.sampled_from(MONTHS))
    def open(self, month: str) -> None:
        self.attempt(lambda: actions.open_round(HERE, month, **self.who()))

    @rule(month=st.sampled_from(MONTHS))
    def declare(self, month: str) -> None:
        round_ = queries.find_round(HERE, month)
        if round_ is None or round_.phase != "declaring":
            return
        for worker in self.workers:
            one = db.session.get_one(Worker, worker, execution_options=EVERY_ORGANISATION.options())
            self.attempt(lambda one=one: an_offer(round_, [one], max_per_month=6))

    @rule(
        month=st.sampled_from(MONTHS),
        phase=st.sampled_from(("declaring", "proposing", "proposing", "reviewing", "closed")),
    )
    def go(self, month: str, phase: str) -> None:
        round_ = queries.find_round(HERE, month)
        if round_ is not None:
            self.attempt(lambda: actions.change_phase(HERE, round_.id, phase, version=round_.version, **self.who()))

    @rule(slot=number, worker=number)
    def book(self, slot: int, worker: int) -> None:
        self.on_slot(slot, worker, actions.book_slot)

    @rule(slot=number, worker=number)
    def every_week(self, slot: int, worker: int) -> None:
        self.on_slot(slot, worker, lambda *given, **more: actions.begin_series(*given, until=None, **more))

    def on_slot(self, slot: int, worker: int, deed: Callable[..., object]) -> None:
        slots = self.slots()
        if slots:
            given = {"worker_id": self.workers[worker % len(self.workers)], "services": ["info"], "languages": ["en"]}
            self.attempt(lambda: deed(HERE, slots[slot % len(slots)].id, **given, **self.whoever()))

    @rule(which=number)
    def release(self, which: int) -> None:
        rows = self.sessions("booked")
        if rows:
            one = rows[which % len(rows)]
            self.attempt(
                lambda: actions.release_session(HERE, one.id, reason="ill", version=one.version, **self.whoever())
            )

    @rule(which=number)
    def take_back(self, which: int) -> None:
        rows = self.sessions("released")
        if rows:
            one = rows[which % len(rows)]
            self.attempt(lambda: actions.take_back(HERE, one.id, version=one.version, **self.whoever()))

    @rule(which=number)
    def undo(self, which: int) -> None:
        rows = self.sessions("booked")
        if rows:
            one = rows[which % len(rows)]
            self.attempt(lambda: actions.undo_booking(HERE, one.id, version=one.version, **self.whoever()))

    @rule(slot=number)
    def cancel_day(self, slot: int) -> None:
        slots = self.slots()
        if slots:
            day = slots[slot % len(slots)].day
            self.attempt(lambda: actions.cancel_day(HERE, day, LocalisedText({"en": "no power"}), **self.who()))

    @rule(slot=number)
    def put_day_back(self, slot: int) -> None:
        slots = self.slots()
        if slots:
            self.attempt(lambda: actions.restore_day(HERE, slots[slot % len(slots)].day, **self.who()))

    @rule(which=number)
    def book_series_again(self, which: int) -> None:
        series = list(db.session.scalars(select(Series.id).execution_options(**EVERY_ORGANISATION.options())))
        if series:
            self.attempt(lambda: actions.book_again(HERE, series[which % len(series)], **self.whoever()))

    @rule(which=number, worker=number)
    def accept_a_plan(self, which: int, worker: int) -> None:
        """A plan that wants one worker everywhere."""
        round_ = queries.find_round(HERE, MONTHS[0])
        if round_ is None or round_.phase not in ("proposing", "reviewing"):
            return
        wanted = db.session.get_one(
            Worker, self.workers[worker % len(self.workers)], execution_options=EVERY_ORGANISATION.options()
        )
        places = [(wanted, f"{slot.day}T{slot.starts:%H:%M}", "desk-a-1") for slot in self.slots()]
        try:
            plan = a_proposal([place for place in places if place[1] < "2027"], now=self.now)
        except Refused:  # nobody has answered yet
            return
        self.attempt(lambda: actions.accept_proposal(HERE, plan, **self.who()))

    @rule(month=st.sampled_from(MONTHS))
    def publish(self, month: str) -> None:
        if queries.find_round(HERE, month) is not None:
            self.attempt(lambda: actions.publish_programme(HERE, month, **self.who()))

    @rule(days=st.sampled_from((1, 7)))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        actions.mark_held(**self.who())

    @rule(which=number)
    def did_not_take_place(self, which: int) -> None:
        rows = self.sessions("held")
        if rows:
            one = rows[which % len(rows)]
            self.attempt(
                lambda: actions.say_missed(HERE, one.id, because="ill", words="", version=one.version, **self.whoever())
            )

    @invariant()
    def no_session_is_planned_in_a_closed_slot(self) -> None:
        closed = set(db.session.scalars(select(Slot.id).where(Slot.closed)))
        assert not [one for one in self.sessions("booked") if one.slot_id in closed and one.starts_at > self.now]

    @invariant()
    def what_was_left_out_of_a_series_stays_out(self) -> None:
        scope = EVERY_ORGANISATION.options()
        left_out = {tuple(one) for one in db.session.execute(select(SeriesException.series_id, SeriesException.day))}
        of_series = select(PlannedSession.series_id, Slot.day).join(PlannedSession.slot)
        planned = of_series.where(PlannedSession.series_id.is_not(None), PlannedSession.state.in_(LIVE))
        assert not left_out & {tuple(one) for one in db.session.execute(planned.execution_options(**scope))}

    @invariant()
    def every_programme_is_as_it_was_published(self) -> None:
        for one in db.session.scalars(select(Programme).order_by(Programme.id)):
            document = json.dumps(one.document, sort_keys=True)
            assert self.published.setdefault((one.month, one.number), document) == document


def test_a_month_holds_whatever_is_done_in_whatever_order(app: Flask, session: scoped_session[Session]) -> None:
    bureau, usual = a_small_bureau(), {"max_per_day": 2, "max_per_week": 5, "max_per_month": 9}
    one, other = (a_partner(code, bureau, usual=usual) for code in ("open-gate", "good-well"))
    Planning.workers = [a_worker(owner, label).id for owner, label in ((one, "A1"), (other, "B1"), (other, "B2"))]
    session.commit()

    run_state_machine_as_test(
        Planning,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
