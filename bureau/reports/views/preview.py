"""The prepared report as residents would read it: the very pages, for staff, before they are public."""

from mimetypes import guess_type

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from bureau.calendars.domain.files import report_address
from bureau.calendars.domain.place import places_of
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.site.preview import preview_of
from bureau.rotation.queries import programmes_in_force
from bureau.web.furniture import static_url
from bureau.web.going import see
from bureau.web.guard import STAFF, may_come
from bureau.web.identity import get_identity
from bureau.web.languages import LANGUAGES, select_language, writing_in

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/reports/<month>/preview/<lang>/")
@blueprint.get("/desk/<bureau>/reports/<month>/preview/<lang>/<path:below>")
@may_come(STAFF)
def preview(bureau: str, month: str, lang: str, below: str = "") -> ResponseReturnValue:
    """A page or a file of the prepared report; other pages of the site are those that are public."""
    place, wanted = places.get_bureau(bureau), Month.parse(month)
    own = report_address(wanted).below
    if lang not in LANGUAGES:
        raise NotFound
    if not below:
        return see("preview", bureau=bureau, month=month, lang=lang, below=own)
    if not below.startswith(own):
        return redirect(f"/{lang}/{bureau}/{below}", code=303)
    today = local_date(utcnow(), place.timezone)
    report, sites = queries.prepared_report(place.id, month, on=today), places_of(programmes_in_force(bureau))
    if report is None:
        return _not_here(bureau, month, gettext("There is nothing to look at yet: the report is not prepared."))
    if not sites:
        why = gettext("The public site begins with the first programme. Until then there is no page to look at.")
        return _not_here(bureau, month, why)
    page = preview_of(
        report, below, place=sites[0], language=lang, today=today, root=_root(bureau, month),
        banner=_banner(bureau, month), asset=static_url,
    )  # fmt: skip
    return see("month", bureau=bureau, month=month) if page is None else _answer(page, below)


def _root(bureau: str, month: str) -> str:
    return url_for(".preview", bureau=bureau, month=month, lang="-").removesuffix("/-/")


def _not_here(bureau: str, month: str, why: str) -> ResponseReturnValue:
    flash(why, "thin")
    return see("month", bureau=bureau, month=month)


def _answer(page: bytes, below: str) -> ResponseReturnValue:
    """The page or file, which nobody keeps: it may never be published like this."""
    answer = make_response(page)
    kind = guess_type(below)[0] if below.rpartition("/")[2] else "text/html"
    answer.mimetype = kind or "application/octet-stream"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _banner(bureau: str, month: str) -> Markup:
    """What tells staff, in their own language, that nobody else sees this page."""
    person = get_identity()
    language = person.language if person.language in LANGUAGES else select_language()
    with writing_in(language):
        html = render_template(
            "reports/desk/_preview.html", bureau=bureau, month=Month.parse(month),
            manages=person.manages_bureau(bureau), language=language, direction=LANGUAGES[language].direction,
        )  # fmt: skip
    return Markup(html)  # noqa: S704  (our own template, which escapes)
