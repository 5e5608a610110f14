"""`python -m bureau.reports.protecting`: a task as JSON on the input; progress and then the outcome as JSON lines."""

import json
import sys
from typing import Any

from bureau.reports.protecting.task import Task
from bureau.reports.protecting.trying import protect


def main() -> int:
    """Protect one month."""
    task = Task.from_json(json.load(sys.stdin))
    _say({"outcome": protect(task, lambda done, of: _say({"done": done, "of": of})).to_json()})
    return 0


def _say(words: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
