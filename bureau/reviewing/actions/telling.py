"""Whom the review tells what, in the transaction in which it happens."""

from datetime import datetime

from bureau.accounts.queries import coordinators_of
from bureau.kernel.localised import LocalisedText
from bureau.notices.actions import tell
from bureau.reviewing.domain.consent import Standing
from bureau.reviewing.models import Review, SlotComment
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.web.addresses import path_to


def objection_settled(round_: RoundInfo, organisation: str, row: Review, *, now: datetime) -> None:
    """Tell the objecting organisation's coordinators what became of it."""
    tell(
        coordinators_of(row.organisation_id), kind=f"objection_{row.outcome}", bureau_id=round_.bureau_id,
        values={"month": str(round_.month), "reply": row.reply},
        address=path_to("reviewing.answer", bureau=round_.bureau, month=round_.month, organisation=organisation),
        key=f"objection/{row.id}/{row.outcome}/{now.isoformat()}", organisation_id=row.organisation_id, now=now,
    )  # fmt: skip


def slot_talked_about(
    round_: RoundInfo,
    comment: SlotComment,
    owner: OrganisationInfo | None,
    speaker: LocalisedText | None,
    *,
    now: datetime,
) -> None:
    """Tell the coordinators of the organisation whose session it is, unless they said it themselves."""
    if owner is None or owner.id == comment.organisation_id:
        return
    slot = comment.slot
    tell(
        coordinators_of(owner.id), kind="slot_comment", bureau_id=round_.bureau_id,
        values={
            "day": slot.day.isoformat(), "starts": slot.starts.isoformat(), "words": comment.words,
            "who": dict(speaker.texts) if speaker else {},
        },
        address=path_to("reviewing.comments", bureau=round_.bureau, slot=slot.id, organisation=owner.code),
        key=f"comment/{comment.id}", organisation_id=owner.id, touches_at=slot.starts_at, now=now,
    )  # fmt: skip


def published_all_the_same(round_: RoundInfo, standing: Standing, number: int, *, now: datetime) -> None:
    """Tell those whose objections were open that the month is public in spite of them."""
    for one in standing.objecting:
        whose = one.organisation
        tell(
            coordinators_of(whose.id), kind="published_over_objection", bureau_id=round_.bureau_id,
            values={"month": str(round_.month)},
            address=path_to("reviewing.overview", bureau=round_.bureau, month=round_.month),
            key=f"published-over/{round_.id}/{number}/{whose.id}", organisation_id=whose.id, now=now,
        )  # fmt: skip
