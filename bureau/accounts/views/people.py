"""The people of a bureau: the manager invites, gives and takes away roles, closes accounts."""

from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.accounts import actions
from bureau.accounts.actions import Invitation
from bureau.accounts.domain import BUREAU_ROLES
from bureau.accounts.forms import InviteForm
from bureau.accounts.queries import find_bureau_id, given_by, lies_in, partners_of, people_of
from bureau.accounts.wording import ROLE_NAMES
from bureau.kernel.errors import NotFound, Refused
from bureau.organisations.queries import spoken_for
from bureau.web.desk import in_person
from bureau.web.furniture import say
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity

from .blueprint import blueprint


@blueprint.route("/<bureau>/people/", methods=["GET", "POST"])
@may_come(MANAGER)
def people(bureau: str) -> ResponseReturnValue:
    """Everyone with a role here, and a form to invite one more."""
    if find_bureau_id(bureau) is None:
        raise NotFound
    form = InviteForm()
    partners = partners_of(bureau)
    spoken = spoken_for(get_identity(), {row.id for row in partners})
    form.offer((row.code, say(row.name)) for row in partners if row.id in spoken)
    if form.validate_on_submit():
        try:
            return _invited(bureau, _invite(form, bureau))
        except Refused as error:
            form.refuse(_beside_the_organisation(error))
    return render_template(
        "accounts/people.html",
        form=form,
        bureau=bureau,
        people=_with_roles_here(bureau),
        role_names=ROLE_NAMES,
        all_spoken=len(spoken) == len(partners),
    ), 422 if form.errors else 200


def _invite(form: InviteForm, bureau: str) -> Invitation:
    scope = bureau if form.text("role") in BUREAU_ROLES else form.text("organisation")
    return actions.invite_person(
        email=form.text("email"), name=form.text("name"), role=form.text("role"), scope=scope,
        language=form.text("language"), within=bureau, **in_person(),
    )  # fmt: skip


def _beside_the_organisation(error: Refused) -> Refused:
    if error.field == "scope":
        error.field = "organisation"
    return error


def _with_roles_here(bureau: str) -> list[dict[str, object]]:
    people = people_of(bureau)
    given = given_by(get_identity(), [role for person in people for role in person.roles])
    return [_on_the_list(person, [role for role in person.roles if lies_in(role, bureau)], given) for person in people]


def _on_the_list(person: Any, here: list[Any], given: frozenset[int]) -> dict[str, object]:
    """A person with the roles in this bureau, and what the reader may do: ``given`` are the roles they may take away."""
    whole = all(role.id in given for role in person.roles)
    invites = whole or (person.active and any(role.id in given for role in here))
    return {"row": person, "roles": here, "given": given, "whole": whole, "invites": invites}


def _invited(bureau: str, invitation: Invitation) -> ResponseReturnValue:
    """Back to the list; without a mail server the manager hands the link of a new account over in person."""
    if invitation.is_new and not current_app.config["SMTP_URL"]:
        flash(
            gettext("Mail is not set up. Give this link to the person yourself: %(link)s", link=invitation.link), "ok"
        )
    else:
        flash(gettext("The invitation is on its way."), "ok")
    return redirect(url_for("accounts.people", bureau=bureau), code=303)


@blueprint.post("/<bureau>/people/<int:person>/invite-again")
@may_come(MANAGER)
def invite_again(bureau: str, person: int) -> ResponseReturnValue:
    """Send a fresh link; the one before stops working."""
    return _invited(bureau, actions.invite_again(person, bureau=bureau, **in_person()))


@blueprint.post("/<bureau>/people/<int:person>/deactivate")
@may_come(MANAGER)
def deactivate(bureau: str, person: int) -> ResponseReturnValue:
    """Close the account of somebody whose every role is this manager's to give."""
    actions.deactivate_person(person, bureau=bureau, **in_person())
    flash(gettext("The account is closed and signed out everywhere. Inviting the person again opens it."), "ok")
    return redirect(url_for("accounts.people", bureau=bureau), code=303)


@blueprint.post("/<bureau>/roles/<int:role>/remove")
@may_come(MANAGER)
def remove_role(bureau: str, role: int) -> ResponseReturnValue:
    """Take one role away."""
    actions.remove_role(role, bureau=bureau, **in_person())
    flash(gettext("The role is removed."), "ok")
    return redirect(url_for("accounts.people", bureau=bureau), code=303)
