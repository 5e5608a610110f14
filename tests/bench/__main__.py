"""``make bench``: every benchmark, each a table: ratios within one run, so that machines can be compared, or with its machine's name.

``make bench ARGS="rota XS S-11"`` measures the planner on some months only.
"""

import sys
from collections.abc import Callable

from tests.bench import board, disclosure, feeds, log, log_import, report, rota, serving, site, together

BENCHMARKS: dict[str, Callable[[list[str]], bool]] = {
    "report": report.run,
    "board": lambda _: board.run(),
    "disclosure": disclosure.run,
    "feeds": feeds.run,
    "log-import": log_import.run,
    "serving": lambda _: serving.run(),
    "site": site.run,
    "together": together.run,
    "log": log.run,
    "rota": rota.run,
}


def main(words: list[str]) -> int:
    """Run the one that is named first, with the words after it, or all; 1 where one broke its bound."""
    if words and words[0] not in BENCHMARKS:
        sys.stderr.write(f"no benchmark called {words[0]}; there are {', '.join(BENCHMARKS)}\n")
        return 2
    kept = [BENCHMARKS[name](words[1:]) for name in words[:1] or BENCHMARKS]  # all, even after one broke its bound
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
