"""December in review at a small bureau: two partners in the plan, the first a lawyer's, and one that was not asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations.models import Bureau, Organisation
from bureau.reviewing import actions, queries
from bureau.reviewing.domain.consent import OrganisationReview
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession
from bureau.rotation.queries import get_round
from bureau.web.identity import scope_of
from tests.factories.accounts import coordinator_browser, manager_browser
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_partner, a_session, a_small_bureau, an_open_round, slots_of, to_phase, worker_row

AHEAD = Month.of(utcnow().date()).shifted(2)


@dataclass(frozen=True)
class Reviewed:
    """What a test of the review stands on; the month lies ahead of the real clock, which the pages ask."""

    bureau: Bureau
    gate: Organisation
    well: Organisation
    stranger: Organisation
    sessions: tuple[PlannedSession, PlannedSession]
    now: datetime

    @property
    def month(self) -> str:
        """As in an address."""
        return str(AHEAD)

    @property
    def round(self) -> RoundInfo:
        """As it is now."""
        return get_round("golden-river", self.month)

    def page(self, rest: str) -> str:
        """An address of the month's review."""
        return f"/desk/golden-river/{self.month}/{rest}"

    def answer(self, whose: Organisation, answer: str, reason: str = "", *, version: int = 0) -> None:
        """What the organisation's coordinator says."""
        actions.answer_plan(
            "golden-river", self.month, whose.code, answer=answer, reason=reason, version=version,
            scope=scope_of(whose.id), actor="test", now=self.now,
        )  # fmt: skip

    def stands(self, whose: Organisation) -> OrganisationReview:
        """Where it stands now."""
        found = queries.find_review(self.round, whose.id)
        assert found is not None
        return found

    def to(self, phase: str) -> None:
        """Put the month into another phase."""
        to_phase(self.round, phase)


@pytest.fixture
def reviewed(session: scoped_session[Session]) -> Reviewed:
    """The month in review."""
    return in_review()


def in_review() -> Reviewed:
    """The month in review, in whatever database is in use."""
    now, bureau = utcnow(), a_small_bureau()
    gate, well, stranger = (a_partner(code, bureau) for code in ("open-gate", "good-well", "saturday-shoes"))
    workers = [a_worker(one, one.code, languages=["en", "ar"]).id for one in (gate, well)]
    db.session.commit()
    round_ = an_open_round(bureau, str(AHEAD), phase="reviewing", now=now)
    slots = slots_of(round_, "desk-a")
    first, second = (
        a_session(round_, worker_row(one), slot, now=now) for one, slot in zip(workers, slots, strict=False)
    )
    return Reviewed(bureau, gate, well, stranger, (first, second), now + timedelta(minutes=1))


@pytest.fixture
def manager(client: FlaskClient, reviewed: Reviewed) -> FlaskClient:
    """The browser of the bureau's manager."""
    return manager_browser(client, reviewed.bureau)


@pytest.fixture
def coordinator(client: FlaskClient, reviewed: Reviewed) -> FlaskClient:
    """The browser of open-gate's coordinator."""
    return coordinator_browser(client, reviewed.gate)
