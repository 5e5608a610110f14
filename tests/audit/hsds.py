"""Open data against the published schema of HSDS 3.0, word for word.

The schema is fetched from its authors, or read from the folder that ``HSDS_SCHEMA`` names, where there is no network.
"""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bureau.calendars.site.data import site_drafts
from tests.audit._installing import FOLDER, python_with
from tests.audit._making import application
from tests.bench.measuring import table
from tests.calendars.made import for_site
from tests.factories.programmes import a_bureau, a_programme, with_changes

PUBLISHED = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/compiled"
UNREACHED = "The schema is not to be had here; name a folder that holds it: HSDS_SCHEMA=… make audit ARGS=hsds"
SCHEMAS = ("service", "service_list", "organization_list")
CHECK = """
import json, sys
from jsonschema import Draft202012Validator as Validator, FormatChecker
schema = json.load(open(sys.argv[1]))
validator = Validator(schema, format_checker=FormatChecker())
known = set(schema["properties"])
for line in sys.stdin:
    node = json.loads(line)
    for error in validator.iter_errors(node):
        print(node["id"], "/".join(map(str, error.path)), error.message[:200])
    for name in node.keys() - known:
        print(node["id"], "has an unknown field", name)
"""


def run(_words: list[str]) -> bool:
    """Check every service and organisation; whether all keep to the schema."""
    try:
        schemas = _schemas()
    except OSError as error:
        sys.stdout.write(f"  {UNREACHED} ({error})\n")
        return False
    files = _files()
    services = list(files["hsds/services.json"]["contents"])
    organisations = list(files["hsds/organizations.json"]["contents"])
    single = [node for path, node in files.items() if path.startswith("hsds/services/")]
    rows = [
        ("services.json", len(services), _offences(schemas["service_list"], services)),
        ("services/<id>.json", len(single), _offences(schemas["service"], single)),
        ("organizations.json", len(organisations), _offences(schemas["organization_list"], organisations)),
    ]
    table("HSDS 3.0", ("file", "objects", "offences"), [(name, count, len(found)) for name, count, found in rows])
    sys.stdout.writelines(f"{name}: {one}\n" for name, _, found in rows for one in found[:20])
    return not any(found for *_, found in rows)


def _files() -> dict[str, dict[str, list[dict[str, str]]]]:
    bureau = a_bureau(country="BG")
    programme = with_changes(a_programme(bureau=bureau), datetime(2026, 12, 5, tzinfo=UTC))
    with application() as app:
        return {path: json.loads(content) for path, content in for_site(app, site_drafts, programme).items()}


def _offences(schema: Path, nodes: list[dict[str, str]]) -> list[str]:
    python = python_with("hsds", "jsonschema[format]") / "python"
    lines = "".join(f"{json.dumps(node)}\n" for node in nodes)
    done = subprocess.run(
        [str(python), "-c", CHECK, str(schema)], input=lines, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def _schemas() -> dict[str, Path]:
    if folder := os.environ.get("HSDS_SCHEMA"):
        return {name: Path(folder) / f"{name}.json" for name in SCHEMAS}
    return dict(_fetched())


def _fetched() -> Iterator[tuple[str, Path]]:
    """From their authors, once."""
    for name in SCHEMAS:
        target = FOLDER / "hsds-schema" / f"{name}.json"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with urllib.request.urlopen(f"{PUBLISHED}/{name}.json", timeout=60) as answer:  # noqa: S310  (https, see above)
                target.write_bytes(answer.read())
        yield name, target
