"""Home and month in the languages that run from right to left look as in the kept pictures, on a phone and on a desktop.

``make audit ARGS="screenshots keep"`` takes the pictures anew: look at them before they are committed.
"""

import base64
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.audit._publishing import KINDS, NOW, whole_site
from tests.audit._servers import embedded
from tests.tools import chromium

KEPT = Path(__file__).parent / "kept"
SEEN = Path(__file__).parents[2] / ".venv" / "audit" / "seen"
LANGUAGES = ("ar", "fa")
PAGES = ("home", "month")
SIZES = ((320, 640), (1280, 720))
TOLERANCE = 0.01
"""The part of the points that may differ: letters are drawn a little differently from one machine to the next."""

COMPARE = """async ([one, other]) => {
  const load = async (data) => createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
  const [a, b] = [await load(one), await load(other)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  const points = (image) => {
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height).data;
  };
  const [p, q] = [points(a), points(b)];
  let different = 0;
  for (let i = 0; i < p.length; i += 4)
    if (Math.abs(p[i] - q[i]) + Math.abs(p[i + 1] - q[i + 1]) + Math.abs(p[i + 2] - q[i + 2]) > 96) different += 1;
  return different / (p.length / 4);
}"""


def run(words: list[str]) -> bool:
    """Compare all of them, or keep them."""
    chromium.main()
    with whole_site() as (site, database), embedded(site, database) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        wanted = list(product(LANGUAGES, PAGES, SIZES))
        taken = {
            f"{language}-{page}-{size[0]}.png": _picture(browser, f"{server.url}/{language}/{KINDS[page]}", size)
            for language, page, size in wanted
        }
        _write(KEPT if words == ["keep"] else SEEN, taken)
        differing = _differing(browser.new_page(), taken)
        browser.close()
    for name, part in differing.items():
        sys.stdout.write(f"  {name}: {part:.1%} of the points differ; see {SEEN / name}\n")
    sys.stdout.write(f"{len(taken)} pictures, {len(differing)} differ\n")
    return not differing


def _picture(browser: Browser, url: str, size: tuple[int, int]) -> bytes:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, timezone_id="Europe/Sofia", service_workers="block"
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(url)
    page.reload(wait_until="networkidle")  # the fonts are optional on a first view; on the second they are at hand
    picture = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture


def _write(folder: Path, pictures: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (folder / name).write_bytes(picture)


def _differing(page: Page, taken: dict[str, bytes]) -> dict[str, float]:
    page.goto("about:blank")
    parts = {name: _difference(page, KEPT / name, picture) for name, picture in taken.items()}
    return {name: part for name, part in parts.items() if part > TOLERANCE}


def _difference(page: Page, kept: Path, picture: bytes) -> float:
    if not kept.exists():
        return 1.0
    both = [base64.b64encode(one).decode() for one in (kept.read_bytes(), picture)]
    part: float = page.evaluate(COMPARE, both)
    return part
