"""What runs by itself, shown to the manager: the latest runs, and the mails that wait or were sent."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from bureau.scheduling.queries import latest_mails, latest_runs
from bureau.web.guard import MANAGER, may_come
from bureau.web.identity import get_identity

blueprint = Blueprint("scheduling", __name__, url_prefix="/desk")


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
        mails=mails,
        sends=bool(current_app.config["SMTP_URL"]),
    )


def _plain(email: str) -> str:
    return email


def _masked(email: str) -> str:
    """Enough to recognise whom one invited, not enough to collect the addresses of other bureaux."""
    name, _, domain = email.partition("@")
    return f"{name[:2]}…@{domain}"
