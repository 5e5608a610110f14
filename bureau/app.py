"""The application, put together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from bureau.features import BLUEPRINTS, COMMANDS, INSTALLERS, JOBS
from bureau.kernel.database import db
from bureau.web import cookies, errors, furniture, guard, headers, intake, languages, menu
from bureau.web.logs import HIDING, DiscreetFlask
from bureau.web.templates import PlainGlobals, keep_compiled

ROOT = Path(__file__).parent.parent


def create_app(settings: Mapping[str, Any]) -> Flask:
    """The application with ``settings`` (see ``config.py``)."""
    app = DiscreetFlask(__name__, template_folder=str(ROOT / "templates"))
    app.jinja_environment = PlainGlobals
    app.config.from_mapping(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=16 << 20,
        SQLALCHEMY_ENGINE_OPTIONS=HIDING,
    )
    app.config.from_mapping(settings)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if compiled := app.config.get("COMPILED"):
        keep_compiled(app.jinja_env, Path(compiled))
    if proxies := app.config.get("TRUSTED_PROXIES", 0):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]  # Flask's own place for middleware
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    languages.install(app, ROOT / "translations")
    CSRFProtect(app)
    for furnish in (
        cookies.install,
        intake.install,
        errors.install,
        headers.install,
        furniture.install,
        menu.install,
        *INSTALLERS,
        guard.install,
    ):
        furnish(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for group in COMMANDS:
        app.cli.add_command(group)
    app.extensions["jobs"] = tuple(JOBS)
    return app
