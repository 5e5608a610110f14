"""A bureau with two partners, another bureau, and somebody who can sign in."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session, scoped_session

from bureau.accounts.actions.passwords import hash_password
from bureau.accounts.models import Person
from bureau.organisations.models import Bureau, Organisation
from tests.factories.accounts import person
from tests.factories.organisations import a_bureau, a_partnership, an_organisation

PASSWORD = "four small yellow boats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Two bureaux; open-gate and pomegranate take part in the first, far-shore in the second."""

    here: Bureau
    there: Bureau
    ours: Organisation
    neighbour: Organisation
    far: Organisation


@pytest.fixture
def town(session: scoped_session[Session]) -> Town:
    here, there = a_bureau("golden-river"), a_bureau("blue-hill")
    ours, neighbour, far = (an_organisation(code) for code in ("open-gate", "pomegranate", "far-shore"))
    for organisation, bureau in ((ours, here), (neighbour, here), (far, there)):
        a_partnership(organisation, bureau)
    session.commit()
    return Town(here=here, there=there, ours=ours, neighbour=neighbour, far=far)


@pytest.fixture
def lina(town: Town) -> Person:
    """A coordinator of open-gate with a password."""
    return person(
        name="Lina", email="lina@opengate.example", password_hash=hash_password(PASSWORD), coordinates=[town.ours]
    )
