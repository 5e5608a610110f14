"""Whatever people do in whatever order: one live session a slot, nobody in two places, nothing half done."""

from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from bureau.exchange import actions, jobs
from bureau.exchange.models import Swap, SwapLeg, WaitlistEntry
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.rotation import actions as rota
from bureau.rotation.models import PlannedSession, Slot
from tests.any_order import AnyOrder
from tests.factories.exchange import a_month, one_each
from tests.factories.rotation import a_session, slots_of

HERE = "golden-river"
SLOTS = 8
"""So many slots of the month take part: few, so that people meet."""

number = st.integers(0, 30)
"""Which of the things there are; taken modulo their number."""


class Exchanging(AnyOrder):
    """Three partners, a handful of slots, and every step there is."""

    slots: list[int]
    workers: list[tuple[int, int]]

    def __init__(self) -> None:
        super().__init__()
        self.uids: set[str] = set()

    @rule(first=number, second=number, third=st.none() | number)
    def ask(self, first: int, second: int, third: int | None) -> None:
        rows = self.sessions("booked")
        if rows:
            asked = [rows[one % len(rows)] for one in (first, second, third) if one is not None]
            seen, scope = [(one.id, one.version) for one in asked], Scope(asked[0].organisation_id)
            self.attempt(lambda: actions.ask_swap(HERE, seen, scope=scope, actor="test", now=self.now))

    @rule(which=number)
    def offer(self, which: int) -> None:
        rows = self.sessions("booked")
        if rows:
            one = rows[which % len(rows)]
            seen, scope = (one.id, one.version), Scope(one.organisation_id)
            self.attempt(lambda: actions.ask_cover(HERE, seen, None, scope=scope, actor="test", now=self.now))

    @rule(which=number, who=number)
    def accept(self, which: int, who: int) -> None:
        """One of those who are asked, or anybody where it is an offer."""
        waiting = select(SwapLeg.swap_id, SwapLeg.organisation_id).join(SwapLeg.swap).where(Swap.state == "asked")
        asked = list(db.session.execute(waiting.where(SwapLeg.accepted_at.is_(None)).order_by(SwapLeg.id)))
        offers = list(db.session.scalars(select(Swap.id).where(Swap.state == "asked", Swap.kind == "offer")))
        worker, anybody = self.workers[who % len(self.workers)]
        open_ = [tuple(one) for one in asked] + [(one, anybody) for one in offers]
        if not open_:
            return
        swap, organisation = open_[which % len(open_)]
        cover = actions.Cover(worker_id=worker, services=("info",), languages=("en",))
        moved = self.attempt(
            lambda: actions.accept_swap(
                HERE, swap, organisation_id=organisation, cover=cover, actor="test", now=self.now
            )
        )
        if moved is True:
            self.is_carried_out(swap)

    def is_carried_out(self, swap: int) -> None:
        """Each session is where the next one was, or its slot has a new one."""
        legs = list(db.session.scalars(select(SwapLeg).where(SwapLeg.swap_id == swap).order_by(SwapLeg.position)))
        rows = {one.id: one for one in self.sessions("booked", "released")}
        if db.session.get_one(Swap, swap).kind == "offer":
            assert rows[legs[0].session_id].state == "released"
            assert any(one[1] == legs[0].slot_id and one[2] == legs[1].worker_id for one in self.picture())
            return
        for leg, onward in zip(legs, [*legs[1:], legs[0]], strict=True):
            assert rows[leg.session_id].slot_id == onward.slot_id

    @rule(which=number)
    def release(self, which: int) -> None:
        rows = self.sessions("booked")
        if rows:
            one = rows[which % len(rows)]
            self.attempt(
                lambda: rota.release_session(
                    HERE,
                    one.id,
                    reason="ill",
                    version=one.version,
                    scope=EVERY_ORGANISATION,
                    actor="test",
                    now=self.now,
                )
            )

    @rule(which=number)
    def take_back(self, which: int) -> None:
        rows = self.sessions("released")
        if rows:
            one = rows[which % len(rows)]
            how = {"scope": EVERY_ORGANISATION, "actor": "test", "now": self.now}
            self.attempt(lambda: rota.take_back(HERE, one.id, version=one.version, **how))

    @rule(slot=number, who=number)
    def book(self, slot: int, who: int) -> None:
        worker, organisation = self.workers[who % len(self.workers)]
        self.attempt(lambda: rota.book_slot(HERE, self.slots[slot % SLOTS], **self.wish(worker, organisation)))

    @rule(which=number, who=number, gives_up=st.booleans())
    def wait(self, which: int, who: int, gives_up: bool) -> None:
        """For what somebody has, who perhaps gives it back."""
        rows = self.sessions("booked")
        if rows:
            one, (worker, organisation) = rows[which % len(rows)], self.workers[who % len(self.workers)]
            self.attempt(lambda: actions.wait_for_slot(HERE, one.slot_id, **self.wish(worker, organisation)))
            if gives_up:
                self.release(which)
                jobs.offer_to_waiting(self.now)

    def wish(self, worker: int, organisation: int) -> dict[str, object]:
        what = {"services": ["info"], "languages": ["en"], "scope": Scope(organisation)}
        return {"worker_id": worker, "actor": "test", "now": self.now, **what}

    @rule(which=number)
    def confirm(self, which: int) -> None:
        statement = select(WaitlistEntry.id).where(WaitlistEntry.state == "offered").order_by(WaitlistEntry.id)
        offered = list(db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())))
        if offered:
            entry = offered[which % len(offered)]
            self.attempt(lambda: actions.confirm_waiting(entry, actor="test", now=self.now))

    @rule(hours=st.sampled_from([0, 0, 1, 13, 80]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        jobs.close_swaps(self.now)
        jobs.call_for_cover(self.now)
        jobs.offer_to_waiting(self.now)
        assert (jobs.swaps_over(self.now), jobs.calls_due(self.now)) == ("", "")

    @invariant()
    def a_session_is_when_its_slot_is_and_none_is_lost(self) -> None:
        rows = db.session.execute(
            select(PlannedSession.uid, PlannedSession.starts_at, Slot.starts_at).join(PlannedSession.slot)
        ).all()
        assert all(starts == at for _, starts, at in rows)
        assert self.uids <= {uid for uid, _, _ in rows}
        self.uids = {uid for uid, _, _ in rows}

    @invariant()
    def a_swap_is_made_with_every_party_or_not(self) -> None:
        for swap in db.session.scalars(select(Swap)):
            accepted = list(db.session.scalars(select(SwapLeg.accepted_at).where(SwapLeg.swap_id == swap.id)))
            assert swap.accepted == sum(one is not None for one in accepted)
            assert (swap.state == "moved") <= (swap.accepted == swap.parties == len(accepted))


def test_whatever_the_order_of_steps(app: Flask, session: scoped_session[Session]) -> None:
    round_, workers = a_month()
    one_each(round_, workers)
    desk, quiet = slots_of(round_, "desk-a"), slots_of(round_, "quiet")
    a_session(round_, workers[0], desk[4])
    Exchanging.slots = [one.id for pair in zip(desk, quiet, strict=True) for one in pair][:SLOTS]
    Exchanging.workers = [(one.id, one.organisation_id) for one in workers]
    db.session.commit()

    run_state_machine_as_test(
        Exchanging,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
