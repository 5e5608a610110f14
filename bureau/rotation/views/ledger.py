"""Fairness over months: every organisation's balance, as a page and as a file."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau, organisations
from bureau.rotation import queries
from bureau.rotation.domain.ledger import Entry
from bureau.rotation.exports import CSV, ledger_csv
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint

MONTHS_SHOWN = 6


@blueprint.get("/desk/<bureau>/ledger/")
@may_come(MANAGER)
def ledger(bureau: str) -> ResponseReturnValue:
    """Organisations × months, the latest month first."""
    entries = queries.ledger_of(get_bureau(bureau).id)
    months = sorted({one.month for one in entries}, reverse=True)[:MONTHS_SHOWN]
    return render_template(
        "rotation/ledger.html", bureau=bureau, months=[Month.parse(month) for month in months], names=_names(),
        rows=_by_organisation(entries), per_month={(one.organisation, one.month): one for one in entries},
    )  # fmt: skip


def _by_organisation(entries: tuple[Entry, ...]) -> list[Entry]:
    """The latest line of each organisation, who is most below its shares first."""
    latest = {one.organisation: one for one in entries}
    return sorted(latest.values(), key=lambda one: (one.balance, one.organisation))


def _names() -> dict[str, str]:
    return {row.code: say(row.name) for row in organisations()}


@blueprint.get("/desk/<bureau>/ledger.csv")
@may_come(MANAGER)
def ledger_file(bureau: str) -> ResponseReturnValue:
    """The whole ledger, for a spreadsheet."""
    content = ledger_csv(queries.ledger_of(get_bureau(bureau).id), _names())
    headers = {"Content-Disposition": f'attachment; filename="ledger-{bureau}.csv"'}
    return Response(content, content_type=CSV, headers=headers)
