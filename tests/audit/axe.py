"""Every kind of public page hinders nobody, as axe sees it, in every language and variant, on a phone and on a desktop."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product

from playwright.sync_api import Browser, Page, sync_playwright

from bureau.calendars.domain.variants import VARIANTS
from bureau.web.languages import LANGUAGES
from tests.audit._publishing import KINDS, a_second, documents, published, whole_site
from tests.audit._servers import embedded
from tests.browser import axe
from tests.tools import chromium

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
ABOVE = ("", "near-plovdiv/", "language-fa/")
"""The pages above several bureaux."""


def run(words: list[str]) -> bool:
    """Look at all of them, or at those in the languages and variants named; print what hinders."""
    chromium.main()
    with ExitStack() as stack:
        site, database = stack.enter_context(whole_site())
        several, _database = stack.enter_context(published([*documents(), a_second(tuple(LANGUAGES))]))
        one = stack.enter_context(embedded(site, database))
        two = stack.enter_context(embedded(several, database))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        segments = words or [*LANGUAGES, *(variant.segment for variant in VARIANTS)]
        addresses = [
            f"{one.url}/{tag}/{below}"
            for tag, below in product(segments, KINDS.values())
            if "/" in below or tag in LANGUAGES
        ]
        addresses += [f"{two.url}/{tag}/{below}" for tag, below in product(segments, ABOVE) if tag in LANGUAGES]
        looks = [*product(WIDTHS, SCHEMES[:1]), (WIDTHS[0], SCHEMES[1])]
        found = [trouble for look in looks for trouble in _looked_at(browser, addresses, *look)]
        browser.close()
    for line in found[:40]:
        sys.stdout.write(f"  {line}\n")
    sys.stdout.write(f"{len(addresses)} pages, {len(looks)} times each; {len(found)} findings\n")
    return not found


def _looked_at(browser: Browser, addresses: list[str], width: int, scheme: str) -> Iterator[str]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, service_workers="block"
    )
    page = context.new_page()
    for address in addresses:
        page.goto(address)
        where = f"{'/'.join(address.split('/')[3:])} at {width}, {scheme}"
        yield from (f"{where}: {trouble}" for trouble in (*axe.hindrances(page), *wider(page)))
    context.close()


def wider(page: Page) -> list[str]:
    """Whether the page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return ["scrolls sideways"] if wide else []
