"""The months of a bureau and their reports."""

from flask import render_template

from bureau.web.guard import MANAGER, may_come

from .blueprint import blueprint


@blueprint.get("/desk/<bureau>/reports/")
@may_come(MANAGER)
def months(bureau: str) -> str:
    """Every month with where its report stands, newest first."""
    return render_template("reports/desk/months.html", bureau=bureau)
