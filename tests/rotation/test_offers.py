"""What organisations declare."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.errors import NotFound, Several, Stale
from bureau.rotation import actions, queries
from bureau.rotation.domain.offers import DeclaredOffer, OfferedTime
from bureau.rotation.domain.refusals import DeadlinePassed
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_worker, an_organisation
from tests.factories.rotation import DECEMBER, NOW, a_partner, a_small_bureau, an_offer, an_open_round

FIRST = (date(2026, 12, 1), time(10))


def declare(offer: DeclaredOffer, *, version: int | None = None, by: Scope, now: datetime = NOW) -> int:
    """Declare for open-gate."""
    return actions.declare_offer(
        "golden-river", DECEMBER, "open-gate", offer, version=version, scope=by, actor="test", now=now
    )


def test_an_offer_is_kept_as_it_was_declared(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    worker = a_worker(owner, services=("info", "forms"), languages=("en", "ar"))
    round_ = an_open_round()
    offer = DeclaredOffer(
        promised=6, minimum=2, remark="  Only  mornings ", max_per_week=2,
        workers=(
            OfferedTime(
                worker_id=worker.id, pairs=frozenset({("info", "ar")}), availability={FIRST: "preferred"}
            ),
        ),
    )  # fmt: skip

    version = declare(offer, by=Scope(owner.id))

    page = queries.offer_page(round_, "open-gate", scope=Scope(owner.id))
    assert page.offer == replace(offer, remark="Only mornings")
    assert (page.version, page.answered_at) == (version, NOW)


def test_saving_the_same_twice_changes_nothing(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    an_open_round()
    offer = DeclaredOffer(promised=4)

    first = declare(offer, by=Scope(owner.id))
    again = declare(offer, version=first, by=Scope(owner.id), now=NOW + timedelta(minutes=1))

    assert again == first


def test_of_two_tabs_the_later_is_told_and_the_earlier_stays(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    round_ = an_open_round()
    version = declare(DeclaredOffer(promised=4), by=Scope(owner.id))
    declare(DeclaredOffer(promised=5), version=version, by=Scope(owner.id))

    with pytest.raises(Stale):
        declare(DeclaredOffer(promised=9), version=version, by=Scope(owner.id))
    with pytest.raises(Stale):
        declare(DeclaredOffer(promised=9), version=None, by=Scope(owner.id))

    stored = queries.offer_page(round_, "open-gate", scope=Scope(owner.id)).offer
    assert stored is not None
    assert stored.promised == 5


def test_after_the_deadline_only_the_manager_declares(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    round_ = an_open_round()
    late = round_.deadlines.declaring_until

    with pytest.raises(DeadlinePassed) as refusal:
        declare(DeclaredOffer(promised=4), by=Scope(owner.id), now=late)
    declare(DeclaredOffer(promised=4), by=EVERY_ORGANISATION, now=late)

    assert refusal.value.params == {"date": late, "timezone": "Europe/Sofia"}


def test_everything_wrong_with_an_offer_is_said_at_once(session: Session) -> None:
    bureau = a_small_bureau()
    owner, other = a_partner(bureau=bureau), a_partner("good-well", bureau)
    mine, strange = a_worker(owner, services=("info",), languages=("en",)), a_worker(other)
    a_service("legal"), a_language("ar")
    an_open_round(bureau)
    wrong = DeclaredOffer(
        promised=2, minimum=3,
        workers=(
            OfferedTime(
                worker_id=mine.id,
                pairs=frozenset({("legal", "en"), ("magic", "en"), ("info", "ar"), ("info", "tlh")}),
                availability={(date(2026, 12, 5), time(10)): "possible", FIRST: "gladly"},
            ),
            OfferedTime(worker_id=strange.id),
        ),
    )  # fmt: skip

    with pytest.raises(Several) as refusal:
        declare(wrong, by=Scope(owner.id))

    codes = [problem.code for problem in refusal.value.problems]
    assert codes == [
        "promise_out_of_range", "not_qualified", "unknown_language", "not_qualified", "unknown_service",
        "unknown_level", "unknown_block", "unknown_worker",
    ]  # fmt: skip


def test_nobody_declares_or_reads_for_another_organisation(session: Session) -> None:
    bureau = a_small_bureau()
    a_partner(bureau=bureau)
    stranger = Scope(a_partner("good-well", bureau).id)
    round_ = an_open_round(bureau)

    with pytest.raises(NotFound):
        declare(DeclaredOffer(promised=1), by=stranger)
    with pytest.raises(NotFound):
        queries.offer_page(round_, "open-gate", scope=stranger)


def test_an_organisation_that_is_no_partner_has_no_offer(session: Session) -> None:
    an_organisation("tourist")
    round_ = an_open_round()

    with pytest.raises(NotFound):
        queries.offer_page(round_, "tourist", scope=EVERY_ORGANISATION)


def test_last_months_offer_is_copied_by_weekday_and_hour(session: Session) -> None:
    bureau = a_small_bureau()
    owner = a_partner(bureau=bureau)
    worker = a_worker(owner)
    november = an_open_round(bureau, "2026-11", now=datetime(2026, 10, 1, tzinfo=NOW.tzinfo))
    wednesdays = {(date(2026, 11, day), time(10)): "preferred" for day in (4, 11, 18, 25)}
    odd = {(date(2026, 11, 6), time(13)): "undesired"}
    offered = OfferedTime(worker_id=worker.id, pairs=frozenset({("info", "en")}), availability={**wednesdays, **odd})
    actions.declare_offer(
        "golden-river", "2026-11", "open-gate", DeclaredOffer(promised=5, remark="sorry, late", workers=(offered,)),
        version=None, scope=EVERY_ORGANISATION, actor="test", now=NOW,
    )  # fmt: skip
    december = an_open_round(bureau)

    draft = queries.copy_last_month(december, "open-gate", scope=Scope(owner.id))

    assert november.month.shifted(1) == december.month
    assert (draft.promised, draft.remark) == (5, "")
    assert draft.workers[0].availability == {
        **{(date(2026, 12, day), time(10)): "preferred" for day in (2, 9, 16, 23, 30)},
        **{(date(2026, 12, day), time(13)): "undesired" for day in (4, 11, 18, 25)},
    }


def test_without_last_month_the_partnerships_usual_pattern_is_the_draft(session: Session) -> None:
    usual = {
        "promised": 3, "max_per_week": 1,
        "pattern": [{"worker": "L1", "weekday": 3, "starts": "10:00", "ends": "15:00", "level": "preferred", "weeks": [1]}],
    }  # fmt: skip
    owner = a_partner(bureau=a_small_bureau(), usual=usual)
    worker = a_worker(owner, "L1")
    round_ = an_open_round()

    draft = queries.copy_last_month(round_, "open-gate", scope=Scope(owner.id))

    assert (draft.promised, draft.max_per_week) == (3, 1)
    assert draft.workers == (
        OfferedTime(
            worker_id=worker.id,
            pairs=frozenset({("info", "en")}),
            availability={(date(2026, 12, 2), hour): "preferred" for hour in (time(10), time(13))},
        ),
    )


def test_the_manager_sees_who_has_answered(session: Session) -> None:
    bureau = a_small_bureau()
    a_partner("good-well", bureau)
    worker = a_worker(a_partner(bureau=bureau))
    round_ = an_open_round(bureau)
    an_offer(round_, [worker], promised=7)

    answers = [(one.organisation.code, one.answered_at, one.promised) for one in queries.answers_of(round_)]

    assert answers == [("good-well", None, None), ("open-gate", NOW, 7)]
