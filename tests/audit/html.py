"""Every public page has no error for the Nu HTML checker; all of them are read, in every language and variant."""

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.audit._installing import node_with
from tests.audit._publishing import a_second, documents, published, whole_site

MISSING = "The Nu HTML checker needs Java 11 or newer; on Debian and Ubuntu: apt-get install default-jre-headless"
SHOWN = 20


def run(_: list[str]) -> bool:
    """Check the site of one bureau, and the pages above two."""
    if shutil.which("java") is None:
        sys.stdout.write(f"  {MISSING}\n")
        return False
    with TemporaryDirectory() as folder:
        pages = _laid_out(Path(folder))
        found = _checked(Path(folder))
    for message, places in list(found.items())[:SHOWN]:
        sys.stdout.write(f"  {len(places)} × {message}; first in {places[0]}\n")
    sys.stdout.write(f"{pages} pages, {len(found)} kinds of errors\n")
    return not found


def _laid_out(folder: Path) -> int:
    """Copies of all pages, without links, which the checker does not follow."""
    with (
        whole_site() as (site, _),
        published([*documents(("en", "ar")), a_second(("en", "ar"))]) as (network, _database),
    ):
        one, several = ((where / "current").resolve() for where in (site, network))
        copied = [_copy(file, folder / "one" / file.relative_to(one)) for file in _pages(one)]
        above = [file for file in _pages(several) if len(file.relative_to(several).parts) <= 3]
        copied += [_copy(file, folder / "several" / file.relative_to(several)) for file in above]
    return len(copied)


def _pages(root: Path) -> list[Path]:
    walked = (Path(folder, name) for folder, _, names in os.walk(root, followlinks=True) for name in names)
    return [file for file in walked if file.suffix == ".html"]


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(source, target))


def _checked(folder: Path) -> dict[str, list[str]]:
    """Each error, with the pages that have it."""
    (jar,) = node_with("vnu", "vnu-jar").glob("node_modules/vnu-jar/build/dist/vnu.jar")
    command = ["java", "-Xmx1g", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "json", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    found: dict[str, list[str]] = defaultdict(list)
    for one in json.loads(done.stderr or done.stdout)["messages"]:
        place = one.get("url", "").removeprefix(f"file:{folder}/")
        found[one["message"]].append(f"{place}:{one.get('lastLine', '')} {one.get('extract', '')!r}")
    return found
