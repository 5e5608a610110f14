"""A bureau, a partner with two workers, and a month ahead of the real clock, which the pages ask."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from bureau.organisations.models import Bureau, Organisation, Worker
from bureau.rotation.domain.rounds import RoundInfo
from tests.factories.accounts import coordinator_browser, manager_browser
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_partner, a_small_bureau, an_open_round

AHEAD = Month.of(utcnow().date()).shifted(2)


@dataclass(frozen=True)
class Place:
    """What a test of pages stands on."""

    bureau: Bureau
    organisation: Organisation
    worker: Worker

    def round(self, phase: str = "declaring") -> RoundInfo:
        """The month ahead, open in that phase."""
        return an_open_round(self.bureau, str(AHEAD), phase=phase, now=utcnow())

    def page(self, rest: str) -> str:
        """An address within the bureau's desk; ``{month}`` stands for the month ahead."""
        return f"/desk/{self.bureau.code}/{rest}".replace("{month}", str(AHEAD))


@pytest.fixture
def place(session: scoped_session[Session]) -> Place:
    """The bureau golden-river with the partner open-gate."""
    bureau = a_small_bureau()
    organisation = a_partner("open-gate", bureau)
    worker = a_worker(organisation, "L1", services=["legal"], languages=["en", "ar"])
    session.commit()
    return Place(bureau, organisation, worker)


@pytest.fixture
def manager(client: FlaskClient, place: Place) -> FlaskClient:
    """The browser of the bureau's manager."""
    return manager_browser(client, place.bureau)


@pytest.fixture
def coordinator(client: FlaskClient, place: Place) -> FlaskClient:
    """The browser of open-gate's coordinator."""
    return coordinator_browser(client, place.organisation)
