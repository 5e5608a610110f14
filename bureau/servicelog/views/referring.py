"""Sending somebody on: what for, in which language, where to and when; and the slip that they take along."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import Forbidden, NotFound, Refused
from bureau.kernel.privacy import LONGEST
from bureau.organisations import queries as places
from bureau.servicelog import actions
from bureau.servicelog.domain.codes import spaced
from bureau.servicelog.domain.referrals import OUTSIDE
from bureau.servicelog.domain.ways import by_date, ways_to
from bureau.servicelog.forms import read_onward, sealed, unsealed
from bureau.servicelog.queries.referrals import get_referral, programmes_from_now, told_of
from bureau.web.addresses import public_page
from bureau.web.desk import by_me
from bureau.web.going import again, see, to
from bureau.web.guard import LOGGING_FOR, may_come
from bureau.web.identity import get_identity
from bureau.web.languages import LANGUAGES, current_language, writing_in
from bureau.web.qr import qr
from bureau.web.wording import word

from .blueprint import blueprint
from .referrals import own_scope
from .whose import scope_for

READS = {"fa-AF": "fa"}
"""Who speaks this reads that, where it is not the same tag."""


@blueprint.route("/desk/<bureau>/referrals/<organisation>/new", methods=["GET", "POST"])
@may_come(LOGGING_FOR)
def refer(bureau: str, organisation: str) -> ResponseReturnValue:
    """Choose the service and its language, then whose next date; one tap on it gives the referral."""
    if request.method == "GET":
        return _choices(bureau, organisation)
    try:
        number = _given(bureau, organisation)
    except Refused as refusal:
        if isinstance(refusal, NotFound | Forbidden):
            raise
        return again(_choices(bureau, organisation, field=refusal.field, refusal=word(refusal)))
    return see("slip", bureau=bureau, organisation=organisation, number=number)


def _given(bureau: str, organisation: str) -> int:
    person = get_identity()
    return actions.give_referral(
        bureau, organisation, read_onward(request.form), code=unsealed(request.form.get("code", "")),
        scope=scope_for(person, bureau, organisation), person_id=person.person_id, entry_ref=request.form.get("entry"),
        **by_me(),
    )  # fmt: skip


def _choices(bureau: str, organisation: str, *, field: str | None = None, refusal: str = "") -> str:
    place, now = places.get_bureau(bureau), utcnow()
    services, languages = catalogue.services(active=True), catalogue.languages()
    service = next((one for one in services if one.code == request.values.get("service")), None)
    asked = request.values.get("language")
    spoken = next((one for one in languages if one.tag == asked), None) or _first_of(place, languages)
    documents = programmes_from_now(bureau, place.timezone, now=now) if service else ()
    partners = {one.code: one for one in places.partners(place.id)}
    ways = ways_to(documents, service.code, spoken.tag, now=now) if service and spoken else ()
    return render_template(
        "servicelog/refer.html", bureau=bureau, organisation=organisation, name=partners.get(organisation), service=service,
        services=services, spoken=spoken, languages=languages, by_tag={one.tag: one for one in languages},
        dates=by_date(one for one in ways if one.organisation in partners), partners=partners,
        rooms={one.code: one.name for document in documents for one in document.rooms},
        code=sealed(actions.new_code()), entry=request.values.get("entry", ""), outside=OUTSIDE, typed=request.form,
        field=field, refusal=refusal, longest=LONGEST, today=local_date(now, place.timezone),
    )  # fmt: skip


def _first_of(place: Any, languages: list[Any]) -> Any:
    return next((one for one in languages if one.tag == place.languages[0]), next(iter(languages), None))


@blueprint.get("/desk/<bureau>/referrals/<organisation>/<int:number>/slip")
@may_come(LOGGING_FOR)
def slip(bureau: str, organisation: str, number: int) -> str:
    """What the person takes along, in their language: shown on the screen, or printed."""
    place = places.get_bureau(bureau)
    found = get_referral(place.id, number, scope=own_scope(bureau, organisation))
    if found.giver.code != organisation:
        raise NotFound
    told = told_of(found, programmes_from_now(bureau, place.timezone, now=utcnow()))
    language = _read_by(found.language.tag)
    page = public_page(_published_in(place, language), bureau, found.to.code if found.to and told.has_page else None)
    around = _around(bureau)
    with writing_in(language):
        return render_template(
            "servicelog/slip.html", bureau=bureau, organisation=organisation, place=place, one=found, told=told,
            code=spaced(found.code), page=page, picture=Markup(qr(page, sized=False)), around=around,  # noqa: S704  (made by us)
        )  # fmt: skip


def _read_by(tag: str) -> str:
    """The language that the slip is written in: the one asked for, else that of the consultation if we write it."""
    for one in (request.args.get("in", ""), READS.get(tag, tag), tag.partition("-")[0]):
        if one in LANGUAGES:
            return one
    return "en"


def _published_in(place: Any, language: str) -> str:
    return language if language in place.languages else str(place.languages[0])


def _around(bureau: str) -> dict[str, str]:
    """What stands around the slip for whoever gives it, in their own language."""
    return {
        "language": current_language(),
        "desk": to("today", bureau=bureau),
        "back": gettext("Back to counting"),
        "referral": gettext("What became of it"),
        "print": gettext("Print"),
        "how": gettext("Let the person photograph this, or print it. The slip says nothing about who they are."),
        "languages": gettext("Language of the slip"),
    }
