"""Parties who answer at the same instant, on both kinds of database: everything moves once, or nothing does."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from bureau.exchange import actions
from bureau.exchange.actions.waiting import look_after_lists
from bureau.exchange.models import Swap
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.notices.models import Notice
from bureau.rotation import actions as rota
from tests.dying import every_death
from tests.factories.exchange import a_month, live, one_each
from tests.factories.rotation import NOW
from tests.meeting import Deed, at_once

HERE = "golden-river"

People = list[tuple[int, int, int, int, int]]
"""Of each session in the order of the partners: its number, version, slot, organisation and worker."""


@pytest.fixture
def three(installation: Flask) -> tuple[Flask, People]:
    """December with a session of each of three partners."""
    with installation.app_context():
        rows = one_each(*a_month())
        return installation, [(r.id, r.version, r.slot_id, r.organisation_id, r.worker_id) for r in rows]


def ask(*people: tuple[int, int, int, int, int]) -> int:
    """A swap of these sessions, asked for by the first."""
    seen = [(one[0], one[1]) for one in people]
    return actions.ask_swap(HERE, seen, scope=Scope(people[0][3]), actor="test", now=NOW)


def accepting(swap: int, organisation: int, cover: actions.Cover | None = None) -> Deed:
    """To accept in that name."""
    return lambda: actions.accept_swap(HERE, swap, organisation_id=organisation, cover=cover, actor="test", now=NOW)


def states() -> list[str]:
    """What became of each swap."""
    return list(db.session.scalars(select(Swap.state).order_by(Swap.id)))


def test_the_last_two_parties_of_a_ring_accept_at_once_and_it_moves_once(three: tuple[Flask, People]) -> None:
    app, people = three
    with app.app_context():
        swap = ask(*people)

    outcomes = at_once(app, accepting(swap, people[1][3]), accepting(swap, people[2][3]))

    with app.app_context():
        slots = {number: slot for number, (_, slot) in live().items()}
        assert sorted(outcomes, key=str) == [False, True]
        assert [slots[one[0]] for one in people] == [people[1][2], people[2][2], people[0][2]]
        assert states() == ["moved"]


def test_a_server_killed_within_the_last_acceptance_of_a_ring_leaves_nothing_half_done(
    three: tuple[Flask, People],
) -> None:
    app, people = three
    with app.app_context():
        swap = ask(*people)
        actions.accept_swap(HERE, swap, organisation_id=people[1][3], actor="test", now=NOW)
        before, told = live(), db.session.scalar(select(func.count(Notice.id)))
        db.session.remove()

    deaths = []
    for number in every_death(app, accepting(swap, people[2][3])):
        deaths.append(number)
        with app.app_context():
            assert (live(), states(), db.session.scalar(select(func.count(Notice.id)))) == (before, ["asked"], told)

    with app.app_context():
        slots = {number: slot for number, (_, slot) in live().items()}
        assert len(deaths) > len(people)
        assert [slots[one[0]] for one in people] == [people[1][2], people[2][2], people[0][2]]
        assert states() == ["moved"]


def test_one_accepts_while_the_other_gives_the_session_back(three: tuple[Flask, People]) -> None:
    app, people = three
    ours, theirs, _ = people
    with app.app_context():
        swap = ask(ours, theirs)

    accepted, released = at_once(
        app,
        accepting(swap, theirs[3]),
        lambda: rota.release_session(
            HERE, ours[0], reason="ill", version=ours[1], scope=EVERY_ORGANISATION, actor="test", now=NOW
        ),
    )

    with app.app_context():
        there = live()
        if accepted is True:
            assert released == "stale"
            assert (there[ours[0]][1], there[theirs[0]][1], states()) == (theirs[2], ours[2], ["moved"])
        else:
            assert (accepted, released) == ("sessions_changed", None)
            assert (ours[0] in there, there[theirs[0]][1], states()) == (False, theirs[2], ["overtaken"])


def test_of_two_swaps_of_one_session_accepted_at_once_one_is_made(three: tuple[Flask, People]) -> None:
    app, people = three
    with app.app_context():
        first, second = ask(people[0], people[1]), ask(people[0], people[2])

    outcomes = at_once(app, accepting(first, people[1][3]), accepting(second, people[2][3]))

    with app.app_context():
        assert sorted(map(str, outcomes)) in (["True", "sessions_changed"], ["True", "swap_over"])
        assert sorted(states()) == ["moved", "overtaken"]
        assert len({slot for _, slot in live().values()}) == len(people)


def test_an_open_offer_taken_by_two_at_once_goes_to_one(three: tuple[Flask, People]) -> None:
    app, people = three
    with app.app_context():
        scope = Scope(people[0][3])
        swap = actions.ask_cover(HERE, people[0][:2], None, scope=scope, actor="test", now=NOW)

    outcomes = at_once(
        app,
        *(
            accepting(swap, one[3], actions.Cover(worker_id=one[4], services=("info",), languages=("en",)))
            for one in people[1:]
        ),
    )

    with app.app_context():
        holders = [worker for worker, slot in live().values() if slot == people[0][2]]
        assert sorted(map(str, outcomes)) == ["True", "swap_over"]
        assert len(holders) == 1
        assert states() == ["moved"]


def test_who_waited_confirms_while_the_slot_is_given_to_somebody_else(three: tuple[Flask, People]) -> None:
    app, (held, waiting, other) = three
    with app.app_context():
        what = {"services": ["info"], "languages": ["en"], "actor": "test", "now": NOW}
        entry = actions.wait_for_slot(HERE, held[2], worker_id=waiting[4], scope=Scope(waiting[3]), **what)
        rota.release_session(
            HERE, held[0], reason="ill", version=held[1], scope=EVERY_ORGANISATION, actor="test", now=NOW
        )
        look_after_lists(now=NOW)

    confirmed, booked = at_once(
        app,
        lambda: actions.confirm_waiting(entry, actor="test", now=NOW),
        lambda: rota.book_slot(HERE, held[2], worker_id=other[4], scope=EVERY_ORGANISATION, **what).session_id,
    )

    with app.app_context():
        holders = [worker for worker, slot in live().values() if slot == held[2]]
        assert sorted([isinstance(confirmed, int), isinstance(booked, int)]) == [False, True]
        assert "slot_taken" in (confirmed, booked)
        assert holders == [waiting[4] if isinstance(confirmed, int) else other[4]]
