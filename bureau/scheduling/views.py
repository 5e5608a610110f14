"""What runs by itself, shown to the manager: the latest runs, and the mails that wait or were sent."""

from collections.abc import Callable

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from bureau.scheduling.queries import latest_mails, latest_runs
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity

blueprint = Blueprint("scheduling", __name__, url_prefix="/desk")

about_jobs: list[Callable[[str], Markup]] = []
"""What features above show of their own jobs at the top of the page; each is given the bureau's code."""


@blueprint.get("/<bureau>/jobs")
@may_come(MANAGER)
def jobs(bureau: str) -> ResponseReturnValue:
    """The latest runs and mails of the installation; never a mail's words, which may hold a secret."""
    address = _plain if get_identity().administrator else _masked
    mails = [{"row": mail, "to": address(mail.to)} for mail in latest_mails()]
    return render_template(
        "scheduling/jobs.html",
        bureau=bureau,
        runs=latest_runs(),
        panels=[panel(bureau) for panel in about_jobs],
        mails=mails,
        sends=bool(current_app.config["SMTP_URL"]),
    )


def _plain(email: str) -> str:
    return email


def _masked(email: str) -> str:
    """Enough to recognise whom one invited, not enough to collect the addresses of other bureaux."""
    name, _, domain = email.partition("@")
    return f"{name[:2]}…@{domain}"
