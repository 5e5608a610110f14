"""The catalogue at a glance."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bureau.catalogue import queries
from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint


@blueprint.get("/")
@may_come(MANAGER)
def overview(bureau: str) -> ResponseReturnValue:
    """Every category with its services; ``q`` searches names and codes."""
    asked = request.args.get("q", "").strip()
    return render_template(
        "catalogue/overview.html", bureau=bureau, asked=asked,
        categories=queries.categories(), services=queries.search_services(asked),
    )  # fmt: skip


@blueprint.get("/languages/")
@may_come(MANAGER)
def languages(bureau: str) -> ResponseReturnValue:
    """The languages that services are given in."""
    return render_template("catalogue/languages.html", bureau=bureau, languages=queries.languages())
