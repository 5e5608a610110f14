"""Settings, from the environment (or a ``.env`` file in development)."""

import os
import secrets
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
VAR = ROOT / "var"


def from_environment() -> dict[str, Any]:
    """The settings of this process."""
    VAR.mkdir(exist_ok=True)
    published = os.environ.get("BUREAU_PUBLISHED", str(VAR / "published"))
    port = os.environ.get("PORT", "8000")
    mail_from = os.environ.get("MAIL_FROM", "bureau@localhost")
    base_url = os.environ.get("BUREAU_BASE_URL", f"http://127.0.0.1:{port}")
    return {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or _development_key(),
        "SQLALCHEMY_DATABASE_URI": database_url(os.environ.get("DATABASE_URL", "")),
        "PUBLISHED": published,
        "RUNS": os.environ.get("BUREAU_RUNS", str(VAR / "runs")),
        "COMPILED": str(VAR / "templates"),
        "BASE_URL": base_url.rstrip("/"),
        "SMTP_URL": os.environ.get("SMTP_URL", ""),
        "MAIL_FROM": mail_from,
        "SECURITY_CONTACT": os.environ.get("SECURITY_CONTACT") or mail_from,
        "TRUSTED_PROXIES": int(os.environ.get("TRUSTED_PROXIES", "0")),
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
    }


def database_url(url: str) -> str:
    """The database's address with the driver we use; SQLite in ``var/`` where none is given."""
    if not url:
        return f"sqlite:///{VAR / 'bureau.db'}"
    return url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)


def _development_key() -> str:
    """A key made once and kept in ``var/``; outside development the environment must give one."""
    if os.environ.get("BUREAU_ENV", "development") != "development":
        raise SystemExit("SECRET_KEY must be set outside development")
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32))
    return kept.read_text()
