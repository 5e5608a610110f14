"""What the review shows on pages of planning: the menu, what is asked, before publishing, on the board."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import render_template, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup

from bureau.kernel.scopes import Scope
from bureau.reviewing import queries
from bureau.reviewing.domain.consent import may_be_answered
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.views import asks, panels
from bureau.rotation.views.asks import Asked
from bureau.rotation.views.panels import Remark
from bureau.rotation.views.whose import KEPT_IN
from bureau.web import formats, menu
from bureau.web.languages import current_language


def ask_for_answer(round_: RoundInfo, organisation: OrganisationInfo, scope: Scope, now: datetime) -> Iterator[Asked]:
    """Ask the organisation to answer the plan, once there is one to answer."""
    if not may_be_answered(round_.phase, queries.terms_of(round_)):
        return
    review = queries.find_review(round_, organisation.id)
    if review is None or not (review.asked or review.answer):
        return
    month = formats.month_name(round_.month, current_language())
    yield Asked(
        icon="board",
        title=gettext("Answer the plan for %(month)s", month=month),
        text=gettext("The plan has changed since; please look again.") if review.outdated else "",
        href=url_for("reviewing.answer", bureau=round_.bureau, month=round_.month, organisation=organisation.code),
        label=gettext("See your answer") if review.counts else gettext("Look and answer"),
        until=round_.deadlines.reviewing_until,
        done=review.counts,
    )


def before_publishing(round_: RoundInfo) -> Markup:
    """Whether everybody agrees, on the page from which a month is published."""
    published = round_.phase in ("published", "closed")
    html = render_template(
        "reviewing/_before_publishing.html", bureau=round_.bureau, round=round_, standing=queries.standing(round_),
        over=queries.published_over(round_), beside=() if published else queries.beside_last_month(round_),
    )  # fmt: skip
    return Markup(html)  # noqa: S704  (our own template, which escapes)


def remark(bureau: str, slot_id: int, said: Sequence[str]) -> Remark:
    """How much is said about a slot, and whether some of it is not settled."""
    return Remark(
        number=len(said),
        words=ngettext("%(num)d comment", "%(num)d comments", len(said)),
        href=url_for("reviewing.comments", bureau=bureau, slot=slot_id),
        open="open" in said,
    )


KEPT_IN.update(f"reviewing.{page}" for page in ("review_now", "overview", "comments", "write_comment"))
asks.add(ask_for_answer)
panels.before_publishing.append(before_publishing)
panels.remarks.append(remark)
menu.add(
    menu.Entry(
        label=lazy_gettext("Review"), endpoint="reviewing.review_now", position=55,
        pages=frozenset({"reviewing.overview", "reviewing.answer", "reviewing.meeting", "reviewing.comments"}),
    )
)  # fmt: skip
