"""The lists of pages for search engines: one beside the pages of each language and bureau, and one of those lists."""

from collections.abc import Iterable, Iterator
from functools import partial

from bureau.calendars.domain.files import Draft

from .contexts import SiteContext
from .reader import written_languages

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def reader_sitemap(base_url: str, language: str, bureau: str, paths: Iterable[str]) -> Draft:
    """The pages of a bureau in one language, among ``paths``."""
    below = f"{language}/{bureau}/"
    pages = sorted(
        path.removesuffix("index.html") for path in paths if path.startswith(below) and path.endswith("/index.html")
    )
    make = partial(_listed, "urlset", "url", [f"{base_url}/{page}" for page in pages])
    return Draft(path=f"{below}sitemap.xml", sources=tuple(pages), make=make)


def sitemap_drafts(site: SiteContext) -> Iterator[Draft]:
    """The list of the lists."""
    lists = [f"{tag}/{place.bureau.code}/sitemap.xml" for place in site.places for tag in written_languages(place)]
    make = partial(_listed, "sitemapindex", "sitemap", [f"{site.base_url}/{one}" for one in lists])
    yield Draft(path="sitemap.xml", sources=tuple(lists), make=make)


def _listed(kind: str, entry: str, addresses: list[str]) -> bytes:
    locations = "".join(f"<{entry}><loc>{one}</loc></{entry}>\n" for one in addresses)
    return f'{_HEAD}<{kind} xmlns="{_SPACE}">\n{locations}</{kind}>\n'.encode()
