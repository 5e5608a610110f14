"""What hinders people on a page, as axe sees it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = next((Path(__file__).parent / "vendor").glob("axe-core@*/axe.min.js")).read_text()
GRAVE = {"serious", "critical"}


def hindrances(page: Page, *, colours: bool = True) -> list[str]:
    """The serious and critical findings on the page as it is shown now, one line each.

    Looking at every colour takes most of the time; they are the same in every language.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {SCRIPT} }}")
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    found: list[dict[str, Any]] = page.evaluate(
        "async (chosen) => (await axe.run(document, chosen)).violations", options
    )
    return [
        f"{finding['id']}: {finding['help']} at {node['target']}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]
