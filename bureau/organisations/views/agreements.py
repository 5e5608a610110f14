"""What a partnership rests on."""

from functools import partial

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.organisations import queries
from bureau.organisations.actions import partners as actions
from bureau.organisations.forms.partners import AgreementForm
from bureau.organisations.forms.words import AGREEMENT_KINDS
from bureau.web.desk import Doomed, ask_and_delete, by_me, form_page
from bureau.web.editing import Stored, saved
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint, stored, to

PLAIN = ("kind", "starts", "notice_days", "auto_renew")
MAYBE = ("signed", "ends", "review_on")


def _columns(form: AgreementForm) -> dict[str, object]:
    return {**form.typed(*PLAIN), **{name: form[name].data for name in MAYBE}, **form.texts("contributions")}


@blueprint.route("/organisations/<organisation>/agreements/new", methods=["GET", "POST"])
@may_come(MANAGER)
def new_agreement(bureau: str, organisation: str) -> ResponseReturnValue:
    """A new agreement."""
    place = queries.get_bureau(bureau)
    queries.get_partner(place.id, organisation)
    form = AgreementForm(written_in=place.languages, stored=({"notice_days": 0}, 0))
    if saved(form, lambda: actions.add_agreement(bureau, organisation, _columns(form), **by_me())):
        return stored("partner", bureau=bureau, organisation=organisation)
    return form_page(
        "organisations/agreement.html", form, bureau=bureau, organisation=organisation,
        heading=gettext("New agreement"),
    )  # fmt: skip


@blueprint.route("/organisations/<organisation>/agreements/<int:agreement>/", methods=["GET", "POST"])
@may_come(MANAGER)
def agreement(bureau: str, organisation: str, agreement: int) -> ResponseReturnValue:
    """Edit an agreement."""
    now_stored = partial(_now_stored, bureau, organisation, agreement)
    values, version = now_stored()
    form = AgreementForm(written_in=queries.get_bureau(bureau).languages, stored=(values, version))

    def save() -> None:
        actions.edit_agreement(bureau, organisation, agreement, form.version.data or 0, _columns(form), **by_me())

    if saved(form, save, now_stored):
        return stored("partner", bureau=bureau, organisation=organisation)
    return form_page(
        "organisations/agreement.html", form, bureau=bureau, organisation=organisation, agreement=agreement,
        heading=AGREEMENT_KINDS.get(values["kind"], values["kind"]),
    )  # fmt: skip


def _now_stored(bureau: str, organisation: str, agreement: int) -> Stored:
    kept = queries.get_agreement(queries.get_bureau(bureau).id, organisation, agreement)
    return {name: getattr(kept, name) for name in (*PLAIN, *MAYBE, "contributions")}, kept.version


@blueprint.route("/organisations/<organisation>/agreements/<int:agreement>/delete", methods=["GET", "POST"])
@may_come(MANAGER)
def delete_agreement(bureau: str, organisation: str, agreement: int) -> ResponseReturnValue:
    """Ask once, then delete."""

    def look() -> Doomed:
        row = queries.get_agreement(queries.get_bureau(bureau).id, organisation, agreement)
        return str(AGREEMENT_KINDS.get(row.kind, row.kind)), row.version

    return ask_and_delete(
        look,
        partial(actions.delete_agreement, bureau, organisation, agreement),
        back=to("agreement", bureau=bureau, organisation=organisation, agreement=agreement),
        then=to("partner", bureau=bureau, organisation=organisation),
    )
