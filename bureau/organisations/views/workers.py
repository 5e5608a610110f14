"""The workers of a partner, kept by its coordinator or by the manager."""

from functools import partial
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.catalogue import queries as catalogue
from bureau.organisations import queries
from bureau.organisations.actions import workers as actions
from bureau.organisations.domain.partners import NotSpokenFor
from bureau.organisations.forms.partners import WorkerForm
from bureau.organisations.forms.words import ATTRIBUTES
from bureau.web.desk import ask_and_delete, form_page, in_person
from bureau.web.editing import Stored, saved
from bureau.web.furniture import say
from bureau.web.guard import COORDINATOR, may_come
from bureau.web.identity import get_identity, scope_of

from .blueprint import blueprint, ensure_spoken_for, stored, to

PLAIN = ("label", "services", "languages", "attributes", "needs_supervisor")


@blueprint.get("/organisations/<organisation>/workers/")
@may_come(COORDINATOR)
def workers(bureau: str, organisation: str) -> ResponseReturnValue:
    """Everybody, by label, with services and languages."""
    partner = queries.get_partner(queries.get_bureau(bureau).id, organisation)
    owner = partner.organisation
    speaks = owner.id in queries.spoken_for(get_identity(), {owner.id})
    if not (partner.active or speaks):
        raise NotSpokenFor  # who works for it since it left is no business of this bureau's
    found = queries.workers_of(owner.id, scope_of(owner.id), active=None)
    return render_template(
        "organisations/workers.html", bureau=bureau, organisation=owner, workers=found, attributes=ATTRIBUTES,
        speaks=speaks,
    )  # fmt: skip


@blueprint.route("/organisations/<organisation>/workers/new", methods=["GET", "POST"])
@may_come(COORDINATOR)
def new_worker(bureau: str, organisation: str) -> ResponseReturnValue:
    """A new worker."""
    owner_id = _owner(bureau, organisation).id
    form = _form(bureau, ({"services": [], "languages": [], "attributes": []}, 0))
    if saved(form, lambda: actions.add_worker(owner_id, _columns(form), **in_person())):
        return stored("workers", bureau=bureau, organisation=organisation)
    return form_page(
        "organisations/worker.html", form, bureau=bureau, organisation=organisation, heading=gettext("New worker")
    )


@blueprint.route("/organisations/<organisation>/workers/<int:worker>/", methods=["GET", "POST"])
@may_come(COORDINATOR)
def worker(bureau: str, organisation: str, worker: int) -> ResponseReturnValue:
    """Edit a worker."""
    owner_id = _owner(bureau, organisation).id
    own = {"scope": scope_of(owner_id), "organisation_id": owner_id}
    form = _form(bureau, _now_stored(owner_id, worker))

    def save() -> None:
        actions.edit_worker(worker, form.version.data or 0, _columns(form), **own, **in_person())

    if saved(form, save, lambda: _now_stored(owner_id, worker)):
        return stored("workers", bureau=bureau, organisation=organisation)
    kept = queries.get_worker(owner_id, worker, scope_of(owner_id))
    return form_page(
        "organisations/worker.html", form, bureau=bureau, organisation=organisation, heading=kept.label, worker=kept
    )


@blueprint.post("/organisations/<organisation>/workers/<int:worker>/active")
@may_come(COORDINATOR)
def worker_active(bureau: str, organisation: str, worker: int) -> ResponseReturnValue:
    """Put a worker out of use, or back into it."""
    owner_id = _owner(bureau, organisation).id
    active = request.form.get("active") == "1"
    actions.set_worker_active(worker, active=active, scope=scope_of(owner_id), organisation_id=owner_id, **in_person())
    return stored("workers", bureau=bureau, organisation=organisation)


@blueprint.route("/organisations/<organisation>/workers/<int:worker>/delete", methods=["GET", "POST"])
@may_come(COORDINATOR)
def delete_worker(bureau: str, organisation: str, worker: int) -> ResponseReturnValue:
    """Ask once, then delete; refused once the worker was offered or planned."""
    owner_id = _owner(bureau, organisation).id
    own = {"scope": scope_of(owner_id), "organisation_id": owner_id}
    return ask_and_delete(
        lambda: ((kept := queries.get_worker(owner_id, worker, scope_of(owner_id))).label, kept.version),
        partial(actions.delete_worker, worker, **own),
        back=to("worker", bureau=bureau, organisation=organisation, worker=worker),
        then=to("workers", bureau=bureau, organisation=organisation),
        who=in_person,
    )


def _owner(bureau: str, organisation: str) -> Any:
    """The partner whose workers are to be changed; refuses who does not speak for it."""
    owner = queries.get_partner(queries.get_bureau(bureau).id, organisation).organisation
    ensure_spoken_for(owner.id)
    return owner


def _form(bureau: str, before: Stored) -> WorkerForm:
    form = WorkerForm(written_in=queries.get_bureau(bureau).languages, stored=before)
    form.offer(
        ((row.code, say(row.name)) for row in catalogue.services() if row.active or row.code in before[0]["services"]),
        ((row.tag, row.own_name) for row in catalogue.languages()),
    )
    return form


def _columns(form: WorkerForm) -> dict[str, Any]:
    return {**form.typed(*PLAIN), "max_hours_month": form.max_hours_month.data, **form.texts("role")}


def _now_stored(owner_id: int, worker: int) -> Stored:
    kept = queries.get_worker(owner_id, worker, scope_of(owner_id))
    values = {
        name: getattr(kept, name) for name in ("label", "role", "attributes", "needs_supervisor", "max_hours_month")
    }
    able = {"services": [row.code for row in kept.services], "languages": [row.tag for row in kept.languages]}
    return {**values, **able}, kept.version
