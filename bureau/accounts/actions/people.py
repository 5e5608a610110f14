"""What people change about themselves, and what a manager changes about the people of a bureau."""

from datetime import datetime

from sqlalchemy import delete

from bureau.accounts.domain import HeldElsewhere, OwnRole, WrongCredentials, check_password, hash_of
from bureau.accounts.models import Person, Role, SignInSession
from bureau.accounts.queries import are_given_by, get_person, given_by, lies_in
from bureau.kernel.audit import record
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Invalid, NotFound
from bureau.kernel.text import clean_text
from bureau.organisations.domain.partners import NotSpokenFor
from bureau.web.identity import Identity
from bureau.web.languages import LANGUAGES

from .mails import mail_password_changed
from .passwords import hash_password, matches
from .sign_ins import end_sign_ins, forget_tries, spend_try

NAME_LENGTH = 120


def change_name(person_id: int, *, name: str, now: datetime) -> None:
    """How the person is called in the bureau."""
    name = clean_text(name)
    if not name:
        raise Invalid(field="name", reason="required")
    if len(name) > NAME_LENGTH:
        raise Invalid(field="name", reason="too_long", limit=NAME_LENGTH)
    with transaction():
        person = get_person(person_id)
        before, person.name = person.name, name
        _recorded("change name", person, now, {"name": before}, {"name": name})


def choose_language(person_id: int, *, language: str, now: datetime) -> None:
    """The language the person reads the product, and gets mails, in."""
    if language not in LANGUAGES:
        raise Invalid(field="language", reason="unknown", value=language)
    with transaction():
        person = get_person(person_id)
        before, person.language = person.language, language
        _recorded("choose language", person, now, {"language": before}, {"language": language})


def change_password(person_id: int, *, current: str, password: str, token: str, address: str, now: datetime) -> None:
    """Set a new password, knowing the present one; every browser but this one is signed out."""
    with transaction():
        person = get_person(person_id)
        email, known = person.email, person.password_hash
        check_password(password, email=email)
        spend_try(email, address=address, now=now)
    if not matches(current, known):
        raise WrongCredentials(field="current")
    fresh = hash_password(password)
    with transaction():
        person = get_person(person_id)
        if person.password_hash != known:
            raise WrongCredentials(field="current")
        person.password_hash = fresh
        forget_tries(email)
        end_sign_ins(SignInSession.person_id == person_id, SignInSession.token_hash != hash_of(token))
        mail_password_changed(person, now=now)
        _recorded("change password", person, now, None, None)


def remove_role(role_id: int, *, bureau: str, by: Identity, now: datetime) -> None:
    """Take a role away that lies in the bureau and is ``by``'s to give; a manager cannot take away their own."""
    with transaction():
        role = _role_in(bureau, role_id)
        if role_id not in given_by(by, [role]):
            raise NotSpokenFor
        if role.person_id == by.person_id and role.kind == "manager":
            raise OwnRole
        before = {"role": role.kind, "bureau": role.bureau_id, "organisation": role.organisation_id}
        db.session.execute(delete(Role).where(Role.id == role_id))
        record("remove role", f"person:{role.person_id}", actor=by.actor, now=now, before=before)


def _role_in(bureau: str, role_id: int) -> Role:
    """A role with its places; refuses one that does not lie in the bureau."""
    role = db.session.get(Role, role_id)
    held = [] if role is None else get_person(role.person_id).roles
    for one in held:
        if one.id == role_id and lies_in(one, bureau):
            return one
    raise NotFound


def deactivate_person(person_id: int, *, bureau: str, by: Identity, now: datetime) -> None:
    """Close an account whose every role is ``by``'s to give; it is signed out everywhere at once."""
    with transaction():
        person = get_person(person_id)
        if not any(lies_in(role, bureau) for role in person.roles):
            raise NotFound
        if person_id == by.person_id:
            raise OwnRole
        if not are_given_by(by, person):
            raise HeldElsewhere
        person.active = False
        end_sign_ins(SignInSession.person_id == person_id)
        record("deactivate", f"person:{person_id}", actor=by.actor, now=now)


def _recorded(
    action: str, person: Person, now: datetime, before: dict[str, object] | None, after: dict[str, object] | None
) -> None:
    record(action, f"person:{person.id}", actor=str(person.id), now=now, before=before, after=after)
