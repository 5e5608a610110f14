"""Scripts of others are the files that their authors published."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHELVES = [ROOT / "bureau/static/vendor", ROOT / "tests/browser/vendor", ROOT / "tests/rotation/solver/independent"]


def listed(shelf: Path) -> dict[str, str]:
    """File name → checksum, as the shelf's README states them."""
    rows = re.findall(r"\| `(\S+)` \| `([0-9a-f]{64})` \|", (shelf / "README.md").read_text())
    return dict(rows)


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.parent.name)
def test_each_script_is_listed_and_unchanged(shelf: Path) -> None:
    scripts = [*shelf.rglob("*.js"), *shelf.rglob("*.py")]

    found = {str(script.relative_to(shelf)): hashlib.sha256(script.read_bytes()).hexdigest() for script in scripts}

    assert found == listed(shelf)


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.parent.name)
def test_each_folder_carries_its_licence(shelf: Path) -> None:
    folders = [folder for folder in shelf.iterdir() if folder.is_dir() and folder.name != "__pycache__"]

    unlicensed = [folder.name for folder in folders if not (folder / "LICENSE").is_file()]

    assert unlicensed == []
