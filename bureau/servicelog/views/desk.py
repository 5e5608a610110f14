"""At the desk: the sessions in hand, and the sheet on which a tap counts."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from bureau.catalogue import queries as catalogue
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.privacy import LONGEST
from bureau.organisations import queries as places
from bureau.rotation.domain.desk import DeskSession
from bureau.rotation.queries.desk import get_desk_session, sessions_on
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.domain.entries import UNDO_FOR
from bureau.servicelog.queries.desk import counts_of_session, entries_on, find_entry
from bureau.servicelog.queries.notes import notes_beside, settings_of
from bureau.web.bands import BAND_NAMES
from bureau.web.bands import BANDS as BAND_WORDS
from bureau.web.going import see
from bureau.web.guard import LOGGING, LOGGING_FOR, may_come
from bureau.web.identity import get_identity, scope_of

from .blueprint import blueprint
from .device import MOST_SHEETS, device, is_to_be_kept, ways_to_count
from .whose import organisations_of, scope_for, scopes_at

SHOWN = 12
"""How many of today's entries the sheet lists."""


@blueprint.get("/desk/<bureau>/today/")
@may_come(LOGGING)
def today(bureau: str) -> ResponseReturnValue:
    """The sessions in hand; where there is but one, its sheet."""
    place, now = places.get_bureau(bureau), utcnow()
    day = local_date(now, place.timezone)
    sessions = [
        session for scope in scopes_at(get_identity(), bureau) for session in sessions_on(bureau, day, scope=scope)
    ]
    in_hand = [session for session in sessions if session.in_hand(now)]
    if len(in_hand) == 1 and "all" not in request.args:
        return see("session", bureau=bureau, session_id=in_hand[0].id)
    rest = [session for session in sessions if session not in in_hand]
    organisations = organisations_of(get_identity(), place.id, bureau)
    return render_template(
        "servicelog/today.html", bureau=bureau, day=day, now=now, in_hand=in_hand, rest=rest, organisations=organisations,
        just=None, **device(bureau, _sheets(bureau, [*in_hand, *rest], organisations)),
    )  # fmt: skip


def _sheets(bureau: str, sessions: list[DeskSession], organisations: list[Any]) -> list[str]:
    """The addresses of the sheets that are kept with the list of today: who works for many opens those they need."""
    opened = [url_for("servicelog.session", bureau=bureau, session_id=one.id) for one in sessions]
    outside = [url_for("servicelog.without_session", bureau=bureau, organisation=one.code) for one in organisations]
    return [way for sheet in [*opened, *outside][:MOST_SHEETS] for way in ways_to_count(sheet)]


@blueprint.get("/desk/<bureau>/today/<int:session_id>/")
@may_come(LOGGING)
def session(bureau: str, session_id: int) -> str:
    """The sheet of a session: its services, its languages, and what was counted in it."""
    person = get_identity()
    here = get_desk_session(bureau, session_id)
    scope = scope_for(person, bureau, here.organisation.code)
    return _sheet(
        bureau, organisation=here.organisation.code, name=here.organisation.name, session=here,
        counts=counts_of_session(here.id, scope=scope),
    )  # fmt: skip


@blueprint.get("/desk/<bureau>/today/for/<organisation>/")
@may_come(LOGGING_FOR)
def without_session(bureau: str, organisation: str) -> str:
    """The same without a session: somebody came outside the plan."""
    scope_for(get_identity(), bureau, organisation)
    partner = places.get_partner(places.get_bureau(bureau).id, organisation).organisation
    return _sheet(bureau, organisation=partner.code, name=partner.name, session=None, counts={})


def _sheet(bureau: str, *, organisation: str, name: Any, session: DeskSession | None, counts: Any) -> str:
    place, now = places.get_bureau(bureau), utcnow()
    scope_for(get_identity(), bureau, organisation)
    today, services = local_date(now, place.timezone), catalogue.services(active=True)
    here = _address(bureau, organisation, session)
    return render_template(
        "servicelog/sheet.html", bureau=bureau, organisation=organisation, name=name, session=session, now=now, here=here,
        day=local_date(session.starts_at, place.timezone) if session else today, counts=counts, ref=str(uuid4()),
        unmet="unmet" in request.args, group=next((one for one in services if one.code == request.args.get("group")), None),
        just=_just_logged(bureau, place.id, now), undo_seconds=int(UNDO_FOR.total_seconds()),
        **_choices(place, session, services), **_counted(place.id, organisation, today),
        **device(bureau, ways_to_count(here, [one.code for one in services if one.mode == "group"])),
    )  # fmt: skip


def _address(bureau: str, organisation: str, session: DeskSession | None) -> str:
    if session:
        return url_for("servicelog.session", bureau=bureau, session_id=session.id)
    return url_for("servicelog.without_session", bureau=bureau, organisation=organisation)


def _choices(place: Any, session: DeskSession | None, services: Any) -> dict[str, Any]:
    """What the sheet offers, the session's own first; the language is the one asked for, else the session's first."""
    given = [one.code for one in session.services] if session else []
    spoken = [one.tag for one in session.languages] if session else []
    languages, wanted = catalogue.languages(), request.args.get("language")
    return {
        "given": given, "services": sorted(services, key=lambda one: one.code not in given),
        "spoken": spoken, "languages": sorted(languages, key=lambda one: one.tag not in spoken),
        "language_now": wanted if any(one.tag == wanted for one in languages) else next(iter(spoken), place.languages[0]),
        "statuses": catalogue.status_groups(active=True), "bands": BANDS, "band_names": BAND_NAMES, "band_words": BAND_WORDS,
    }  # fmt: skip


def _counted(bureau_id: int, organisation: str, today: date) -> dict[str, Any]:
    """The sheet's own entries and notes of today, whoever looks; what a device keeps holds no notes."""
    scope = scope_of(places.get_partner_id(bureau_id, organisation))
    entries = entries_on(bureau_id, today, scope=scope, most=SHOWN)
    keeps_notes = settings_of(bureau_id).notes
    noted = [one.id for one in entries] if keeps_notes and not is_to_be_kept() else []
    notes = notes_beside(noted, scope=scope, today=today)
    return {"entries": entries, "notes": notes, "keeps_notes": keeps_notes, "longest": LONGEST}


def _just_logged(bureau: str, bureau_id: int, now: datetime) -> Any:
    """The entry that the address says was just made, while it can still be undone."""
    ref, person = request.args.get("logged"), get_identity()
    if not ref:
        return None
    found = [find_entry(bureau_id, ref, scope=scope) for scope in scopes_at(person, bureau)]
    entry = next((one for one in found if one is not None), None)
    mine = entry is not None and entry.logged_by_id == person.person_id and not entry.taken_back
    return entry if entry and mine and now < entry.logged_at + UNDO_FOR else None
