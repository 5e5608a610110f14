"""What pages of other features show of notices: how many are new, and what one says."""

from flask import Flask

from bureau.notices.wording import sentence
from bureau.web.identity import find_identity


def new_notices() -> int:
    """How many notices the reader has not marked as read."""
    person = find_identity()
    return person.numbers.get("new_notices", 0) if person is not None else 0


def install(app: Flask) -> None:
    """Give every template the number of new notices, and the words of one."""
    app.jinja_env.globals["new_notices"] = new_notices
    app.jinja_env.filters["notice_sentence"] = sentence
