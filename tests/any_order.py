"""Steps in whatever order, on a month that is as it was before each example."""

from collections.abc import Callable

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.errors import Refused
from bureau.rotation.models import LIVE, PlannedSession
from tests.factories.rotation import NOW


class AnyOrder(RuleBasedStateMachine):
    """What holds of sessions at every step, and that what is refused changes none."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        db.session.remove()
        self.saved = db.engine.begin_nested()  # the connection that the whole test shares

    def teardown(self) -> None:
        """As if the example had never been."""
        db.session.remove()
        self.saved.rollback()

    def sessions(self, *states: str) -> list[PlannedSession]:
        """Those in one of these states."""
        db.session.expire_all()
        kept = PlannedSession.state.in_(states)
        return list(db.session.scalars(select(PlannedSession).where(kept).order_by(PlannedSession.id)))

    def attempt(self, deed: Callable[[], object]) -> object:
        """What came of it."""
        before = self.picture()
        try:
            return deed()
        except Refused:
            assert self.picture() == before
            return None

    def picture(self) -> list[tuple[object, ...]]:
        """Every session: where it is, whose, and in which state."""
        db.session.expire_all()
        rows = db.session.scalars(select(PlannedSession).order_by(PlannedSession.id))
        return [(one.id, one.slot_id, one.worker_id, one.state, one.starts_at) for one in rows]

    @invariant()
    def no_slot_has_two_sessions_and_nobody_is_in_two_places(self) -> None:
        """Every block of these bureaux begins at its own hour."""
        rows = self.sessions(*LIVE)
        assert len({one.slot_id for one in rows}) == len(rows)
        assert len({(one.worker_id, one.starts_at) for one in rows}) == len(rows)
