"""The bureau's document in the browser: the manager takes it along, the administrator makes a bureau of one."""

import json

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bureau.kernel.errors import Refused
from bureau.organisations.queries import get_bureau
from bureau.replication.actions import TakenIn, create_bureau
from bureau.replication.domain.document import read_document
from bureau.replication.domain.reading import MalformedDocument
from bureau.replication.exports import CONTENT_TYPE, as_file
from bureau.replication.queries import bureau_document
from bureau.web.desk import UNPROCESSABLE, by_me
from bureau.web.guard import ADMINISTRATOR, MANAGER, may_come
from bureau.web.identity import get_identity
from bureau.web.languages import LANGUAGES
from bureau.web.wording import word

blueprint = Blueprint("replication", __name__, url_prefix="/desk")


@blueprint.get("/<bureau>/place/document/")
@may_come(MANAGER)
def document(bureau: str) -> ResponseReturnValue:
    """What the document holds, and where to fetch it."""
    return render_template("replication/document.html", bureau=get_bureau(bureau).code)


@blueprint.get("/<bureau>/place/document/bureau.json")
@may_come(MANAGER)
def download(bureau: str) -> ResponseReturnValue:
    """The document itself."""
    answer = Response(as_file(bureau_document(bureau, reader=get_identity())), content_type=CONTENT_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{bureau}.json")
    return answer


@blueprint.route("/bureaux/new", methods=["GET", "POST"])
@may_come(ADMINISTRATOR)
def new_bureau() -> ResponseReturnValue:
    """Make a bureau of an uploaded document: all of it, or nothing."""
    refusal = ""
    if request.method == "POST":
        try:
            return _made(create_bureau(read_document(_uploaded(), LANGUAGES), **by_me()))
        except Refused as error:
            refusal = word(error)
    return render_template("replication/new_bureau.html", refusal=refusal), UNPROCESSABLE if refusal else 200


def _uploaded() -> object:
    file = request.files.get("document")
    try:
        return json.loads(file.read() if file else b"")
    except (ValueError, RecursionError) as error:
        raise MalformedDocument("/", "json") from error


def _made(made: TakenIn) -> ResponseReturnValue:
    flash(gettext("The bureau “%(code)s” is made.", code=made.bureau), "ok")
    if made.kept:
        flash(gettext("Already there and kept as it was: %(things)s", things=", ".join(made.kept)), "thin")
    return redirect(url_for("organisations.place", bureau=made.bureau), code=303)
