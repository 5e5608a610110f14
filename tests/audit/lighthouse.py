"""Lighthouse on a slow phone: accessibility 100, best practices 100, performance at least 95; five kinds of page, four languages."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.audit._installing import node, node_with
from tests.audit._publishing import KINDS, whole_site
from tests.audit._servers import embedded
from tests.tools import chromium

LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}
LANGUAGES = ("en", "bg", "ar", "fa")
PAGES = ("home", "month", "need", "language and need", "report")
TRIES = 3
"""A busy machine makes a page look slow; it is as fast as its best try."""


class NotMeasured(Exception):
    """Lighthouse came to no end."""


def run(words: list[str]) -> bool:
    """Print the points of every page; ``words`` are the languages, if not all four."""
    chromium.main()
    with whole_site() as (site, database), embedded(site, database) as server:
        found = [
            (f"{language} {kind}", _best(f"{server.url}/{language}/{KINDS[kind]}"))
            for language, kind in product(words or LANGUAGES, PAGES)
        ]
    for name, points in found:
        sys.stdout.write(f"  {name:24} {' '.join(f'{key} {value}' for key, value in points.items())}\n")
    low = [name for name, points in found if any(points[key] < least for key, least in LEAST.items())]
    sys.stdout.write(f"{len(found)} pages, {len(low)} below the mark\n")
    return not low


def _best(url: str) -> dict[str, int]:
    best: dict[str, int] = dict.fromkeys(LEAST, 0)
    for _ in range(TRIES):
        try:
            report = _report(url)
        except NotMeasured as mishap:  # a browser that a busy machine starved; a page that never loads stays at nought
            sys.stdout.write(f"    {url}: {str(mishap).strip()}\n")
            continue
        points = {key: round(100 * report["categories"][key]["score"]) for key in LEAST}
        best = {key: max(best[key], points[key]) for key in LEAST}
        if all(best[key] >= least for key, least in LEAST.items()):
            return best
        for why in _failed(report):
            sys.stdout.write(f"    {url}: {why}\n")
    return best


def _failed(report: dict[str, Any]) -> Iterator[str]:
    for key in ("accessibility", "best-practices"):
        for one in report["categories"][key]["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{key}: {audit['title']}: {json.dumps(audit.get('details', {}).get('items', []))[:400]}"
    numbers = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    yield " ".join(f"{name} {report['audits'][name].get('displayValue')}" for name in numbers)


def _report(url: str) -> dict[str, Any]:
    program = node_with("lighthouse", "lighthouse@^13") / "node_modules" / "lighthouse" / "cli" / "index.js"
    command = [
        str(node()), str(program), url, "--quiet", "--output=json", "--output-path=stdout",
        f"--only-categories={','.join(LEAST)}", f"--chrome-flags={' '.join(chromium.ARGUMENTS)}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": str(chromium.find())}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise NotMeasured(done.stderr)
    report: dict[str, Any] = json.loads(done.stdout)
    return report
