"""The browser's signed cookie, opened at less cost: every request of staff brings one."""

from functools import lru_cache
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import TimestampSigner, URLSafeTimedSerializer


class KeptSigner(TimestampSigner):
    """Derives the key of its secret once, not with every look at a signature."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Nothing is derived before it is asked for."""
        super().__init__(*arguments, **named)
        self.derive_key = lru_cache(super().derive_key)  # type: ignore[method-assign]  # of this one signer


class KeptSerializer(URLSafeTimedSerializer):
    """Makes its signer once, not with every cookie."""

    default_signer = KeptSigner

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Nothing is made before it is asked for."""
        super().__init__(*arguments, **named)
        self.make_signer = lru_cache(super().make_signer)  # type: ignore[method-assign]  # of this one serializer


class KeptSessions(SecureCookieSessionInterface):
    """Cookies signed and opened as Flask does, by a serializer that is made once."""

    def __init__(self) -> None:
        """For one application."""
        self._made: tuple[Any, KeptSerializer] | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer for the application's key, made anew where that has changed."""
        keys = [*(app.config["SECRET_KEY_FALLBACKS"] or ()), app.secret_key]
        if not app.secret_key:
            return None
        if self._made is None or self._made[0] != keys:
            how = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
            self._made = keys, KeptSerializer(keys, salt=self.salt, serializer=self.serializer, signer_kwargs=how)
        return self._made[1]


def install(app: Flask) -> None:
    """Open cookies so."""
    app.session_interface = KeptSessions()
