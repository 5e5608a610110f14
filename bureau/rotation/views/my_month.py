"""What an organisation is asked, what it has, and what it could take."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import NotFound
from bureau.notices.queries import since_last_look
from bureau.rotation import queries
from bureau.web.guard import COORDINATOR, may_come
from bureau.web.identity import get_identity, scope_for

from .asks import asked_by_others, in_order, own_asks
from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/organisations/<organisation>/my-month/")
@may_come(COORDINATOR)
def my_month(bureau: str, organisation: str) -> ResponseReturnValue:
    """The month in work, or the one that ``?month=`` names."""
    now = utcnow()
    months = queries.rounds_of(bureau)
    if not months:
        return render_template("rotation/no_month.html", bureau=bureau)
    chosen = request.args.get("month") or str((queries.current_round(bureau, now=now) or months[0]).month)
    person = get_identity()
    scope = scope_for(person, bureau, organisation)
    found = queries.my_month(bureau, chosen, organisation, scope=scope, now=now)
    if found.round is None:
        raise NotFound
    asked = [*own_asks(found), *asked_by_others(found.round, found.organisation, scope, now)]
    return render_template(
        "rotation/my_month.html", bureau=bureau, mine=found, round=found.round, months=months, asked=in_order(asked),
        told=since_last_look(person.person_id, bureau),
    )  # fmt: skip
