"""Publishing only what is agreed, or knowingly in spite of it."""

from bureau.kernel import audit
from bureau.kernel.database import db
from bureau.reviewing.domain.consent import ensure_agreed
from bureau.reviewing.models import PublishedOver
from bureau.reviewing.queries.reviews import standing
from bureau.rotation.actions.hooks import Publishing, before_publishing

from .telling import published_all_the_same


def ensure_published_knowingly(publishing: Publishing) -> None:
    """Refuse a first publication that not everybody agrees with, unless it is made in spite of exactly that (NotAgreed);
    then it is written down for everybody to see. Once a month is public, its changes are not put to the vote.
    """
    round_, now = publishing.round, publishing.now
    if round_.phase in ("published", "closed"):
        return
    found = standing(round_)
    if not ensure_agreed(found, publishing.over):
        return
    objecting = [one.organisation.code for one in found.objecting]
    db.session.add(
        PublishedOver(
            round_id=round_.id,
            number=publishing.number,
            objecting=objecting,
            answered=found.answered,
            asked=found.asked,
            percent=found.percent,
            published_at=now,
        )
    )
    after = {"number": publishing.number, "objecting": objecting, "answered": found.answered, "needed": found.needed}
    audit.record(
        "programme.published_over",
        f"round:{round_.bureau}/{round_.month}",
        actor=publishing.actor,
        now=now,
        after=after,
    )
    published_all_the_same(round_, found, publishing.number, now=now)


before_publishing.append(ensure_published_knowingly)
