"""One-time links: invitations and new passwords. Only the hash of a link's secret is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from bureau.accounts.domain import (
    BUREAU_ROLES,
    INVITATION_LASTS,
    ORGANISATION_ROLES,
    RESET_LASTS,
    RESETS_PER_HOUR,
    ROLES,
    DeadLink,
    HeldElsewhere,
    check_password,
    clean_email,
    hash_of,
)
from bureau.accounts.models import OneTimeLink, Person, Role, SignInSession
from bureau.accounts.queries import (
    are_given_by,
    find_bureau_id,
    find_link,
    find_organisation_id,
    find_person,
    find_person_or_anybody,
    get_person,
    given_by,
    lies_in,
    partner_codes,
)
from bureau.kernel.audit import record
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Forbidden, Invalid, NotFound
from bureau.kernel.text import clean_text
from bureau.organisations.actions.speaking import ensure_speaks_for
from bureau.organisations.domain.partners import NotSpokenFor
from bureau.web.identity import Identity
from bureau.web.languages import DEFAULT, LANGUAGES

from .mails import link_to, mail_invitation, mail_password_changed, mail_reset
from .passwords import hash_password
from .sign_ins import end_sign_ins, forget_tries, open_sign_in, spend_reset


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What came of inviting somebody: the account, whether it is new, and the link that opens it."""

    person_id: int
    is_new: bool
    link: str


def invite_person(
    *,
    email: str,
    role: str,
    scope: str | None,
    by: Identity | str,
    now: datetime,
    name: str = "",
    language: str | None = None,
    within: str | None = None,
) -> Invitation:
    """Give somebody a role and mail them a link; an account that exists gets the role added.

    ``scope`` is the code of the bureau or organisation; ``within`` limits the role to one bureau (a manager's own).
    ``by`` is a person, who gives only what is theirs to give, or the name of a command, which gives anything.
    """
    address = _valid_email(email)
    if language is not None and language not in LANGUAGES:
        raise Invalid(field="language", reason="unknown", value=language)
    for last_attempt in (False, True):
        try:
            with transaction():
                bureau_id, organisation_id = _place(role, scope, within)
                if isinstance(by, Identity):
                    _ensure_gives(by, role, scope, organisation_id)
                person, is_new = _account(address, clean_text(name), language, by, now)
                _give_role(person, role, bureau_id, organisation_id)
                token = _new_link(person.id, "invitation", INVITATION_LASTS, now)
                mail_invitation(person, token, now=now)
                actor = by.actor if isinstance(by, Identity) else by
                record("invite", f"person:{person.id}", actor=actor, now=now, after={"role": role, "scope": scope})
                link = link_to("accounts.accept_invitation", token=token)
                return Invitation(person_id=person.id, is_new=is_new, link=link)
        except IntegrityError:  # two invitations for one address at once: the second finds the account
            if last_attempt:
                raise
    raise AssertionError("unreachable")


def invite_again(person_id: int, *, bureau: str, by: Identity, now: datetime) -> Invitation:
    """Mail a fresh link to somebody whose role in the bureau is ``by``'s to give; the one before stops working."""
    with transaction():
        person = get_person(person_id)
        here = [role for role in person.roles if lies_in(role, bureau)]
        if not here:
            raise NotFound
        if not given_by(by, here):
            raise NotSpokenFor
        theirs = are_given_by(by, person)
        if not person.active and not theirs:
            raise HeldElsewhere
        person.active = True
        token = _new_link(person.id, "invitation", INVITATION_LASTS, now)
        mail_invitation(person, token, now=now)
        fresh = person.password_hash is None and theirs
        record("invite again", f"person:{person.id}", actor=by.actor, now=now)
        link = link_to("accounts.accept_invitation", token=token)
        return Invitation(person_id=person.id, is_new=fresh, link=link)


def _valid_email(email: str) -> str:
    try:
        validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid(field="email", reason="email", value=email) from error
    return clean_email(email)


def _place(role: str, scope: str | None, within: str | None) -> tuple[int | None, int | None]:
    """The bureau or the organisation that the role is for."""
    if role not in ROLES:
        raise Invalid(field="role", reason="unknown", value=role)
    if within is not None and not _lies_within(role, scope, within):
        raise Forbidden
    if role in BUREAU_ROLES:
        return _known(find_bureau_id(scope or ""), scope), None
    if role in ORGANISATION_ROLES:
        return None, _known(find_organisation_id(scope or ""), scope)
    if scope:
        raise Invalid(field="scope", reason="unknown", value=scope)
    return None, None


def _lies_within(role: str, scope: str | None, bureau: str) -> bool:
    if role in BUREAU_ROLES:
        return scope == bureau
    return role in ORGANISATION_ROLES and scope in partner_codes(bureau)


def _ensure_gives(giver: Identity, role: str, scope: str | None, organisation_id: int | None) -> None:
    """Whoever gives a role could also take it away."""
    if organisation_id is not None:
        ensure_speaks_for(giver, organisation_id)
    elif not (giver.administrator or (role in BUREAU_ROLES and scope in giver.manages)):
        raise Forbidden


def _known(found: int | None, scope: str | None) -> int:
    if found is None:
        raise Invalid(field="scope", reason="unknown", value=scope or "")
    return found


def _account(email: str, name: str, language: str | None, by: Identity | str, now: datetime) -> tuple[Person, bool]:
    """The account of that address, opened if there is none, opened again if it was closed."""
    person = find_person(email)
    if person is None:
        person = Person(email=email, name=name, language=language or DEFAULT, password_hash=None, created_at=now)
        db.session.add(person)
        db.session.flush()
        return person, True
    if not person.active:
        if isinstance(by, Identity) and not are_given_by(by, get_person(person.id)):
            raise HeldElsewhere
        person.active = True
    return person, False


def _give_role(person: Person, kind: str, bureau_id: int | None, organisation_id: int | None) -> None:
    held = db.session.scalars(select(Role).where(Role.person_id == person.id, Role.kind == kind))
    if not any((role.bureau_id, role.organisation_id) == (bureau_id, organisation_id) for role in held):
        db.session.add(Role(person_id=person.id, kind=kind, bureau_id=bureau_id, organisation_id=organisation_id))


def _new_link(person_id: int, purpose: str, lasts: timedelta, now: datetime) -> str:
    """A link's secret, in the running transaction; older links for the same purpose stop working."""
    _use_up(person_id, purpose, now)
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeLink(
            token_hash=hash_of(token), purpose=purpose, person_id=person_id, created_at=now, expires_at=now + lasts
        )
    )
    return token


def _use_up(person_id: int, purpose: str, now: datetime) -> None:
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.person_id == person_id, OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
    )


def accept_invitation(*, token: str, name: str, password: str, device: str, now: datetime) -> str:
    """Open the account with a name and a password, and sign its person in; returns the sign-in's token."""
    name = clean_text(name)
    if not name:
        raise Invalid(field="name", reason="required")
    with transaction():
        person = _enter(token, "invitation", password, now)
        person.name = name
        record("accept invitation", f"person:{person.id}", actor=str(person.id), now=now)
        return open_sign_in(person.id, device=device, now=now)


def request_password_reset(*, email: str, address: str, now: datetime) -> None:
    """Mail a link if there is such an account; says nothing either way, and takes the same time.

    For an address without an account the same is written for somebody else's, and taken back.
    """
    email = clean_email(email)
    with transaction() as session:
        spend_reset(email, address=address, now=now)
        person = find_person_or_anybody(email)
        if person is None:
            return
        asked_often = _asked_often(person.id, now)
        meant = person.email == email and person.active and not asked_often
        rehearsal = session.begin_nested()
        mail_reset(person, _new_link(person.id, "password", RESET_LASTS, now), now=now)
        record("ask for new password", f"person:{person.id}", actor="anybody", now=now)
        session.flush()
        if meant:
            rehearsal.commit()
        else:
            rehearsal.rollback()


def _asked_often(person_id: int, now: datetime) -> bool:
    asked = db.session.scalar(
        select(func.count())
        .select_from(OneTimeLink)
        .where(
            OneTimeLink.person_id == person_id,
            OneTimeLink.purpose == "password",
            OneTimeLink.created_at > now - timedelta(hours=1),
        )
    )
    return int(asked or 0) >= RESETS_PER_HOUR


def reset_password(*, token: str, password: str, now: datetime) -> None:
    """Set a new password by a link and sign the person out everywhere."""
    with transaction():
        person = _enter(token, "password", password, now)
        mail_password_changed(person, now=now)
        record("reset password", f"person:{person.id}", actor=str(person.id), now=now)


def _enter(token: str, purpose: str, password: str, now: datetime) -> Person:
    """Use the link up and set the password; whatever was signed in before is not any more."""
    link = find_link(token, purpose=purpose, now=now)
    person = None if link is None else db.session.get(Person, link.person_id)
    if link is None or person is None or not person.active:
        raise DeadLink
    check_password(password, email=person.email)
    used = db.session.execute(
        update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None)).values(used_at=now)
    )
    if getattr(used, "rowcount", 0) != 1:
        raise DeadLink  # the same link, sent twice at once: the database lets one through
    for other in ("invitation", "password"):
        _use_up(person.id, other, now)
    person.password_hash = hash_password(password)
    end_sign_ins(SignInSession.person_id == person.id)
    forget_tries(person.email)
    return person
