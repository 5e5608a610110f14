"""What hinders people on a page, as axe sees it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = next((Path(__file__).parent / "vendor").glob("axe-core@*/axe.min.js")).read_text()
GRAVE = {"serious", "critical"}


def hindrances(page: Page) -> list[str]:
    """The serious and critical findings on the page as it is shown now, one line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {SCRIPT} }}")
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{finding['id']}: {finding['help']} at {node['target']}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]
