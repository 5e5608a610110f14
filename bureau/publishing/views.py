"""What the application adds to the published files: leading on by language, and answers for machines."""

from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.clock import utcnow
from bureau.web.guard import EVERYONE, may_come
from bureau.web.languages import LANGUAGES, select_language

from .domain import lead_on
from .queries import database_answers
from .site.fixed import robots_txt, security_txt
from .site.serving import PublicSite

blueprint = Blueprint("publishing", __name__)


def install(app: Flask) -> None:
    """Serve the published files before anything else is asked."""
    site = PublicSite(app.wsgi_app, Path(app.config["PUBLISHED"]))
    app.extensions["public_site"] = site
    app.wsgi_app = site  # type: ignore[method-assign]  # Flask's own place for middleware


@blueprint.get("/")
@may_come(EVERYONE)
def front() -> ResponseReturnValue:
    """To the bureau, in the language that the reader's browser prefers."""
    return _lead_on(None)


@blueprint.get(f"/<any({', '.join(LANGUAGES)}):lang>/")
@may_come(EVERYONE)
def front_in(lang: str) -> ResponseReturnValue:
    """To the bureau, in the language of the address."""
    return _lead_on(lang)


@blueprint.get("/healthz")
@may_come(EVERYONE)
def healthz() -> ResponseReturnValue:
    """For watchers: the server answers; whether the database does, and which release is in force."""
    release = _site().release()
    return jsonify(status="ok", database="ok" if database_answers() else "down", published=release is not None)


@blueprint.get("/robots.txt")
@may_come(EVERYONE)
def robots() -> ResponseReturnValue:
    """The same text as in the published files, for a server that has published nothing yet."""
    return _plain(robots_txt(current_app.config["BASE_URL"]))


@blueprint.get("/.well-known/security.txt")
@may_come(EVERYONE)
def security() -> ResponseReturnValue:
    """Whom to tell of a weakness."""
    config = current_app.config
    return _plain(security_txt(config["SECURITY_CONTACT"], config["BASE_URL"], utcnow()))


def _lead_on(language: str | None) -> ResponseReturnValue:
    release = _site().release()
    wanted = [tag for tag, _ in request.accept_languages]
    target = lead_on(release.manifest.bureaux if release else {}, language, [tag.split("-")[0] for tag in wanted])
    if target is None or target == request.path:
        return _nothing_yet(), 404
    response = make_response(redirect(target, code=302))
    response.headers.update({"Vary": "Accept-Language", "Cache-Control": "private, max-age=0, must-revalidate"})
    return response


def _nothing_yet() -> str:
    language = select_language()
    title = gettext("The programme is not published yet.")
    direction = LANGUAGES[language].direction
    return render_template("calendars/bureaux.html", title=title, choices=[], language=language, direction=direction)


def _plain(content: bytes) -> Response:
    return Response(content, mimetype="text/plain")


def _site() -> PublicSite:
    return cast("PublicSite", current_app.extensions["public_site"])
