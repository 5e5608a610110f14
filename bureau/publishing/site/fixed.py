"""Short texts for machines: what robots may read, and whom to tell of a weakness."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from bureau.calendars.domain.files import Draft

VALID_MONTHS = 6


def robots_txt(base_url: str) -> bytes:
    """Everything public may be read; staff pages are not for search engines."""
    return f"User-agent: *\nDisallow: /desk/\nSitemap: {base_url}/sitemap.xml\n".encode()


def security_txt(contact: str, base_url: str, now: datetime) -> bytes:
    """RFC 9116; ``contact`` is a mail address or a URI. It expires half a year after the month in which it was made, so that it changes once a month only."""
    months = now.year * 12 + now.month - 1 + VALID_MONTHS
    expires = date(months // 12, months % 12 + 1, 1)
    lines = (
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Canonical: {base_url}/.well-known/security.txt",
    )
    return ("\n".join(lines) + "\n").encode()


def fixed_drafts(contact: str, base_url: str, now: datetime) -> Iterator[Draft]:
    """The texts for machines, as files of the site."""
    for path, content in (
        ("robots.txt", robots_txt(base_url)),
        (".well-known/security.txt", security_txt(contact, base_url, now)),
    ):
        yield Draft(path=path, sources=(content.decode(),), make=partial(bytes, content))
