"""Several people at the same instant."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import text

from bureau.kernel.database import db
from bureau.kernel.errors import Refused

Deed = Callable[[], object]


def at_once(app: Flask, *deeds: Deed) -> list[object]:
    """What came of each deed, all begun at the same instant: its answer, or the code of its refusal."""
    together = threading.Barrier(len(deeds))
    outcomes: list[object] = [None] * len(deeds)

    def act(number: int, deed: Deed) -> None:
        with app.app_context():
            db.session.execute(text("SELECT 1"))  # connected before the others are waited for
            together.wait()
            try:
                outcomes[number] = deed()
            except Refused as refusal:
                outcomes[number] = refusal.code
            except Exception as error:
                outcomes[number] = error

    threads = [threading.Thread(target=act, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
