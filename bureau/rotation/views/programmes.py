"""Looking at what residents would see change, and publishing it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.rotation import actions, queries
from bureau.rotation.domain.preview import by_day, by_organisation, changes, counts
from bureau.rotation.domain.translations import PublicText, untranslated
from bureau.web.going import again, see
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.languages import LANGUAGES, current_language
from bureau.web.wording import word

from .blueprint import blueprint

GROUPINGS = ("day", "organisation")

EDITED: Mapping[str, tuple[str, str]] = {
    "place": ("organisations.place", ""),
    "category": ("catalogue.category", "code"),
    "service": ("catalogue.service", "code"),
    "language": ("catalogue.language", "tag"),
    "organisation": ("organisations.partner", "organisation"),
    "room": ("organisations.room", "code"),
    "closure": ("organisations.closures", ""),
}
"""Where a text that residents read is edited: the page, and what its address calls the thing."""


@blueprint.get("/desk/<bureau>/<month>/publish")
@may_come(MANAGER)
def publish(bureau: str, month: str) -> str:
    """What would change for residents, what is not translated yet, what was published before."""
    return _preview(bureau, month)


def _preview(bureau: str, month: str, problem: Refused | None = None) -> str:
    round_ = queries.get_round(bureau, month)
    document, _ = queries.next_programme(round_, now=utcnow())
    changed = changes(queries.find_programme(bureau, month), document)
    by = request.args.get("by", GROUPINGS[0])
    groups = by_organisation(changed, current_language()) if by == GROUPINGS[1] else by_day(changed)
    return render_template(
        "rotation/publish.html", bureau=bureau, round=round_, document=document, changed=changed, counts=counts(changed),
        by=by if by in GROUPINGS else GROUPINGS[0], groups=groups, missing=untranslated(document),
        numbers=queries.programme_numbers(bureau, month), problem=word(problem) if problem else None,
        over=problem.params.get("over") if problem else None,
        edited=partial(_edited, bureau, month), written=[LANGUAGES[tag] for tag in document.bureau.languages if tag in LANGUAGES],
    )  # fmt: skip


def _edited(bureau: str, month: str, text: PublicText) -> str:
    """The note of a session is edited from the board; everything else has a page of its own."""
    if text.kind not in EDITED:
        return url_for("rotation.board", bureau=bureau, month=month)
    endpoint, name = EDITED[text.kind]
    parts: dict[str, Any] = {name: text.code} if name else {}
    return url_for(endpoint, bureau=bureau, **parts)


@blueprint.post("/desk/<bureau>/<month>/publish")
@may_come(MANAGER)
def publish_programme(bureau: str, month: str) -> ResponseReturnValue:
    """Publish it; where not everybody agrees, only after having been asked once more."""
    over = request.form.get("over", "")
    try:
        done = actions.publish_programme(bureau, month, over=over, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(_preview(bureau, month, problem=error))
    flash(gettext("Published as number %(number)d. The public pages follow within a minute.", number=done.number), "ok")
    return see("publish", bureau=bureau, month=month)
