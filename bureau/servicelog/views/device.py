"""The desk on a device of its own: how it is installed, what is kept there without a network, and who may send it."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from bureau.organisations import queries as places
from bureau.web.furniture import say, static_url
from bureau.web.guard import EVERYONE, LOGGING, may_come
from bureau.web.homescreen import DEEP, PAPER, browser_locale, icons
from bureau.web.identity import get_identity
from bureau.web.languages import LANGUAGES, current_language

from .blueprint import blueprint

MOST_SHEETS = 8
"""How many sheets the list of today has kept; one that is opened is kept as well."""


@blueprint.get("/desk/<bureau>/today/app.webmanifest")
@may_come(LOGGING)
def manifest(bureau: str) -> ResponseReturnValue:
    """The desk as an application on a home screen, in the person's language."""
    place, language = places.get_bureau(bureau), current_language()
    start = url_for("servicelog.today", bureau=bureau)
    answer = jsonify(
        name=f"{gettext('At the desk')} · {say(place.name)}", short_name=gettext("At the desk"),
        lang=language, dir=LANGUAGES[language].direction,
        id=start, start_url=start, scope=url_for("accounts.home"), display="standalone",
        background_color=PAPER, theme_color=DEEP, icons=icons(static_url),
    )  # fmt: skip
    answer.mimetype = "application/manifest+json"
    return answer


@blueprint.get("/desk/<bureau>/today/worker.js")
@may_come(EVERYONE)
def worker(bureau: str) -> Response:
    """The script that answers for the desk's pages when the network does not; it may mind no page above its address."""
    script = Path(str(current_app.static_folder)) / "worker" / "desk.js"
    return Response(script.read_bytes(), mimetype="text/javascript")


@blueprint.get("/desk/<bureau>/today/who")
@may_come(LOGGING)
def who(bureau: str) -> ResponseReturnValue:
    """Who is signed in, and the token of their forms: for a page that is older than the sign-in."""
    return jsonify(whose=get_identity().actor, token=generate_csrf())


def is_to_be_kept() -> bool:
    """Whether a device asks for the page to keep it: then it holds nothing that is said or shown once, and no notes."""
    return request.headers.get("X-Keep") == "yes"


def device(bureau: str, sheets: Iterable[str]) -> dict[str, Any]:
    """What the pages of the desk tell their scripts; ``sheets`` are the addresses to be kept beside the list of today."""
    today = url_for("servicelog.today", bureau=bureau)
    return {
        "keep": " ".join([today, *sheets]),
        "parts": " ".join(static_url(name) for name in parts(str(current_app.static_folder))),
        "whose": get_identity().actor,
        "to_be_kept": is_to_be_kept(),
        "browser_locale": browser_locale(current_language()),
    }


@lru_cache
def parts(folder: str) -> tuple[str, ...]:
    """What a page of the desk may still need after it was kept: every script of the desk, the scripts of all names, the mark."""
    kinds = ("js/desk/*.js", "fonts/*.woff2", "icons/mark*.svg")
    return tuple(path.relative_to(folder).as_posix() for kind in kinds for path in sorted(Path(folder).glob(kind)))


def ways_to_count(sheet: str, groups: Iterable[str] = ()) -> list[str]:
    """A sheet in each of its forms: consultations, what nobody could give, and groups."""
    return [sheet, f"{sheet}?unmet", *(f"{sheet}?group={code}" for code in groups)]
