"""``make bench``: every benchmark, each a table of ratios within one run, so that machines can be compared."""

import sys

from tests.bench import board

BENCHMARKS = {"board": board.run}


def main(names: list[str]) -> int:
    """Run those named, or all; 1 where one broke its bound."""
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        sys.stderr.write(f"no benchmark called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}\n")
        return 2
    kept = [BENCHMARKS[name]() for name in names or BENCHMARKS]  # all of them, even after one broke its bound
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
