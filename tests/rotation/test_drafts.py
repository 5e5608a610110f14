"""What is written and not sent: merged field by field, whatever the order, and no answer before it is sent."""

from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.errors import NotFound, Stale
from bureau.rotation import actions, queries
from bureau.rotation.actions.drafts import Kept
from bureau.rotation.actions.strokes import Painted
from bureau.rotation.domain.draft import Cells, Seen, at, strokes_in, weekly
from bureau.rotation.domain.offers import DeclaredOffer, OfferPage
from bureau.rotation.domain.refusals import DeadlinePassed, UnknownLevel
from bureau.rotation.queries.my_month import my_month
from tests.factories.organisations import a_worker
from tests.factories.rotation import DECEMBER, NOW, a_partner, a_small_bureau, an_offer, an_open_round, slots_of


def write(cells: Cells, *, by: Scope, **more: object) -> Kept:
    """Write into open-gate's draft."""
    values = {"seen": None, "now": NOW, **more}
    return actions.save_draft("golden-river", DECEMBER, "open-gate", cells, scope=by, **values)


def page(by: Scope) -> OfferPage:
    """Open-gate's page."""
    return queries.offer_page(queries.get_round("golden-river", DECEMBER), "open-gate", scope=by)


def test_a_draft_is_no_answer_and_the_solver_knows_nothing_of_it(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    round_ = an_open_round()

    write({"promised": "9"}, by=Scope(owner.id))

    (answer,) = queries.answers_of(round_)
    mine = my_month("golden-river", DECEMBER, "open-gate", scope=Scope(owner.id), now=NOW)
    assert (answer.answered_at, answer.promised) == (None, None)
    assert [(ask.done, ask.begun) for ask in mine.asks] == [(False, True)]


def test_what_was_sent_is_in_force_until_the_change_of_it_is_sent_too(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    own, worker = Scope(owner.id), a_worker(owner)
    an_offer(an_open_round(), [worker], promised=7)

    kept = write({"promised": "9"}, by=own)
    before = page(own).offer
    offer = DeclaredOffer(promised=9)
    actions.declare_offer(
        "golden-river", DECEMBER, "open-gate", offer, version=1, draft=kept.page.draft.version, scope=own, actor="test",
        now=NOW,
    )  # fmt: skip

    after = page(own)
    assert before is not None
    assert before.promised == 7
    assert (after.offer, dict(after.draft.cells)) == (offer, {})


def test_a_draft_that_grew_since_it_was_looked_at_is_not_sent(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    own = Scope(owner.id)
    an_open_round()
    looked_at = write({"promised": "9"}, by=own).page.draft.version
    write({"minimum": "1"}, by=own)

    with pytest.raises(Stale):
        actions.declare_offer(
            "golden-river", DECEMBER, "open-gate", DeclaredOffer(promised=9), version=None, draft=looked_at, scope=own,
            actor="test", now=NOW,
        )  # fmt: skip

    assert page(own).offer is None


def test_painting_back_what_was_sent_leaves_nothing_to_send(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    own, worker = Scope(owner.id), a_worker(owner)
    round_ = an_open_round()
    an_offer(round_, [worker], level="possible")
    cell = at(worker.id, queries.blocks_of_round(round_.id)[0].code)

    write({cell: "preferred"}, by=own)
    back = write({cell: "possible"}, by=own)

    assert dict(back.page.draft.cells) == {}


def test_a_form_that_shows_less_than_what_is_stored_is_told(session: Session) -> None:
    own = Scope(a_partner(bureau=a_small_bureau()).id)
    an_open_round()
    write({"promised": "9"}, by=own)

    with pytest.raises(Stale):
        write({"promised": "4"}, by=own, seen=Seen(answer=None, draft=0))

    assert page(own).draft.cells == {"promised": "9"}


def test_a_pattern_with_an_exception_is_undone_without_losing_what_was_written_since(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    own, worker = Scope(owner.id), a_worker(owner)
    blocks = queries.blocks_of_round(an_open_round().id)
    pattern = weekly(worker.id, blocks, weekday=4, starts=time(10), level="preferred")
    exception = max(pattern)

    write({}, by=own, sweep=lambda _: pattern)
    write({exception: "", "promised": "5"}, by=own)
    swept = dict(page(own).draft.cells)
    write({}, by=own, sweep=lambda shown: shown.draft.before)

    assert swept == {**{name: level for name, level in pattern.items() if name != exception}, "promised": "5"}
    assert page(own).draft.cells == {"promised": "5"}


def test_only_the_organisation_and_the_manager_write_and_only_in_time(session: Session) -> None:
    bureau = a_small_bureau()
    own, stranger = Scope(a_partner(bureau=bureau).id), Scope(a_partner("good-well", bureau).id)
    late = an_open_round(bureau).deadlines.declaring_until

    with pytest.raises(NotFound):
        write({"promised": "9"}, by=stranger)
    with pytest.raises(DeadlinePassed):
        write({"promised": "9"}, by=own, now=late + timedelta(minutes=1))
    by_manager = write({"promised": "9"}, by=EVERY_ORGANISATION, now=late)

    assert by_manager.page.draft.cells == {"promised": "9"}


def test_a_level_that_there_is_not_is_refused(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    worker = a_worker(owner)
    block = queries.blocks_of_round(an_open_round().id)[0]

    with pytest.raises(UnknownLevel):
        write({at(worker.id, block.code): "gladly"}, by=Scope(owner.id))


def test_a_block_whose_slots_are_all_closed_is_shut_on_the_page(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    round_ = an_open_round()
    first = slots_of(round_)[0]
    for slot in slots_of(round_):
        if slot.starts_at == first.starts_at:
            actions.close_slot("golden-river", slot.id, actor="test", now=NOW)

    assert page(Scope(owner.id)).shut == {(first.day, first.starts)}


def paint(cells: Cells, *, by: Scope, seen: Seen, **more: object) -> Painted | None:
    """Paint in open-gate's draft the short way."""
    strokes = strokes_in(cells)
    assert strokes is not None
    values = {"seen": seen, "now": NOW, **more}
    return actions.save_strokes("golden-river", DECEMBER, "open-gate", strokes, scope=by, **values)


def test_strokes_leave_the_draft_that_the_whole_page_would_leave(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    own, worker = Scope(owner.id), a_worker(owner)
    round_ = an_open_round()
    an_offer(round_, [worker])
    first_block, second_block = queries.blocks_of_round(round_.id)[:2]
    sent, other = at(worker.id, first_block.code), at(worker.id, second_block.code)

    first = paint({sent: "", other: "preferred"}, by=own, seen=Seen(answer=1, draft=0))
    drafted = dict(page(own).draft.cells)
    assert first is not None
    back = paint({sent: "possible", other: "possible"}, by=own, seen=first.seen)

    assert (drafted, first.unsent, first.saved_at) == ({sent: "", other: "preferred"}, True, NOW)
    assert back is not None
    assert (dict(page(own).draft.cells), back.unsent) == ({}, False)


def test_strokes_on_a_page_that_misses_something_are_left_to_the_whole_page(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    own, worker = Scope(owner.id), a_worker(owner)
    stranger = a_worker(a_partner("pomegranate", a_small_bureau()))
    an_open_round()
    cell = at(worker.id, "2026-12-01T10:00")
    write({"promised": "9"}, by=own)

    behind = paint({cell: "possible"}, by=own, seen=Seen(answer=None, draft=0))
    elsewhere = [
        paint({one: "possible"}, by=own, seen=Seen(answer=None, draft=1))
        for one in (at(stranger.id, "2026-12-01T10:00"), at(worker.id, "2026-12-01T03:00"))
    ]

    assert (behind, elsewhere) == (None, [None, None])
    assert dict(page(own).draft.cells) == {"promised": "9"}


def test_nobody_paints_when_declaring_is_over(session: Session) -> None:
    owner = a_partner(bureau=a_small_bureau())
    own, worker = Scope(owner.id), a_worker(owner)
    round_ = an_open_round()
    cells, seen = {at(worker.id, "2026-12-01T10:00"): "possible"}, Seen(answer=None, draft=0)

    with pytest.raises(DeadlinePassed):
        paint(cells, by=own, seen=seen, now=round_.deadlines.declaring_until)
    with pytest.raises(NotFound):
        paint(cells, by=Scope(owner.id + 1), seen=seen)
