"""Two tabs at the same instant, on both kinds of database: nothing that either wrote is lost."""

import pytest
from flask import Flask

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import Stale
from bureau.rotation import actions
from bureau.rotation.actions.drafts import Kept
from bureau.rotation.domain.draft import Cells
from bureau.rotation.domain.offers import DeclaredOffer, OfferPage
from bureau.rotation.queries import get_round, offer_page
from tests.dying import every_death
from tests.factories.rotation import DECEMBER, NOW, a_partner, a_small_bureau, an_open_round
from tests.meeting import Deed, at_once

ROUNDS = 2
"""So often each pair meets: which of them is first changes from time to time."""

often = pytest.mark.parametrize("meeting", range(ROUNDS))


@pytest.fixture
def december(installation: Flask) -> Flask:
    """December being declared, with one partner that has written nothing yet."""
    with installation.app_context():
        bureau = a_small_bureau()
        a_partner(bureau=bureau)
        db.session.commit()
        an_open_round(bureau)
    return installation


def write(cells: Cells) -> Deed:
    """To write these fields into open-gate's draft."""
    return lambda: actions.save_draft(
        "golden-river", DECEMBER, "open-gate", cells, seen=None, scope=EVERY_ORGANISATION, now=NOW
    )


def send(promised: int, draft: int) -> Deed:
    """To send what that version of the draft says."""
    return lambda: actions.declare_offer(
        "golden-river", DECEMBER, "open-gate", DeclaredOffer(promised=promised), version=None, draft=draft,
        scope=EVERY_ORGANISATION, actor="test", now=NOW,
    )  # fmt: skip


def page() -> OfferPage:
    """Open-gate's page."""
    return offer_page(get_round("golden-river", DECEMBER), "open-gate", scope=EVERY_ORGANISATION)


@often
def test_two_tabs_that_write_at_once_both_stay(december: Flask, meeting: int) -> None:
    at_once(december, write({"promised": "9"}), write({"remark": "Not on Fridays"}))
    at_once(december, write({"max_per_day": "3"}), write({"max_per_week": "3"}))

    with december.app_context():
        assert dict(page().draft.cells) == {
            "promised": "9", "remark": "Not on Fridays", "max_per_day": "3", "max_per_week": "3",
        }  # fmt: skip


@often
def test_what_is_written_while_it_is_sent_is_either_refused_to_be_sent_or_still_there(
    december: Flask, meeting: int
) -> None:
    at_once(december, write({"promised": "9"}))

    sent, written = at_once(december, send(9, draft=1), write({"remark": "Not on Fridays"}))

    with december.app_context():
        assert isinstance(written, Kept), written
        assert page().draft.cells["remark"] == "Not on Fridays"
        assert (sent == Stale.code) == (page().offer is None)


def test_a_server_killed_while_a_draft_is_kept_or_sent_leaves_nothing_half_done(december: Flask) -> None:
    at_once(december, write({"promised": "8"}))
    deeds = {"kept": write({"promised": "9", "remark": "Not on Fridays"}), "sent": send(9, draft=2)}

    deaths = []
    for name, deed in deeds.items():
        before = stored(december)
        for _ in every_death(december, deed):
            deaths.append(name)
            assert stored(december) == before

    assert set(deaths) == set(deeds)
    assert stored(december) == ({}, 9)


def stored(app: Flask) -> tuple[dict[str, str], int | None]:
    """The draft, and what was promised."""
    with app.app_context():
        found = page()
        db.session.remove()
        return dict(found.draft.cells), found.offer.promised if found.offer else None
