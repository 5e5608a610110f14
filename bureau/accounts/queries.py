"""Who is signed in, who has which role, which browsers are open."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from bureau.kernel.database import db, lines
from bureau.kernel.errors import NotFound
from bureau.kernel.localised import LocalisedText
from bureau.organisations.queries import spoken_for
from bureau.web.identity import Identity, Membership

from .domain import hash_of, is_alive, role_lies_in
from .models import OneTimeLink, Person, Role, SignInSession

asked_along: dict[str, Callable[[], ScalarSelect[int]]] = {}
"""Numbers that a feature above shows on every page, by name: a subquery for each ``Person``, asked with who it is."""


def find_sign_in(token: str, *, now: datetime) -> SignInSession | None:
    """The live sign-in of this token with its person, or None."""
    statement = (
        select(SignInSession)
        .where(SignInSession.token_hash == hash_of(token))
        .options(joinedload(SignInSession.person, innerjoin=True))
    )
    found = db.session.scalar(statement)
    if found is None or not is_alive(expires_at=found.expires_at, active=found.person.active, now=now):
        return None
    return found


def find_identity(token: str, *, now: datetime) -> tuple[Identity, datetime] | None:
    """Who a live sign-in of this token is, with roles and scopes, and when it was last seen; one query."""
    rows = lines(_sign_in_with_roles(), {"token_hash": hash_of(token)}).all()
    if not rows or not is_alive(expires_at=rows[0].expires_at, active=rows[0].active, now=now):
        return None
    person = rows[0]
    identity = Identity(
        token=token,
        person_id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        administrator=any(row.kind == "administrator" for row in rows),
        manages=frozenset(row.managed for row in rows if row.kind == "manager"),
        receives=frozenset(row.managed for row in rows if row.kind == "front_desk"),
        memberships=_memberships(rows),
        places=_places(rows),
        numbers={name: getattr(person, name) for name in asked_along},
    )
    return identity, person.seen_at


@cache
def _sign_in_with_roles() -> Any:
    """Codes, and the bureaux' names: whole rows would cost every request the reading of all their texts.

    Put together once: every request asks it, and making it took as long as all else that finding the person takes.
    """
    home, partner, place = (aliased(_end_of(tie)) for tie in (Role.bureau, Role.organisation, Role.bureaux))
    return (
        select(
            SignInSession.expires_at,
            SignInSession.seen_at,
            Person.id,
            Person.name,
            Person.email,
            Person.language,
            Person.active,
            Role.kind,
            home.code.label("managed"),
            home.name.label("managed_name"),
            partner.id.label("organisation_id"),
            partner.code.label("organisation"),
            place.code.label("bureau"),
            place.name.label("bureau_name"),
            *(number().label(name) for name, number in asked_along.items()),
        )
        .select_from(SignInSession)
        .join(SignInSession.person)
        .join(Person.roles, isouter=True)
        .join(Role.bureau.of_type(home), isouter=True)
        .join(Role.organisation.of_type(partner), isouter=True)
        .join(Role.bureaux.of_type(place), isouter=True)
        .where(SignInSession.token_hash == bindparam("token_hash"))
        .order_by(partner.code)
    )


def _memberships(rows: Sequence[Any]) -> tuple[Membership, ...]:
    partners = {row.organisation: row.organisation_id for row in rows if row.organisation is not None}
    return tuple(
        Membership(
            organisation_id=organisation_id,
            organisation=code,
            bureaux=frozenset(row.bureau for row in rows if row.organisation == code and row.bureau is not None),
            coordinates=any(row.kind == "coordinator" for row in rows if row.organisation == code),
        )
        for code, organisation_id in partners.items()
    )


def _places(rows: Sequence[Any]) -> dict[str, LocalisedText]:
    managed = {row.managed: row.managed_name for row in rows if row.managed is not None}
    return managed | {row.bureau: row.bureau_name for row in rows if row.bureau is not None}


def _end_of(tie: InstrumentedAttribute[Any]) -> Any:
    """The table a relationship of ours leads to, without importing another feature's tables."""
    return tie.property.mapper.class_


def find_person(email: str) -> Person | None:
    """The account of that (clean) e-mail address."""
    return db.session.scalar(select(Person).where(Person.email == email))


def find_person_or_anybody(email: str) -> Person | None:
    """The account of that (clean) address, or, at the same cost, any other; None only where there is none at all."""
    return db.session.scalar(select(Person).order_by(Person.email != email, Person.id).limit(1))


def get_person(person_id: int) -> Person:
    """The account with its roles."""
    found = db.session.scalar(select(Person).where(Person.id == person_id).options(*_with_roles()))
    if found is None:
        raise NotFound
    return found


def find_link(token: str, *, purpose: str, now: datetime) -> OneTimeLink | None:
    """The unused, unexpired link of this token, or None."""
    return db.session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == hash_of(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
    )


def find_link_holder(token: str, *, purpose: str, now: datetime) -> Person | None:
    """Whose link this is, while it can still be used."""
    link = find_link(token, purpose=purpose, now=now)
    return None if link is None else db.session.get(Person, link.person_id)


def devices_of(person_id: int, *, now: datetime) -> Sequence[SignInSession]:
    """The browsers in which the person is signed in, latest first."""
    statement = (
        select(SignInSession)
        .where(SignInSession.person_id == person_id, SignInSession.expires_at > now)
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
    )
    return db.session.scalars(statement).all()


def find_bureau_id(code: str) -> int | None:
    """The bureau of that code."""
    bureau = _end_of(Role.bureau)
    found: int | None = db.session.scalar(select(bureau.id).where(bureau.code == code))
    return found


def find_organisation_id(code: str) -> int | None:
    """The organisation of that code."""
    organisation = _end_of(Role.organisation)
    found: int | None = db.session.scalar(select(organisation.id).where(organisation.code == code))
    return found


def bureaux(codes: Collection[str] | None) -> Sequence[Any]:
    """The bureaux of these codes, or every bureau; ``code`` and ``name`` of each."""
    return _named(_end_of(Role.bureau), codes)


def organisations(codes: Collection[str]) -> Sequence[Any]:
    """The organisations of these codes; ``code`` and ``name`` of each."""
    return _named(_end_of(Role.organisation), codes)


def _named(table: Any, codes: Collection[str] | None) -> Sequence[Any]:
    statement = select(table.code, table.name).order_by(table.code)
    if codes is not None:
        statement = statement.where(table.code.in_(codes))
    return db.session.execute(statement).all()


def organisations_of(person_id: int) -> Sequence[Any]:
    """The organisations that the person acts for now, by code; ``id``, ``code`` and ``name`` of each."""
    organisation = _end_of(Role.organisation)
    belongs = exists().where(
        Role.person_id == Person.id, Role.organisation_id == organisation.id, Person.id == person_id, Person.active
    )
    statement = select(organisation.id, organisation.code, organisation.name).where(belongs)
    return db.session.execute(statement.order_by(organisation.code)).all()


def partners_of(bureau: str) -> Sequence[Any]:
    """The organisations that take part in the bureau, for choosing one."""
    organisation = _end_of(Role.organisation)
    partnerships = organisation.partnerships
    active = partnerships.any(_end_of(partnerships).active & _end_of(partnerships).bureau.has(code=bureau))
    return db.session.scalars(select(organisation).where(active).order_by(organisation.code)).all()


def partner_codes(bureau: str) -> frozenset[str]:
    """The codes of the organisations that take part in the bureau."""
    return frozenset(organisation.code for organisation in partners_of(bureau))


def lies_in(role: Role, bureau: str) -> bool:
    """Whether a role (fetched with its places) belongs to the bureau."""
    home = role.bureau.code if role.bureau is not None else None
    return role_lies_in(role.kind, bureau=home, organisation_bureaux=[b.code for b in role.bureaux], where=bureau)


def given_by(giver: Identity, roles: Collection[Role]) -> frozenset[int]:
    """The numbers of those of the roles (fetched with their places) that ``giver`` may give and take away."""
    spoken = spoken_for(giver, {role.organisation_id for role in roles if role.organisation_id is not None})
    return frozenset(
        role.id
        for role in roles
        if giver.administrator
        or role.organisation_id in spoken
        or (role.bureau is not None and role.bureau.code in giver.manages)
    )


def are_given_by(giver: Identity, person: Person) -> bool:
    """Whether ``giver`` may give and take away every role of the person (fetched with them): then the account too."""
    return given_by(giver, person.roles) == {role.id for role in person.roles}


def people_of(bureau: str) -> Sequence[Person]:
    """Everyone with a role in the bureau or in an organisation that takes part in it, by name, with all their roles."""
    here = or_(Role.bureau.has(code=bureau), Role.bureaux.any(code=bureau))
    mine = exists().where(Role.person_id == Person.id, here)
    statement = select(Person).where(mine).options(*_with_roles()).order_by(Person.name, Person.email)
    return db.session.scalars(statement).all()


def coordinators_of(organisation_id: int) -> Sequence[Person]:
    """The active coordinators of an organisation, for mails to it."""
    return db.session.scalars(_coordinators(), {"organisation": organisation_id}).all()


@cache
def _coordinators() -> Select[Person]:
    theirs = (
        Role.person_id == Person.id, Role.kind == "coordinator", Role.organisation_id == bindparam("organisation"),
    )  # fmt: skip
    return select(Person).where(exists().where(*theirs), Person.active).order_by(Person.email)


def managers_of(bureau_id: int) -> Sequence[Person]:
    """The active managers of a bureau, to tell them what concerns it."""
    return db.session.scalars(_managers(), {"bureau": bureau_id}).all()


def numbers_of_managers(bureau_id: int) -> Sequence[Any]:
    """The same where no more than the ``id`` of each is needed."""
    return lines(_numbers_of_managers(), {"bureau": bureau_id}).all()


@cache
def _numbers_of_managers() -> Select[int]:
    return _managers().with_only_columns(Person.id)


@cache
def _managers() -> Select[Person]:
    here = (Role.person_id == Person.id, Role.kind == "manager", Role.bureau_id == bindparam("bureau"))
    return select(Person).where(exists().where(*here), Person.active).order_by(Person.email)


def names_of_people(person_ids: Collection[int]) -> dict[int, str]:
    """What these people are called, by number; those whose account is gone are left out."""
    named = select(Person.id, Person.name).where(Person.id.in_(person_ids))
    return {row.id: row.name for row in db.session.execute(named)} if person_ids else {}


def everyone() -> Sequence[Person]:
    """Every account with its roles."""
    return db.session.scalars(select(Person).options(*_with_roles()).order_by(Person.email)).all()


def _with_roles() -> tuple[Any, ...]:
    roles = selectinload(Person.roles)
    return (
        roles.joinedload(Role.bureau),
        roles.joinedload(Role.organisation),
        roles.selectinload(Role.bureaux),
    )
