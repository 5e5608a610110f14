"""``make audit``: the long checks with other people's programs, each a table; what they need is installed under ``.venv/audit``.

``make audit ARGS=readers`` runs one. An audit is a file beside this one with ``run(words) -> bool``, true where nothing
was found; its first line says what it looks at.
"""

import sys
from importlib import import_module
from pathlib import Path

AUDITS = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main(words: list[str]) -> int:
    """Run the one that is named first, with the words after it, or all; 1 where one found something."""
    if words and words[0] not in AUDITS:
        sys.stderr.write(f"no audit called {words[0]}; there are {', '.join(AUDITS)}\n")
        return 2
    clean = [_run(name, words[1:]) for name in words[:1] or AUDITS]  # all, even after one found something
    return int(not all(clean))


def _run(name: str, words: list[str]) -> bool:
    audit = import_module(f"tests.audit.{name}")
    sys.stdout.write(f"\n== {name}: {(audit.__doc__ or '').splitlines()[0]}\n")
    sys.stdout.flush()
    return bool(audit.run(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
