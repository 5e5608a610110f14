"""What the log tells: an organisation its own month, the manager the bureau's, each beside the month before."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.month import Month
from bureau.kernel.scopes import EVERY_ORGANISATION
from bureau.organisations import queries as places
from bureau.servicelog.domain.bands import WAITING_BANDS
from bureau.servicelog.domain.telling import NOT_SAID, Told
from bureau.servicelog.exports import CSV, figures_csv
from bureau.servicelog.queries.telling import month_told
from bureau.web.bands import BANDS
from bureau.web.furniture import say
from bureau.web.going import see
from bureau.web.guard import LOGGING_FOR, MANAGER, may_come
from bureau.web.identity import scope_of

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/figures/")
@may_come(MANAGER)
def figures_now(bureau: str) -> ResponseReturnValue:
    """To this month's."""
    today = local_date(utcnow(), places.get_bureau(bureau).timezone)
    return see("figures_of_bureau", bureau=bureau, month=Month.of(today))


@blueprint.get("/desk/<bureau>/figures/<month>/")
@may_come(MANAGER)
def figures_of_bureau(bureau: str, month: str) -> str:
    """The bureau as a whole, in fives."""
    return _page(bureau, _of_bureau(bureau, month), partner=None)


@blueprint.get("/desk/<bureau>/figures/<month>/figures.csv")
@may_come(MANAGER)
def figures_of_bureau_file(bureau: str, month: str) -> Response:
    """The same for a spreadsheet."""
    return _file(_of_bureau(bureau, month), f"{bureau}-{month}")


@blueprint.get("/desk/<bureau>/log/<organisation>/<month>/figures")
@may_come(LOGGING_FOR)
def figures(bureau: str, organisation: str, month: str) -> str:
    """An organisation's own."""
    partner = places.get_partner(places.get_bureau(bureau).id, organisation)
    return _page(bureau, _own(bureau, organisation, month), partner=partner.organisation)


@blueprint.get("/desk/<bureau>/log/<organisation>/<month>/figures.csv")
@may_come(LOGGING_FOR)
def figures_file(bureau: str, organisation: str, month: str) -> Response:
    """The same for a spreadsheet."""
    return _file(_own(bureau, organisation, month), f"{organisation}-{month}")


def _of_bureau(bureau: str, month: str) -> Told:
    place = places.get_bureau(bureau)
    return month_told(place.id, Month.parse(month), scope=EVERY_ORGANISATION, now=utcnow())


def _own(bureau: str, organisation: str, month: str) -> Told:
    place = places.get_bureau(bureau)
    scope = scope_of(places.get_partner_id(place.id, organisation))
    return month_told(place.id, Month.parse(month), scope=scope, now=utcnow())


def _page(bureau: str, told: Told, *, partner: Any) -> str:
    today = local_date(utcnow(), places.get_bureau(bureau).timezone)
    return render_template(
        "servicelog/figures.html", bureau=bureau, told=told, partner=partner, month=told.month, here=Month.of(today),
        names=_names(),
    )  # fmt: skip


def _file(told: Told, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="figures-{name}.csv"'}
    return Response(figures_csv(told, _names()), content_type=CSV, headers=headers)


def _names() -> Mapping[str, Mapping[str, str]]:
    """How the codes of each split are called; what was not said too."""
    not_said = {NOT_SAID: gettext("not said")}
    return {
        "service": {row.code: say(row.name) for row in catalogue.services()},
        "language": {tag: say(row.name) for tag, row in catalogue.languages_by_tag().items()},
        "organisation": {row.code: say(row.name) for row in places.organisations()},
        "hour": {f"{hour:02d}": f"{hour:02d}:00" for hour in range(24)} | not_said,
        "waiting": {band: str(BANDS["waiting_band", band]) for band in WAITING_BANDS} | not_said,
    }
