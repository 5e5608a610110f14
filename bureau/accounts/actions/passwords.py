"""Passwords, kept as argon2id hashes; checking one costs the same whether or not there is an account."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask import current_app


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    """The hasher with its cost, and the hash of nobody's password to compare with where there is no account."""

    hasher: PasswordHasher
    nobody: str


def passwords() -> Passwords:
    """The application's own; their cost can be set by ``PASSWORD_COST``."""
    kept: Passwords | None = current_app.extensions.get("passwords")
    if kept is None:
        hasher = PasswordHasher(**current_app.config.get("PASSWORD_COST", {}))
        kept = current_app.extensions["passwords"] = Passwords(hasher=hasher, nobody=hasher.hash("nobody"))
    return kept


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return passwords().hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password; as slow for an account that has none, or that does not exist."""
    ours = passwords()
    try:
        ours.hasher.verify(kept or ours.nobody, password)
    except (Argon2Error, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return passwords().hasher.check_needs_rehash(kept)
