"""Two people at the same instant, on both kinds of database: the second is told, and nothing is half done."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.errors import Refused
from bureau.organisations.queries import get_organisation
from bureau.reviewing import actions, queries
from bureau.reviewing.domain.consent import OrganisationReview
from bureau.rotation.actions import hooks, publish_programme
from bureau.rotation.queries import get_round
from bureau.web.identity import scope_of
from tests.factories.organisations import a_bureau
from tests.factories.rotation import a_demand
from tests.reviewing.conftest import AHEAD, in_review

MONTH = str(AHEAD)
Deed = Callable[[], None]


def at_once(app: Flask, *deeds: Deed) -> list[str]:
    """What came of each deed, all begun at the same instant: done, or the code of its refusal."""
    together, outcomes = threading.Barrier(len(deeds)), ["mishap"] * len(deeds)

    def act(number: int, deed: Deed) -> None:
        with app.app_context():
            get_round("golden-river", MONTH)  # connected before the others are waited for
            together.wait()
            try:
                deed()
                outcomes[number] = "done"
            except Refused as refusal:
                outcomes[number] = refusal.code

    threads = [threading.Thread(target=act, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def gate(installation: Flask) -> int:
    """The number of open-gate, which is in a month in review."""
    with installation.app_context():
        in_review()
        return get_organisation("open-gate").id


def says(gate: int, answer: str, version: int = 0) -> Deed:
    """One of open-gate's coordinators answers."""
    return lambda: actions.answer_plan(
        "golden-river", MONTH, "open-gate", answer=answer, reason="In court.", version=version, scope=scope_of(gate),
        actor="test", now=utcnow(),
    )  # fmt: skip


def carries(version: int) -> Deed:
    """The manager carries open-gate's objection."""
    return lambda: actions.reply_to_objection(
        "golden-river", MONTH, "open-gate", outcome="carried", reply="Moved.", version=version, actor="manager",
        now=utcnow(),
    )  # fmt: skip


def settles(gap: str, outcome: str) -> Deed:
    """A manager says what becomes of a gap."""
    return lambda: actions.settle_gap(
        "golden-river", MONTH, gap, outcome=outcome, actor="manager", now=utcnow()
    )  # fmt: skip


def stands(installation: Flask, gate: int) -> OrganisationReview:
    """Where open-gate stands."""
    with installation.app_context():
        found = queries.find_review(get_round("golden-river", MONTH), gate)
        assert found is not None
        return found


def test_of_two_first_answers_of_one_organisation_one_stands_and_the_other_is_told(
    installation: Flask, gate: int
) -> None:
    outcomes = at_once(installation, says(gate, "accepted"), says(gate, "objected"))

    assert sorted(outcomes) == ["done", "stale"]
    assert stands(installation, gate).answer == ("accepted", "objected")[outcomes.index("done")]


def test_an_objection_is_either_withdrawn_or_carried_and_who_comes_second_is_told(
    installation: Flask, gate: int
) -> None:
    at_once(installation, says(gate, "objected"))
    version = stands(installation, gate).version

    outcomes = at_once(installation, says(gate, "accepted", version), carries(version))

    found = stands(installation, gate)
    assert sorted(outcomes) == ["done", "stale"]
    assert (found.answer, found.outcome) == (("accepted", "open"), ("objected", "carried"))[outcomes.index("done")]


def test_nobody_objects_to_a_month_while_it_is_published_as_agreed(
    installation: Flask, gate: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes: list[list[str]] = []
    objecting = threading.Thread(target=lambda: outcomes.append(at_once(installation, says(gate, "objected"))))

    def object_meanwhile(_: hooks.Publishing) -> None:
        objecting.start()
        objecting.join(0.5)  # time enough for one that is not held up

    monkeypatch.setattr(hooks, "before_publishing", [*hooks.before_publishing, object_meanwhile])
    with installation.app_context():
        publish_programme("golden-river", MONTH, actor="manager", now=utcnow())
    objecting.join()

    assert (outcomes, stands(installation, gate).answer) == ([["review_over"]], None)


def test_two_managers_settle_a_gap_and_the_last_word_counts(installation: Flask, gate: int) -> None:
    with installation.app_context():
        a_demand(a_bureau("golden-river"), "month", minimum=9, target=9)
        db.session.commit()
        (gap,) = queries.agenda(get_round("golden-river", MONTH), now=utcnow()).items

    outcomes = at_once(installation, *(settles(gap.key, one) for one in ("answered", "carried", "answered")))

    with installation.app_context():
        (found,) = queries.agenda(get_round("golden-river", MONTH), now=utcnow()).items
    assert outcomes == ["done"] * 3
    assert found.outcome in ("answered", "carried")
