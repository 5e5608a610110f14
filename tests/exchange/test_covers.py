"""One-way cover: asked of one, offered to all, or sought by itself after a release."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bureau.catalogue.models import Service
from bureau.exchange import actions, jobs, queries
from bureau.exchange.domain.refusals import SwapOver
from bureau.exchange.models import CoverCall, Swap
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.localised import LocalisedText
from bureau.notices.models import Notice
from bureau.organisations.models import Worker
from bureau.rotation import actions as rota
from bureau.rotation.domain.refusals import LimitReached, NothingGiven, UnknownWorker, WorkerBusy
from bureau.rotation.models import LIVE, PlannedSession
from tests.factories.accounts import person
from tests.factories.exchange import PARTNERS, a_month, desk_slot, live, one_each, own, same_time
from tests.factories.organisations import an_organisation
from tests.factories.rotation import NOW, a_session

HERE = "golden-river"
pytestmark = pytest.mark.usefixtures("session")


def ask(row: PlannedSession, scope: Scope, whom: str | None) -> int:
    """Ask for cover: an organisation, or everybody."""
    return actions.ask_cover(HERE, (row.id, row.version), whom, scope=scope, actor="test", now=NOW)


def take(swap: int, worker: Worker, **more: object) -> bool:
    """Take the session over with that worker."""
    cover = actions.Cover(worker_id=worker.id, services=("info",), languages=("en",))
    return actions.accept_swap(
        HERE, swap, organisation_id=worker.organisation_id, actor="test", now=NOW, **{"cover": cover, **more}
    )


def holder(slot_id: int) -> PlannedSession:
    """Who has the slot now."""
    db.session.expire_all()
    alive = (PlannedSession.slot_id == slot_id, PlannedSession.state.in_(LIVE))
    return db.session.scalars(select(PlannedSession).where(*alive)).one()


def test_cover_is_a_session_of_its_own_and_the_old_one_is_released_for_that_reason() -> None:
    round_, workers = a_month()
    [ours] = one_each(round_, workers[:1])
    swap = ask(ours, own(workers[0]), "good-well")

    moved = take(swap, workers[1])

    now_there = holder(ours.slot_id)
    assert moved
    assert (now_there.worker_id, now_there.uid != ours.uid) == (workers[1].id, True)
    assert ours.state == "released"
    assert "good-well" in ours.reason


def test_a_cover_leaves_one_calendar_and_enters_the_other() -> None:
    round_, workers = a_month()
    coordinators()
    [ours] = one_each(round_, workers[:1])

    take(ask(ours, own(workers[0]), "good-well"), workers[1])

    new = holder(ours.slot_id)
    told = db.session.scalars(select(Notice).where(Notice.kind == "exchange.moved").order_by(Notice.organisation_id))
    entries = [(one["uid"], one["cancelled"]) for row in told for one in row.calendar]
    assert entries == [(ours.uid, True), (new.uid, False)]


def test_an_open_offer_goes_to_the_first_who_takes_it() -> None:
    round_, workers = a_month()
    [ours] = one_each(round_, workers[:1])
    swap = ask(ours, own(workers[0]), None)
    seen_by_others = queries.our_swaps(HERE, workers[2].organisation_id, now=NOW).offers

    take(swap, workers[1])

    assert [one.id for one in seen_by_others] == [swap]
    assert holder(ours.slot_id).organisation_id == workers[1].organisation_id
    with pytest.raises(SwapOver):
        take(swap, workers[2])


def test_who_covers_says_with_whom_and_what() -> None:
    round_, workers = a_month()
    [ours] = one_each(round_, workers[:1])
    swap = ask(ours, own(workers[0]), "good-well")

    with pytest.raises(NothingGiven):
        take(swap, workers[1], cover=None)


def test_nobody_covers_with_somebody_elses_worker() -> None:
    round_, workers = a_month()
    [ours] = one_each(round_, workers[:1])
    swap = ask(ours, own(workers[0]), "good-well")
    foreign = actions.Cover(worker_id=workers[2].id, services=("info",), languages=("en",))
    before = live()

    with pytest.raises(UnknownWorker):
        take(swap, workers[1], cover=foreign)

    assert live() == before


def test_who_is_elsewhere_then_does_not_cover_and_nothing_is_half_done() -> None:
    round_, workers = a_month()
    [ours] = one_each(round_, workers[:1])
    a_session(round_, workers[1], same_time(round_, 0))
    swap = ask(ours, own(workers[0]), "good-well")
    before = live()

    with pytest.raises((WorkerBusy, LimitReached)):
        take(swap, workers[1])

    assert live() == before
    assert db.session.get_one(Swap, swap).state == "asked"


def coordinators() -> None:
    """One coordinator in each organisation."""
    for code in PARTNERS:
        person(coordinates=[an_organisation(code)], email=f"{code}@example.org")


def release(row: PlannedSession, *, cover_from: datetime | None = None) -> None:
    """Give a session back."""
    rota.release_session(
        HERE, row.id, reason="ill", cover_from=cover_from, version=row.version, scope=EVERY_ORGANISATION,
        actor="test", now=NOW,
    )  # fmt: skip


def sought() -> list[str]:
    """The keys of the people who were asked to cover."""
    return sorted(db.session.scalars(select(Notice.kind).where(Notice.kind == "exchange.cover_sought")))


def test_after_the_deadline_of_a_release_everybody_who_qualifies_is_asked_once() -> None:
    round_, workers = a_month()
    coordinators()
    [ours] = one_each(round_, workers[:1])
    a_session(round_, workers[2], same_time(round_, 0))  # long-road is busy then
    release(ours, cover_from=NOW + timedelta(days=2))

    before = jobs.calls_due(NOW + timedelta(days=1))
    jobs.call_for_cover(NOW + timedelta(days=2))
    jobs.call_for_cover(NOW + timedelta(days=2, minutes=1))

    assert before == ""
    assert sought() == ["exchange.cover_sought"]
    assert [call.session_id for call in queries.calls_in(round_.id, now=NOW)] == [ours.id]


def test_a_call_ends_when_somebody_has_booked_the_slot() -> None:
    round_, workers = a_month()
    coordinators()
    [ours] = one_each(round_, workers[:1])
    release(ours, cover_from=NOW)
    jobs.call_for_cover(NOW)
    a_session(round_, workers[1], desk_slot(round_, 0))

    due, done = jobs.calls_due(NOW), jobs.call_for_cover(NOW)

    assert (bool(due), done) == (True, "0 called, 1 ended")
    assert db.session.scalars(select(CoverCall.ended_at)).one() == NOW
    assert jobs.calls_due(NOW) == ""


def test_a_release_that_is_taken_back_in_time_asks_nobody() -> None:
    round_, workers = a_month()
    coordinators()
    [ours] = one_each(round_, workers[:1])
    release(ours, cover_from=NOW + timedelta(days=1))
    rota.take_back(HERE, ours.id, version=ours.version, scope=EVERY_ORGANISATION, actor="test", now=NOW)

    jobs.call_for_cover(NOW + timedelta(days=1))

    assert sought() == []


def test_who_coordinates_two_organisations_is_told_for_each_and_led_to_its_page() -> None:
    round_, workers = a_month()
    person(coordinates=[an_organisation(code) for code in PARTNERS[1:]])
    [ours] = one_each(round_, workers[:1])
    release(ours, cover_from=NOW)

    jobs.call_for_cover(NOW)

    addresses = db.session.scalars(select(Notice.address).order_by(Notice.id)).all()
    book = f"/desk/{HERE}/slots/{ours.slot_id}/book"
    assert addresses == [f"{book}?organisation=good-well", f"{book}?organisation=long-road"]


def test_what_is_sensitive_is_not_named_where_cover_is_sought() -> None:
    round_, workers = a_month()
    person(coordinates=[an_organisation("good-well")])
    [ours] = one_each(round_, workers[:1])
    service = db.session.scalars(select(Service).where(Service.code == "info")).one()
    service.sensitivity, service.neutral_name = "restricted", LocalisedText({"en": "Advice"})
    db.session.commit()
    release(ours, cover_from=NOW)

    jobs.call_for_cover(NOW)

    values = db.session.scalars(select(Notice.values)).one()
    assert [name["texts"] for name in values["services"]] == [{"en": "Advice"}]


def test_while_its_day_is_closed_a_call_waits_and_goes_on_when_the_day_is_put_back() -> None:
    round_, workers = a_month()
    coordinators()
    [ours] = one_each(round_, workers[:1])
    day, tomorrow = desk_slot(round_, 0).day, NOW + timedelta(days=1)
    release(ours, cover_from=tomorrow)
    rota.cancel_day(HERE, day, LocalisedText({"en": "A storm"}), actor="test", now=NOW)

    idle, nothing = jobs.calls_due(tomorrow), jobs.call_for_cover(tomorrow)
    rota.restore_day(HERE, day, actor="test", now=tomorrow)
    due, done = jobs.calls_due(tomorrow), jobs.call_for_cover(tomorrow)

    assert (idle, nothing) == ("", "0 called, 0 ended")
    assert (bool(due), done) == (True, "1 called, 0 ended")
