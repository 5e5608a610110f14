"""Answering a plan, what becomes of objections, and publishing in spite of them."""

import pytest
from sqlalchemy import select

from bureau.kernel.audit import AuditEntry
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import Invalid, NotFound, Stale
from bureau.notices.domain.kinds import sentence
from bureau.notices.models import Notice
from bureau.reviewing import actions, queries
from bureau.reviewing.domain.refusals import NotAgreed, ObjectionNeedsReason, ReplyNeeded
from bureau.rotation import actions as rotation
from bureau.rotation.domain.preview import ANYHOW
from bureau.rotation.queries import programme_numbers
from bureau.web.identity import scope_of
from tests.factories.accounts import person
from tests.factories.rotation import a_proposal, worker_row
from tests.reviewing.conftest import Reviewed


def reply(reviewed: Reviewed, outcome: str, words: str, version: int) -> None:
    """What the manager says to open-gate's objection."""
    actions.reply_to_objection(
        "golden-river", reviewed.month, "open-gate", outcome=outcome, reply=words, version=version,
        actor="manager", now=reviewed.now,
    )  # fmt: skip


def publish(reviewed: Reviewed, over: str = "") -> rotation.Published:
    """Publish the month."""
    return rotation.publish_programme("golden-river", reviewed.month, over=over, actor="manager", now=reviewed.now)


def told(kind: str) -> list[int]:
    """Who was told that."""
    return list(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def deeds(action: str) -> list[dict[str, object] | None]:
    """What the audit says came of such deeds."""
    return list(db.session.scalars(select(AuditEntry.after).where(AuditEntry.action == action)))


def test_organisations_in_the_plan_are_asked_and_others_are_not(reviewed: Reviewed) -> None:
    asked = {one.organisation.code: one.asked for one in queries.reviews_of(reviewed.round)}

    assert asked == {"open-gate": True, "good-well": True, "saturday-shoes": False}


def test_an_answer_is_changed_as_long_as_the_person_saw_the_one_that_stands(reviewed: Reviewed) -> None:
    reviewed.answer(reviewed.gate, "objected", " The lawyer is\r\nin court. ")
    seen = reviewed.stands(reviewed.gate)
    reviewed.answer(reviewed.gate, "accepted", version=seen.version)

    with pytest.raises(Stale):
        reviewed.answer(reviewed.gate, "objected", "again", version=seen.version)

    assert seen.reason == "The lawyer is\nin court."
    assert (reviewed.stands(reviewed.gate).answer, reviewed.stands(reviewed.gate).reason) == ("accepted", "")
    assert len(deeds("plan.answered")) == 2


def test_an_objection_without_a_reason_an_unknown_answer_and_an_endless_reason_are_refused(reviewed: Reviewed) -> None:
    for answer, reason, refusal in (
        ("objected", " \n", ObjectionNeedsReason), ("perhaps", "", Invalid), ("objected", "a" * 1001, Invalid),
    ):  # fmt: skip
        with pytest.raises(refusal):
            reviewed.answer(reviewed.gate, answer, reason)

    assert reviewed.stands(reviewed.gate).answer is None


def test_nobody_answers_for_another_organisation_and_the_managers_note_is_marked(reviewed: Reviewed) -> None:
    answer = {"answer": "accepted", "reason": "", "version": 0, "actor": "test", "now": reviewed.now}
    with pytest.raises(NotFound):
        actions.answer_plan(
            "golden-river",
            reviewed.month,
            "open-gate",
            scope=scope_of(reviewed.well.id),
            **answer,
        )
    actions.answer_plan("golden-river", reviewed.month, "open-gate", scope=EVERY_ORGANISATION, **answer)

    assert (reviewed.stands(reviewed.gate).answer, reviewed.stands(reviewed.gate).on_behalf) == ("accepted", True)


def test_answers_given_before_a_newer_plan_was_taken_are_outdated_until_given_again(reviewed: Reviewed) -> None:
    reviewed.answer(reviewed.gate, "accepted")
    day = reviewed.sessions[0].starts_at.date()
    worker = worker_row(reviewed.sessions[0].worker_id)
    a_proposal([(worker, f"{day}T15:00", "desk-a-1")], state="accepted", month=reviewed.month, now=reviewed.now)

    outdated = reviewed.stands(reviewed.gate)
    reviewed.answer(reviewed.gate, "accepted", version=outdated.version)

    assert (outdated.outdated, outdated.counts) == (True, False)
    assert reviewed.stands(reviewed.gate).counts


@pytest.mark.parametrize("outcome", ["answered", "carried"])
def test_an_objection_answered_or_carried_is_told_to_its_coordinators_only(reviewed: Reviewed, outcome: str) -> None:
    concerned = person(coordinates=[reviewed.gate])
    person(coordinates=[reviewed.well])
    reviewed.answer(reviewed.gate, "objected", "In court on Thursdays.")

    reply(reviewed, outcome, "Moved to Friday.", reviewed.stands(reviewed.gate).version)

    found = reviewed.stands(reviewed.gate)
    assert (found.outcome, found.reply, found.objects) == (outcome, "Moved to Friday.", False)
    assert told(f"objection_{outcome}") == [concerned.id]


def test_the_manager_cannot_settle_an_objection_that_was_withdrawn_or_reworded_meanwhile(reviewed: Reviewed) -> None:
    reviewed.answer(reviewed.gate, "objected", "In court on Thursdays.")
    seen = reviewed.stands(reviewed.gate).version
    reviewed.answer(reviewed.gate, "accepted", version=seen)

    with pytest.raises(Stale):
        reply(reviewed, "carried", "Moved.", seen)
    with pytest.raises(Stale):
        reply(reviewed, "carried", "Moved.", reviewed.stands(reviewed.gate).version)
    assert told("objection_carried") == []


def test_who_objects_again_is_not_answered_by_the_old_reply(reviewed: Reviewed) -> None:
    reviewed.answer(reviewed.gate, "objected", "In court on Thursdays.")
    reply(reviewed, "answered", "It has to be.", reviewed.stands(reviewed.gate).version)

    reviewed.answer(
        reviewed.gate, "objected", "It still does not work.", version=reviewed.stands(reviewed.gate).version
    )

    assert (reviewed.stands(reviewed.gate).objects, reviewed.stands(reviewed.gate).reply) == (True, "")


def test_a_silent_reply_is_refused_but_in_the_joint_meeting(reviewed: Reviewed) -> None:
    reviewed.answer(reviewed.gate, "objected", "In court on Thursdays.")
    version = reviewed.stands(reviewed.gate).version

    with pytest.raises(ReplyNeeded):
        reply(reviewed, "answered", " ", version)
    actions.reply_to_objection(
        "golden-river", reviewed.month, "open-gate", outcome="answered", reply="", version=version, spoken=True,
        actor="manager", now=reviewed.now,
    )  # fmt: skip

    assert reviewed.stands(reviewed.gate).outcome == "answered"


def test_the_quorum_of_the_month_before_holds_until_another_is_set(reviewed: Reviewed) -> None:
    terms = {"shown_early": False, "version": 0, "actor": "manager", "now": reviewed.now}
    rotation.open_round("golden-river", "2026-01", actor="test", now=reviewed.now.replace(year=2025))
    actions.set_terms("golden-river", "2026-01", percent=60, **terms)

    assert queries.terms_of(reviewed.round).percent == 60
    with pytest.raises(Invalid):
        actions.set_terms("golden-river", reviewed.month, percent=101, **terms)
    actions.set_terms("golden-river", reviewed.month, percent=0, **terms)
    assert (queries.terms_of(reviewed.round).percent, queries.terms_of(reviewed.round).version) == (0, 1)


def test_an_open_objection_holds_a_publication_back_and_publishing_over_it_is_written_down_and_told(
    reviewed: Reviewed,
) -> None:
    concerned = person(coordinates=[reviewed.gate])
    reviewed.answer(reviewed.gate, "objected", "In court on Thursdays.")

    with pytest.raises(NotAgreed) as refusal:
        publish(reviewed)
    assert programme_numbers("golden-river", reviewed.month) == ()
    publish(reviewed, over=str(refusal.value.params["over"]))

    (over,) = queries.published_over(reviewed.round)
    assert (over.number, [name.in_("en") for name in over.objecting], over.quorate) == (1, ["open-gate"], True)
    assert [one and one["objecting"] for one in deeds("programme.published_over")] == [["open-gate"]]
    assert told("published_over_objection") == [concerned.id]


def test_an_answer_given_while_the_manager_is_being_asked_is_asked_about_anew(reviewed: Reviewed) -> None:
    reviewed.answer(reviewed.gate, "objected", "In court on Thursdays.")
    with pytest.raises(NotAgreed) as refusal:
        publish(reviewed)
    reviewed.answer(reviewed.well, "objected", "Nobody speaks Arabic.")

    with pytest.raises(NotAgreed):
        publish(reviewed, over=str(refusal.value.params["over"]))


def test_a_quorum_that_is_not_reached_holds_a_publication_back(reviewed: Reviewed) -> None:
    actions.set_terms(
        "golden-river", reviewed.month, percent=100, shown_early=False, version=0, actor="manager", now=reviewed.now
    )
    reviewed.answer(reviewed.gate, "accepted")

    with pytest.raises(NotAgreed):
        publish(reviewed)
    publish(reviewed, over=ANYHOW)

    (over,) = queries.published_over(reviewed.round)
    assert (over.objecting, over.answered, over.asked, over.quorate) == ((), 1, 2, False)


def test_a_month_that_everybody_accepts_is_published_without_a_word_and_changes_to_it_are_not_voted_on(
    reviewed: Reviewed,
) -> None:
    reviewed.answer(reviewed.gate, "accepted")
    reviewed.answer(reviewed.well, "accepted")
    publish(reviewed)
    session = reviewed.sessions[0]
    rotation.release_session(
        "golden-river", session.id, reason="ill", version=session.version, scope=EVERY_ORGANISATION, actor="test",
        now=reviewed.now,
    )  # fmt: skip

    assert publish(reviewed).number == 2
    assert queries.published_over(reviewed.round) == ()


def test_what_people_are_told_is_a_sentence_with_what_they_need_to_know(reviewed: Reviewed) -> None:
    person(coordinates=[reviewed.gate])
    said = {"organisation_id": reviewed.well.id, "person_id": person().id, "now": reviewed.now}
    actions.write_comment("golden-river", reviewed.sessions[0].slot_id, words="Who interprets?", **said)
    reviewed.answer(reviewed.gate, "objected", "In court on Thursdays.")
    reply(reviewed, "answered", "It has to be.", reviewed.stands(reviewed.gate).version)
    reply(reviewed, "carried", "Moved to Friday.", reviewed.stands(reviewed.gate).version)
    reviewed.answer(reviewed.gate, "objected", "Not Friday.", version=reviewed.stands(reviewed.gate).version)
    publish(reviewed, over=ANYHOW)

    rows = db.session.execute(select(Notice.kind, Notice.values).order_by(Notice.id)).all()
    sentences = {kind: sentence(kind, values) for kind, values in rows}

    assert {kind: words in sentences[kind] for kind, words in TOLD.items()} == dict.fromkeys(TOLD, True)


TOLD = {
    "slot_comment": "Who interprets?",
    "objection_answered": "It has to be.",
    "objection_carried": "Moved to Friday.",
    "published_over_objection": "although your objection was open",
}
