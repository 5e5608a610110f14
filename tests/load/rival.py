"""The processes of the race: each tries to book, and writes down what it was told."""

import json
import os
import random
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from flask import Flask

import config
from bureau.app import create_app
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import Refused
from bureau.rotation.actions import book_slot
from bureau.web.wording import word
from tests.factories.rotation import NOW


def main(task: Path, folder: Path, processes: int) -> int:
    """Start the processes from one application that has not opened its database yet; how many of them failed."""
    app = create_app(config.from_environment())
    given = json.loads(task.read_text())
    children = [os.fork() or _run(app, given, folder / f"{number}.json", number) for number in range(processes)]
    return sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)


def _run(app: Flask, given: dict[str, Any], answer: Path, number: int) -> NoReturn:
    """Be one process: try, write the answers, and end."""
    code = 1
    try:
        answer.write_text(json.dumps(compete(app, given, random.Random(number))))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def compete(app: Flask, given: dict[str, Any], chance: random.Random) -> list[dict[str, object]]:
    """Try as often as the task says, each time a random slot with a random worker."""
    told = []
    for _ in range(given["tries"]):
        with app.app_context():
            told.append(attempt(chance.choice(given["slots"]), chance.choice(given["workers"])))
            db.session.remove()
    return told


def attempt(slot_id: int, worker_id: int) -> dict[str, object]:
    """Book, as a request would; the session, or the refusal and its words."""
    try:
        booked = book_slot(
            "golden-river", slot_id, worker_id=worker_id, services=["info"], languages=["en"],
            scope=EVERY_ORGANISATION, actor="race", now=NOW,
        )  # fmt: skip
    except Refused as error:
        return {"code": error.code, "words": word(error)}
    return {"session": booked.session_id}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
