"""Looking at what residents would see change, and publishing it."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.rotation import actions, queries
from bureau.rotation.domain.preview import changes
from bureau.rotation.domain.translations import untranslated
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.wording import word

from .blueprint import again, blueprint, see


@blueprint.get("/desk/<bureau>/<month>/publish")
@may_come(MANAGER)
def publish(bureau: str, month: str) -> str:
    """What would change for residents, what is not translated yet, what was published before."""
    return _preview(bureau, month)


def _preview(bureau: str, month: str, problem: Refused | None = None) -> str:
    round_ = queries.get_round(bureau, month)
    document, changed = queries.next_programme(round_, now=utcnow())
    return render_template(
        "rotation/publish.html", bureau=bureau, round=round_, document=document, changed=changes(document, changed),
        missing=untranslated(document), numbers=queries.programme_numbers(bureau, month),
        problem=word(problem) if problem else None,
    )  # fmt: skip


@blueprint.post("/desk/<bureau>/<month>/publish")
@may_come(MANAGER)
def publish_programme(bureau: str, month: str) -> ResponseReturnValue:
    """Publish it."""
    try:
        done = actions.publish_programme(bureau, month, actor=get_identity().actor, now=utcnow())
    except Refused as error:
        return again(_preview(bureau, month, problem=error))
    flash(gettext("Published as number %(number)d. The public pages follow within a minute.", number=done.number), "ok")
    return see("publish", bureau=bureau, month=month)
