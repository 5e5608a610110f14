"""Who changed what in the log: for the manager, who sees who did it and when, and of no entry what it says."""

from flask import render_template, request

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.month import Month
from bureau.kernel.text import whole_number
from bureau.organisations import queries as places
from bureau.servicelog.queries.changes import counting_in, deeds_in
from bureau.servicelog.wording import DEEDS, REASONS, REFERRAL_ENDS
from bureau.web.formats import at
from bureau.web.guard import MANAGER, may_come
from bureau.web.languages import current_language

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/place/log/changes")
@may_come(MANAGER)
def changes(bureau: str) -> str:
    """A month's corrections, sign-offs, referrals and settings; and who has counted."""
    place = places.get_bureau(bureau)
    here = Month.of(local_date(utcnow(), place.timezone))
    wanted = Month.parse(request.args["month"]) if "month" in request.args else here
    page = whole_number(request.args.get("page", "")) or 0
    deeds, more = deeds_in(bureau, wanted, page=page)
    return render_template(
        "servicelog/changes.html", bureau=bureau, month=wanted, here=here, deeds=deeds, more=more, page=page,
        counting=() if page else counting_in(place.id, wanted), words=DEEDS, reasons={**REFERRAL_ENDS, **REASONS},
        when=lambda moment: at(moment, place.timezone, current_language()),
    )  # fmt: skip
