"""What the application adds to the published files: leading on by language, and answers for machines."""

from pathlib import Path
from typing import cast

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.scheduling.views import about_jobs
from bureau.web.furniture import static_url
from bureau.web.guard import EVERYONE, MANAGER, STAFF, may_come
from bureau.web.identity import get_identity
from bureau.web.languages import LANGUAGES, select_language, writing_in
from bureau.web.wording import word

from .actions import let_go, preview_page, roll_back, site_in_force, site_releases
from .domain import failures, lead_on
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


@blueprint.get("/desk/<bureau>/<month>/preview/<lang>/")
@blueprint.get("/desk/<bureau>/<month>/preview/<lang>/<path:below>")
@may_come(STAFF)
def preview(bureau: str, month: str, lang: str, below: str = "") -> Response:
    """A public page as residents would read it if the month were published now."""
    root = url_for("publishing.preview", bureau=bureau, month=month, lang=lang).removesuffix(f"/{lang}/")
    page = preview_page(
        bureau, month, below, language=lang, root=root, banner=_banner(bureau, month), asset=static_url, now=utcnow()
    )
    return make_response(page)


def _banner(bureau: str, month: str) -> Markup:
    """What tells staff, in their own language, that nobody else sees this page."""
    person = get_identity()
    language = person.language if person.language in LANGUAGES else select_language()
    with writing_in(language):
        html = render_template(
            "publishing/_preview.html", bureau=bureau, month=Month.parse(month), manages=person.manages_bureau(bureau),
            language=language, direction=LANGUAGES[language].direction,
        )  # fmt: skip
    return Markup(html)  # noqa: S704  (our own template, which escapes)


@blueprint.post("/desk/<bureau>/site/back/<int:number>")
@may_come(MANAGER)
def go_back(bureau: str, number: int) -> ResponseReturnValue:
    """Let residents read again what that version said of this bureau."""
    try:
        roll_back(now=utcnow(), to=str(number), bureau=bureau)
    except Refused as error:
        flash(word(error), "stop")
        return _to_releases(bureau)
    flash(gettext("Residents read the earlier version of this bureau’s pages now."), "ok")
    return _to_releases(bureau)


@blueprint.post("/desk/<bureau>/site/follow")
@may_come(MANAGER)
def follow(bureau: str) -> ResponseReturnValue:
    """Hold nothing back any more: the scheduler publishes the latest programme."""
    let_go(bureau, now=utcnow())
    flash(gettext("The public pages follow within a minute."), "ok")
    return _to_releases(bureau)


def _to_releases(bureau: str) -> ResponseReturnValue:
    return redirect(url_for("scheduling.jobs", bureau=bureau, _anchor="site"), code=303)


def releases_panel(bureau: str) -> Markup:
    """The versions of the public site, for the page of jobs."""
    current = site_in_force()
    here = current.parts.get(bureau) if current else None
    html = render_template(
        "publishing/_releases.html", bureau=bureau, releases=site_releases(), in_force=current.number if current else "",
        tree=here.tree if here else "", failed=failures(current, bureau), held=bool(current and bureau in current.held),
    )  # fmt: skip
    return Markup(html)  # noqa: S704  (our own template, which escapes)


about_jobs.append(releases_panel)


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
    target = lead_on(release.bureaux if release else {}, language, [tag.split("-")[0] for tag in wanted])
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
