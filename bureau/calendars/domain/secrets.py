"""The secret in a private feed's address: made of the installation's key, so that the database alone does not hold it."""

import hmac
from hashlib import sha256

_SEPARATOR = "-"


def secret_of(key: str, feed_id: int, generation: int) -> str:
    """What stands in the address of that feed, in letters and digits."""
    digest = hmac.new(key.encode(), f"private-feed/{feed_id}/{generation}".encode(), sha256).hexdigest()
    return f"{feed_id}{_SEPARATOR}{digest}"


def feed_named(secret: str) -> int | None:
    """The feed that an address claims to be of."""
    number = secret.partition(_SEPARATOR)[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= 9 else None


def is_secret_of(secret: str, key: str, feed_id: int, generation: int) -> bool:
    """Whether the address is that feed's present one; the answer takes the same time however near a guess is."""
    return hmac.compare_digest(secret.encode(), secret_of(key, feed_id, generation).encode())
