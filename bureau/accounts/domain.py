"""The rules of accounts: passwords, how long a sign-in lasts, how often one may try, who may give which role."""

import hashlib
import ipaddress
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bureau.kernel.errors import Invalid, Refused

IDLE = timedelta(days=14)
"""A browser stays signed in that long after its last visit…"""
LONGEST = timedelta(days=60)
"""…and never longer than this after it signed in."""
NOTE_EVERY = timedelta(minutes=5)
"""How exactly the last visit of a browser is kept."""
INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=2)
RESETS_PER_HOUR = 3
"""How many links for a new password one account gets."""

TRIES_WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 5
TRIES_PER_ADDRESS = 20
RESETS_PER_ADDRESS = 10
"""How often a new password may be asked for from one address, for whichever account, within the same window."""

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
_COMMON = ("password", "passwort", "qwerty", "letmein", "welcome", "iloveyou", "administrator", "bureau", "changeme")

INSTALLATION_ROLES = frozenset({"administrator"})
BUREAU_ROLES = frozenset({"manager", "front_desk"})
ORGANISATION_ROLES = frozenset({"coordinator", "worker"})
ROLES = INSTALLATION_ROLES | BUREAU_ROLES | ORGANISATION_ROLES


class WrongCredentials(Refused):
    """E-mail and password do not belong together (or there is no such account: the answer is the same)."""

    code = "wrong_credentials"


class TooManyTries(Refused):
    """Too many failed tries to sign in; ``minutes`` says how long to wait."""

    code = "too_many_tries"


class DeadLink(Refused):
    """A one-time link that was used, has expired, or never existed."""

    code = "dead_link"


class OwnRole(Refused):
    """A person tries to take away the very role they act by."""

    code = "own_role"


class HeldElsewhere(Refused):
    """The account also serves places that this manager does not manage."""

    code = "held_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One failed try to sign in, for the account now tried or from the address now trying."""

    at: datetime
    same_account: bool
    same_address: bool


def check_password(password: str, *, email: str) -> None:
    """Refuse a password that is short, overlong, the person's own address, or among the first that anybody would guess."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(field="password", reason="password_short", number=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Invalid(field="password", reason="too_long", limit=LONGEST_PASSWORD)
    plain = password.casefold()
    if plain == email.casefold() or plain == email.casefold().split("@")[0]:
        raise Invalid(field="password", reason="password_email")
    if _is_common(plain):
        raise Invalid(field="password", reason="password_common")


def _is_common(plain: str) -> bool:
    """Whether next to nothing is left when the usual words, their repetition and counting are taken away."""
    rest = plain
    for word in _COMMON:
        rest = rest.replace(word, "")
    letters = "".join(char for char in rest if not char.isdigit())
    return len(set(plain)) < 5 or (len(letters) < 4 and rest != plain) or plain.isdigit()


def wait_until(
    tries: Sequence[Try],
    *,
    now: datetime,
    per_account: int | None = TRIES_PER_ACCOUNT,
    per_address: int = TRIES_PER_ADDRESS,
) -> datetime | None:
    """When the next try is allowed; None when it is allowed now. Without ``per_account`` only the address counts."""
    recent = sorted((one for one in tries if one.at > now - TRIES_WINDOW), key=lambda one: one.at)
    account = [one.at for one in recent if one.same_account]
    address = [one.at for one in recent if one.same_address]
    ends = [
        times[-limit] + TRIES_WINDOW
        for times, limit in ((account, per_account), (address, per_address))
        if limit is not None and len(times) >= limit
    ]
    return max(ends, default=None)


def check_tries(
    tries: Sequence[Try],
    *,
    now: datetime,
    per_account: int | None = TRIES_PER_ACCOUNT,
    per_address: int = TRIES_PER_ADDRESS,
) -> None:
    """Refuse another try while there were too many within the window."""
    until = wait_until(tries, now=now, per_account=per_account, per_address=per_address)
    if until is not None:
        raise TooManyTries(minutes=max(1, -(-int((until - now).total_seconds()) // 60)))


def session_expires(*, created_at: datetime, now: datetime) -> datetime:
    """When a browser seen ``now`` is signed out by itself."""
    return min(created_at + LONGEST, now + IDLE)


def is_alive(*, expires_at: datetime, active: bool, now: datetime) -> bool:
    """Whether a sign-in still counts."""
    return active and now < expires_at


def hash_of(secret: str) -> str:
    """What is kept of a token: enough to recognise it, useless to whoever reads the database."""
    return hashlib.sha256(secret.encode()).hexdigest()


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 network that one IPv6 customer holds."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped is None:
        return str(ipaddress.ip_network((known, 64), strict=False).network_address)
    return str(getattr(known, "ipv4_mapped", None) or known)


def clean_email(value: str) -> str:
    """The address as we keep and compare it."""
    return value.strip().lower()


def role_lies_in(kind: str, *, bureau: str | None, organisation_bureaux: Collection[str], where: str) -> bool:
    """Whether a role belongs to the bureau ``where``: its manager, or staff of an organisation that takes part in it."""
    if kind in BUREAU_ROLES:
        return bureau == where
    return kind in ORGANISATION_ROLES and where in organisation_bureaux


def inner_address(value: str | None) -> str | None:
    """``value`` if it is an address of our own staff pages, to go on to after signing in; None if it leads anywhere else."""
    if value is None or not value.startswith("/desk/") or "\\" in value or any(ord(char) < 32 for char in value):
        return None
    return value
