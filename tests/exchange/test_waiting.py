"""Waiting lists: joined, offered in order, confirmed by a link, given on to the next."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bureau.exchange import actions, jobs, queries
from bureau.exchange.domain.refusals import AlreadyWaiting, OfferOver, SlotIsFree, SlotOnOffer
from bureau.exchange.domain.waiting import held_until
from bureau.exchange.models import WaitlistEntry
from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.outbox import OutboxMail
from bureau.organisations.models import Worker
from bureau.rotation import actions as rota
from bureau.rotation.domain.refusals import NotQualified
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession
from tests.factories.accounts import person
from tests.factories.exchange import PARTNERS, a_month, desk_slot, one_each, own, same_time
from tests.factories.organisations import an_organisation
from tests.factories.rotation import NOW, a_session
from tests.holding import rows_held

HERE = "golden-river"
pytestmark = pytest.mark.usefixtures("session")


def wait(slot_id: int, worker: Worker, **given: object) -> int:
    """Wait for the slot with that worker."""
    what = {"services": ["info"], "languages": ["en"], **given}
    return actions.wait_for_slot(
        HERE, slot_id, worker_id=worker.id, scope=own(worker), actor="test", now=NOW, **what
    )  # fmt: skip


def a_line() -> tuple[RoundInfo, list[Worker], PlannedSession, list[int]]:
    """A slot of the first organisation, for which the other two wait."""
    round_, workers = a_month()
    for code in PARTNERS:
        person(coordinates=[an_organisation(code)], email=f"{code}@example.org")
    [held] = one_each(round_, workers[:1])
    return round_, workers, held, [wait(held.slot_id, one) for one in workers[1:]]


def release(row: PlannedSession) -> None:
    """Give it back."""
    rota.release_session(
        HERE, row.id, reason="ill", version=row.version, scope=EVERY_ORGANISATION, actor="test", now=NOW
    )


def states() -> list[str]:
    """The states of the entries, in line."""
    db.session.expire_all()
    rows = db.session.scalars(
        select(WaitlistEntry).order_by(WaitlistEntry.id).execution_options(**EVERY_ORGANISATION.options())
    )
    return [row.state for row in rows]


def mailed() -> list[tuple[str, str]]:
    """To whom a free slot was offered, and the secret of the link."""
    rows = db.session.scalars(select(OutboxMail).where(OutboxMail.subject.like("Free now%")).order_by(OutboxMail.id))
    return [(row.to, re.search(r"/desk/waiting/(\S+)", row.body).group(1)) for row in rows]


def test_a_slot_that_comes_free_is_offered_to_the_first_in_line_only() -> None:
    _, _, held, _ = a_line()
    idle = jobs.lists_due(NOW)
    release(held)

    due = jobs.lists_due(NOW)
    jobs.offer_to_waiting(NOW)

    assert (idle, bool(due)) == ("", True)
    assert states() == ["offered", "waiting"]
    assert [to for to, _ in mailed()] == ["good-well@example.org"]
    assert jobs.lists_due(NOW) == ""


def test_the_link_books_it_once_and_is_kept_as_a_hash_only(client: FlaskClient) -> None:
    _, workers, held, _ = a_line()
    release(held)
    jobs.offer_to_waiting(NOW)
    [(_, token)] = mailed()
    db.session.execute(
        WaitlistEntry.__table__.update().where(WaitlistEntry.state == "offered")
        .values(expires_at=utcnow() + timedelta(hours=1))
        .execution_options(**EVERY_ORGANISATION.options())
    )  # fmt: skip
    db.session.commit()

    page = client.get(f"/desk/waiting/{token}")
    first, second = (client.post(f"/desk/waiting/{token}", data={"answer": "yes"}) for _ in range(2))

    alive = db.session.scalars(select(PlannedSession).where(PlannedSession.state == "booked")).all()
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert (first.status_code, second.status_code) == (200, 422)
    assert [(row.worker_id, row.slot_id) for row in alive] == [(workers[1].id, held.slot_id)]
    assert (
        db.session.scalar(
            select(WaitlistEntry.id)
            .where(WaitlistEntry.token_hash == token)
            .execution_options(**EVERY_ORGANISATION.options())
        )
        is None
    )


def test_what_is_not_confirmed_in_time_goes_to_the_next() -> None:
    _, _, held, entries = a_line()
    release(held)
    jobs.offer_to_waiting(NOW)
    later = NOW + timedelta(hours=12)

    with pytest.raises(OfferOver):
        actions.confirm_waiting(entries[0], actor="test", now=later)
    jobs.offer_to_waiting(later)

    assert states() == ["expired", "offered"]


def test_who_says_no_lets_the_next_one_have_it() -> None:
    _, workers, held, _ = a_line()
    release(held)
    jobs.offer_to_waiting(NOW)
    first = queries.offered_to(HERE, workers[1].organisation_id, now=NOW)[0]

    actions.stop_waiting(first.id, version=first.version, scope=own(workers[1]), actor="test", now=NOW)
    due = jobs.lists_due(NOW)
    jobs.offer_to_waiting(NOW)

    assert due
    assert states() == ["passed", "offered"]


def test_while_it_is_on_offer_others_do_not_book_it_and_the_manager_may() -> None:
    _, workers, held, _ = a_line()
    release(held)
    jobs.offer_to_waiting(NOW)
    how = {"services": ["info"], "languages": ["en"], "actor": "test", "now": NOW}

    with pytest.raises(SlotOnOffer):
        rota.book_slot(HERE, held.slot_id, worker_id=workers[2].id, scope=own(workers[2]), **how)
    rota.book_slot(HERE, held.slot_id, worker_id=workers[2].id, scope=EVERY_ORGANISATION, **how)
    jobs.offer_to_waiting(NOW)

    assert states() == ["waiting", "taken"]


def test_who_is_offered_it_may_book_it_by_hand() -> None:
    _, workers, held, _ = a_line()
    release(held)
    jobs.offer_to_waiting(NOW)

    rota.book_slot(
        HERE, held.slot_id, worker_id=workers[1].id, services=["info"], languages=["en"], scope=own(workers[1]),
        actor="test", now=NOW,
    )  # fmt: skip
    jobs.offer_to_waiting(NOW)

    assert states() == ["taken", "waiting"]


def test_the_worker_who_is_elsewhere_then_is_passed_over_and_stays_in_line() -> None:
    round_, workers, held, _ = a_line()
    a_session(round_, workers[1], same_time(round_, 0))
    release(held)

    jobs.offer_to_waiting(NOW)

    assert states() == ["waiting", "offered"]


def test_who_waited_and_comes_free_is_offered_the_slot_within_the_minute() -> None:
    round_, workers = a_month()
    [held] = one_each(round_, workers[:1])
    wait(held.slot_id, workers[1])
    elsewhere = a_session(round_, workers[1], same_time(round_, 0))
    release(held)
    due = jobs.lists_due(NOW)
    jobs.offer_to_waiting(NOW)
    release(elsewhere)
    later = NOW + timedelta(minutes=1)

    due_again = jobs.lists_due(later)
    jobs.offer_to_waiting(later)

    assert due_again not in ("", due)
    assert states() == ["offered"]


def test_who_confirms_holds_the_line_before_the_entry_as_the_scheduler_does() -> None:
    _, _, held, entries = a_line()
    release(held)

    with rows_held("slot", "waitlist_entry") as by_scheduler:
        jobs.offer_to_waiting(NOW)
    with rows_held("slot", "waitlist_entry") as by_person:
        actions.confirm_waiting(entries[0], actor="test", now=NOW)

    assert (by_scheduler, by_person) == (["slot", "waitlist_entry"], ["slot", "waitlist_entry"])


def test_a_free_slot_is_not_waited_for() -> None:
    round_, workers = a_month()

    with pytest.raises(SlotIsFree):
        wait(desk_slot(round_, 0).id, workers[1])


def test_one_waits_once_and_not_for_ones_own_slot() -> None:
    _, workers, held, _ = a_line()

    with pytest.raises(AlreadyWaiting):
        wait(held.slot_id, workers[1])
    with pytest.raises(AlreadyWaiting):
        wait(held.slot_id, workers[0])


def test_one_waits_with_somebody_who_can_do_it() -> None:
    round_, workers = a_month()
    [held] = one_each(round_, workers[:1])

    with pytest.raises(NotQualified):
        wait(held.slot_id, workers[1], services=["law"])


def test_what_is_about_to_begin_is_offered_to_nobody() -> None:
    _, _, held, _ = a_line()
    release(held)
    late = held.starts_at - timedelta(hours=1)

    jobs.offer_to_waiting(late)

    assert states() == ["expired", "expired"]
    assert held_until(held.starts_at, now=late) is None


@pytest.mark.parametrize(("hours", "kept"), [(100, 12), (13, 11), (2.5, 0.5)])
def test_a_slot_is_kept_half_a_day_and_until_two_hours_before_it_begins(hours: float, kept: float) -> None:
    assert held_until(NOW + timedelta(hours=hours), now=NOW) == NOW + timedelta(hours=kept)
