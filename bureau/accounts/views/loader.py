"""How a request finds out who sends it: the browser's cookie holds a token, the database knows what it is worth."""

from flask import Flask
from flask_login import LoginManager

from bureau.accounts.actions import note_visit
from bureau.accounts.domain import LONGEST, NOTE_EVERY
from bureau.accounts.queries import find_identity
from bureau.kernel.clock import utcnow
from bureau.web.identity import Identity


def load(token: str) -> Identity | None:
    """The person signed in by ``token``, or None when it is worth nothing (any more)."""
    now = utcnow()
    found = find_identity(token, now=now)
    if found is None:
        return None
    identity, seen_at = found
    if now - seen_at >= NOTE_EVERY:
        note_visit(token, now=now)
    return identity


def install(app: Flask) -> None:
    """Let Flask-Login keep the token in the signed cookie, and nothing else."""
    login = LoginManager()
    login.session_protection = None  # our sessions live on the server; an address that changes ends none of them
    login.user_loader(load)
    login.init_app(app, add_context_processor=False)
    app.config["PERMANENT_SESSION_LIFETIME"] = LONGEST
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
