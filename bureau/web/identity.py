"""Who is signed in, as plain data: what guards and templates need to know, fetched once a request."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import g, request
from flask_login import AnonymousUserMixin, current_user

from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.errors import Forbidden
from bureau.kernel.localised import LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An organisation the person acts for, and the bureaux it takes part in."""

    organisation_id: int
    organisation: str
    bureaux: frozenset[str]
    coordinates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A signed-in person with roles and scopes. ``token`` is the server-side session's secret.

    ``receives`` are the bureaux whose front desk the person sits at. ``places`` are the names of the bureaux that the roles lie in, for the head of the page; ``numbers`` what features
    count for it.
    """

    token: str = field(repr=False)
    person_id: int
    name: str
    email: str
    language: str
    administrator: bool = False
    manages: frozenset[str] = frozenset()
    receives: frozenset[str] = frozenset()
    memberships: tuple[Membership, ...] = ()
    places: Mapping[str, LocalisedText] = field(default_factory=dict, hash=False)
    numbers: Mapping[str, int] = field(default_factory=dict, hash=False)
    is_active: bool = True
    is_authenticated: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the browser's cookie holds: the session's token, not the person."""
        return self.token

    def rights(self) -> "Identity":
        """Somebody who has the same roles, and nothing else of this person: for remembering what such people may."""
        return replace(self, token="", person_id=0, name="", email="", language="", places={}, numbers={})

    @property
    def actor(self) -> str:
        """How the audit names this person."""
        return str(self.person_id)

    def manages_bureau(self, bureau: str) -> bool:
        """Whether the person is manager of that bureau (an administrator is of every one)."""
        return self.administrator or bureau in self.manages

    def member_of(self, organisation: str) -> Membership | None:
        """The person's tie to that organisation, if there is one."""
        return next((m for m in self.memberships if m.organisation == organisation), None)

    def members_at(self, bureau: str) -> tuple[Membership, ...]:
        """The organisations the person acts for that take part in that bureau."""
        return tuple(m for m in self.memberships if bureau in m.bureaux)


def find_identity() -> Identity | None:
    """The signed-in person of this request, if there is one."""
    person = current_user._get_current_object()  # noqa: SLF001  (Werkzeug's own way to the object behind the proxy)
    return person if isinstance(person, Identity) else None


def forget_identity() -> None:
    """Go on as if nobody were signed in: for the page that says that something broke, perhaps the database itself."""
    g._login_user = AnonymousUserMixin()  # noqa: SLF001  (where Flask-Login keeps it)


def get_identity() -> Identity:
    """The signed-in person of this request; refuses where nobody is signed in."""
    person = find_identity()
    if person is None:
        raise Forbidden
    return person


def scope_of(organisation_id: int) -> Scope:
    """The scope for queries on that organisation's things; the guard has checked that the person may see them."""
    return Scope(organisation_id)


def stated_organisation() -> str | None:
    """The organisation that the request's address names, as a part of it or behind the question mark."""
    part: str | None = (request.view_args or {}).get("organisation")
    return part or request.args.get("organisation") or None


def tie_at(person: Identity, bureau: str, organisation: str | None) -> Membership | None:
    """In whose name the person acts at that bureau: the organisation's if it is one of theirs; where none is stated,
    the first that they coordinate, else the first.
    """
    ties = sorted(person.members_at(bureau), key=lambda tie: not tie.coordinates)
    return next((tie for tie in ties if organisation in (None, tie.organisation)), None)


def scope_at(person: Identity, bureau: str, organisation: str | None = None, *, acting: bool = False) -> Scope:
    """What the person works on at that bureau: all of it for its manager, else the organisation they act for there.

    Refuses an organisation that is not theirs, and, for ``acting``, one that they do not coordinate.
    """
    if person.manages_bureau(bureau):
        return EVERY_ORGANISATION
    tie = tie_at(person, bureau, organisation)
    if tie is None or (acting and not tie.coordinates):
        raise Forbidden
    return scope_of(tie.organisation_id)


def scope_for(person: Identity, bureau: str, organisation: str) -> Scope:
    """What the person works on there in the name of that organisation; the manager does so for every one."""
    if person.manages_bureau(bureau):
        return EVERY_ORGANISATION
    tie = person.member_of(organisation)
    if tie is None:
        raise Forbidden
    return scope_of(tie.organisation_id)
