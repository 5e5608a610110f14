"""Who may come to which page. Every view states it; a view that states nothing is served to nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bureau.kernel.errors import Forbidden

from .errors import signed_out
from .identity import Identity, find_identity
from .typed import texts_typed

View = TypeVar("View", bound=Callable[..., Any])
Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named answer to "may this person come?", from who is signed in and the address's own parts."""

    name: str
    allows: Callable[[Identity | None, Arguments], bool]


def _manager(person: Identity | None, parts: Arguments) -> bool:
    return person is not None and person.manages_bureau(parts["bureau"])


def _staff(person: Identity | None, parts: Arguments) -> bool:
    return person is not None and (_manager(person, parts) or bool(person.members_at(parts["bureau"])))


def _member(person: Identity | None, parts: Arguments) -> bool:
    if person is None:
        return False
    tie = person.member_of(parts["organisation"])
    return tie is not None and parts.get("bureau", next(iter(tie.bureaux), None)) in tie.bureaux


def _coordinator(person: Identity | None, parts: Arguments) -> bool:
    if person is None:
        return False
    tie = person.member_of(parts["organisation"])
    acts = tie is not None and tie.coordinates and _member(person, parts)
    return acts or ("bureau" in parts and person.manages_bureau(parts["bureau"]))


def _coordinating(person: Identity | None, parts: Arguments) -> bool:
    if person is None:
        return False
    return _manager(person, parts) or _coordinates_here(person, parts)


def _coordinates_here(person: Identity, parts: Arguments) -> bool:
    return any(tie.coordinates for tie in person.members_at(parts["bureau"]))


def _receiving(person: Identity | None, parts: Arguments) -> bool:
    return person is not None and parts["bureau"] in person.receives


def _logging(person: Identity | None, parts: Arguments) -> bool:
    return person is not None and (_receiving(person, parts) or bool(person.members_at(parts["bureau"])))


EVERYONE = Rule(name="everyone", allows=lambda person, parts: True)
SIGNED_IN = Rule(name="signed in", allows=lambda person, parts: person is not None)
STAFF = Rule(name="staff of the bureau", allows=_staff)
LOGGING = Rule(name="member of any organisation of the bureau, or its front desk", allows=_logging)
LOGGING_FOR = Rule(
    name="member of the organisation, or the bureau's front desk",
    allows=lambda person, parts: _member(person, parts) or _receiving(person, parts),
)
LOG_TABLES = Rule(
    name="coordinator of any organisation of the bureau, or its front desk",
    allows=lambda person, parts: (
        person is not None and (parts["bureau"] in person.receives or _coordinates_here(person, parts))
    ),
)
MANAGER = Rule(name="manager of the bureau", allows=_manager)
ANY_MANAGER = Rule(
    name="manager of any bureau",
    allows=lambda person, parts: person is not None and (person.administrator or bool(person.manages)),
)
COORDINATOR = Rule(name="coordinator of the organisation, or the bureau's manager for it", allows=_coordinator)
COORDINATING = Rule(name="coordinator of any organisation of the bureau, or its manager", allows=_coordinating)
ADMINISTRATOR = Rule(name="administrator", allows=lambda person, parts: person is not None and person.administrator)


def may_come(rule: Rule) -> Callable[[View], View]:
    """State who may come to a view; write it right above the function, below the route."""

    def mark(view: View) -> View:
        view.may_come = rule  # type: ignore[attr-defined]  # read back by rule_of
        return view

    return mark


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule a view states, if it states one."""
    return getattr(view, "may_come", None)


def guard_request() -> ResponseReturnValue | None:
    """Let the request through, send it to sign in, or refuse it."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    rule = rule_of(current_app.view_functions[request.endpoint])
    person = find_identity()
    if rule is not None and rule.allows(person, request.view_args or {}):
        return None
    if person is None and rule is not None:
        if texts_typed():
            return signed_out()
        onward = request.full_path.rstrip("?") if request.method == "GET" else None  # a form cannot be sent again
        return redirect(url_for("accounts.sign_in", next=onward), code=303)
    raise Forbidden


def install(app: Flask) -> None:
    """Ask the guard before every request."""
    app.before_request(guard_request)
