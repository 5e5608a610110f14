"""One of the processes of the race: tries to book, writes down what it was told."""

import json
import random
import sys
from pathlib import Path

import config
from bureau.app import create_app
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import Refused
from bureau.rotation.actions import book_slot
from bureau.web.wording import word
from tests.factories.rotation import NOW


def main(task: Path, answer: Path, number: int) -> None:
    """Try as often as the task says, each time a random slot with a random worker."""
    given = json.loads(task.read_text())
    chance = random.Random(number)
    app = create_app(config.from_environment())
    told = []
    for _ in range(given["tries"]):
        with app.app_context():
            told.append(attempt(chance.choice(given["slots"]), chance.choice(given["workers"])))
            db.session.remove()
    answer.write_text(json.dumps(told))


def attempt(slot_id: int, worker_id: int) -> dict[str, object]:
    """Book, as a request would; the session, or the refusal and its words."""
    try:
        session_id = book_slot(
            "golden-river", slot_id, worker_id=worker_id, services=["info"], languages=["en"],
            scope=EVERY_ORGANISATION, actor="race", now=NOW,
        )  # fmt: skip
    except Refused as error:
        return {"code": error.code, "words": word(error)}
    return {"session": session_id}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
