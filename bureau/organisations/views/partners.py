"""The partner organisations of the bureau."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import local_date, utcnow
from bureau.organisations import queries
from bureau.organisations.actions import partners as actions
from bureau.organisations.domain.place import has_valid_agreement
from bureau.organisations.domain.usual import Usual
from bureau.organisations.forms.partners import NUMBERS, NewOrganisationForm, OrganisationForm, UsualForm
from bureau.organisations.forms.words import AGREEMENT_KINDS, ORGANISATION_KINDS
from bureau.web.desk import by_me, form_page, in_person
from bureau.web.editing import Stored, saved
from bureau.web.furniture import say
from bureau.web.guard import COORDINATOR, MANAGER, may_come
from bureau.web.identity import get_identity, scope_of

from .blueprint import blueprint, ensure_spoken_for, stored

PLAIN = ("kind", "email", "phone")
TEXTS = ("name", "about")


@blueprint.get("/organisations/")
@may_come(MANAGER)
def partners(bureau: str) -> ResponseReturnValue:
    """Every organisation that takes part or once did; ``q`` searches names and codes."""
    place, asked = queries.get_bureau(bureau), request.args.get("q", "").strip()
    today = local_date(utcnow(), place.timezone)
    rows = [
        {"partner": row, "agreed": has_valid_agreement(row.agreements, today)}
        for row in queries.search_partners(place.id, asked)
    ]
    strangers, others = queries.strangers(place.id, get_identity())
    return render_template(
        "organisations/partners.html", bureau=bureau, asked=asked, rows=rows, kinds=ORGANISATION_KINDS,
        strangers=strangers, others=others,
    )  # fmt: skip


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_partner(bureau: str) -> ResponseReturnValue:
    """A new organisation that takes part."""
    form = NewOrganisationForm(written_in=queries.get_bureau(bureau).languages)

    def save() -> None:
        actions.add_organisation(bureau, {**form.typed("code", *PLAIN), **form.texts(*TEXTS)}, **by_me())

    if saved(form, save):
        return stored("partner", bureau=bureau, organisation=str(form.code.data).strip())
    return form_page("organisations/edit_partner.html", form, bureau=bureau, heading=gettext("New organisation"))


@blueprint.post("/organisations/join")
@may_come(MANAGER)
def join(bureau: str) -> ResponseReturnValue:
    """An organisation takes part, that is known from another bureau or took part before."""
    code = request.form.get("organisation", "")
    actions.take_part(bureau, code, **in_person())
    return stored("partner", bureau=bureau, organisation=code)


@blueprint.get("/organisations/<organisation>/")
@may_come(MANAGER)
def partner(bureau: str, organisation: str) -> ResponseReturnValue:
    """One partner: what is said of it, its agreements, its workers, what is usual."""
    place = queries.get_bureau(bureau)
    row = queries.get_partner(place.id, organisation)
    speaks = row.organisation_id in queries.spoken_for(get_identity(), {row.organisation_id})
    seen = row.active or speaks
    return render_template(
        "organisations/partner.html", bureau=bureau, partner=row, usual=Usual.from_json(row.usual),
        kinds=ORGANISATION_KINDS, agreement_kinds=AGREEMENT_KINDS,
        agreed=has_valid_agreement(row.agreements, local_date(utcnow(), place.timezone)),
        speaks=speaks, seen=seen,
        workers=queries.workers_of(row.organisation_id, scope_of(row.organisation_id), active=None) if seen else [],
    )  # fmt: skip


@blueprint.route("/organisations/<organisation>/edit", methods=["GET", "POST"])
@may_come(COORDINATOR)
def edit_partner(bureau: str, organisation: str) -> ResponseReturnValue:
    """Edit what is said of a partner: its coordinator does, or the manager where no other bureau knows it."""
    ensure_spoken_for(_get(bureau, organisation).organisation_id)
    manages = get_identity().manages_bureau(bureau)
    form = OrganisationForm(
        written_in=queries.get_bureau(bureau).languages, stored=_now_stored(bureau, organisation)
    )  # fmt: skip

    def save() -> None:
        columns = {**form.typed(*PLAIN), **form.texts(*TEXTS)}
        actions.edit_organisation(bureau, organisation, form.version.data or 0, columns, **in_person())

    if saved(form, save, lambda: _now_stored(bureau, organisation)):
        return stored("partner" if manages else "workers", bureau=bureau, organisation=organisation)
    heading = say(_get(bureau, organisation).organisation.name)
    return form_page(
        "organisations/edit_partner.html", form, bureau=bureau, heading=heading, organisation=organisation,
        manages=manages,
    )  # fmt: skip


def _get(bureau: str, organisation: str) -> Any:
    return queries.get_partner(queries.get_bureau(bureau).id, organisation)


def _now_stored(bureau: str, organisation: str) -> Stored:
    kept = _get(bureau, organisation).organisation
    return {name: getattr(kept, name) for name in (*TEXTS, *PLAIN)}, kept.version


@blueprint.route("/organisations/<organisation>/usual", methods=["GET", "POST"])
@may_come(MANAGER)
def usual(bureau: str, organisation: str) -> ResponseReturnValue:
    """What the partner usually promises, and its limits."""
    form = UsualForm(stored=_usual_stored(bureau, organisation))

    def save() -> None:
        actions.set_usual_numbers(bureau, organisation, form.version.data or 0, form.typed(*NUMBERS), **by_me())

    if saved(form, save, lambda: _usual_stored(bureau, organisation)):
        return stored("partner", bureau=bureau, organisation=organisation)
    name = say(_get(bureau, organisation).organisation.name)
    return form_page(
        "organisations/edit_partner.html", form, bureau=bureau, organisation=organisation,
        heading=gettext("What is usual: %(name)s", name=name), manages=True,
    )  # fmt: skip


def _usual_stored(bureau: str, organisation: str) -> Stored:
    kept = _get(bureau, organisation)
    known = Usual.from_json(kept.usual)
    return {number: getattr(known, number) for number in NUMBERS}, kept.version


@blueprint.post("/organisations/<organisation>/leave")
@may_come(MANAGER)
def leave(bureau: str, organisation: str) -> ResponseReturnValue:
    """The organisation takes part no more; it can be taken back at any time."""
    actions.leave(bureau, organisation, **by_me())
    return stored("partner", bureau=bureau, organisation=organisation)
