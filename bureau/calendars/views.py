"""Private feeds: the file that a calendar program asks for, and the page of their secret addresses."""

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import NotFound
from bureau.kernel.text import whole_number
from bureau.web.desk import done
from bureau.web.guard import EVERYONE, SIGNED_IN, may_come
from bureau.web.identity import get_identity

from . import actions, queries
from .exports import CONTENT_TYPE, private_feed

blueprint = Blueprint("calendars", __name__)

NOT_KEPT = {
    # A program may keep the file, and asks each time whether it is still the same; nobody else keeps it.
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@blueprint.get("/calendar/<secret>.ics")
@may_come(EVERYONE)
def feed(secret: str) -> Answer:
    """The sessions of whoever was given this address."""
    found = queries.find_calendar(secret, key=_key(), now=utcnow())
    if found is None:
        raise NotFound
    content = private_feed(found, base_url=current_app.config["BASE_URL"])
    response = Response(content, content_type=CONTENT_TYPE, headers=NOT_KEPT)
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/desk/calendars/")
@may_come(SIGNED_IN)
def addresses() -> ResponseReturnValue:
    """The person's secret addresses, and how to use them."""
    mine = queries.addresses_of(get_identity().person_id, key=_key())
    return render_template("calendars/addresses.html", addresses=mine, base_url=current_app.config["BASE_URL"])


@blueprint.post("/desk/calendars/")
@may_come(SIGNED_IN)
def open_address() -> ResponseReturnValue:
    """Make an address for one's own sessions, or for an organisation's."""
    actions.open_feed(get_identity().person_id, request.form.get("organisation") or None, now=utcnow())
    return redirect(url_for("calendars.addresses"), code=303)


@blueprint.route("/desk/calendars/<int:feed>/renew", methods=["GET", "POST"])
@may_come(SIGNED_IN)
def renew(feed: int) -> ResponseReturnValue:
    """Ask once, then give the feed another address."""
    person = get_identity()
    if request.method == "POST":
        seen = whole_number(request.form.get("generation", "")) or 0
        actions.renew_feed(person.person_id, feed, generation=seen, now=utcnow())
        return done(
            url_for("calendars.addresses"), gettext("There is a new address. The old one leads nowhere any more.")
        )
    found = queries.find_address(person.person_id, feed, key=_key())
    if found is None:
        raise NotFound
    return render_template("calendars/renew.html", address=found)


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])
