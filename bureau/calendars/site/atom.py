"""Atom feeds (RFC 4287), whatever they tell of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup, escape

_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that became known at ``updated``; ``key`` is the same for the same thing at every publication."""

    key: str
    title: str
    words: str
    href: str
    updated: datetime
    published: datetime | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed at the address ``itself``, of the bureau ``name``, beside a ``page``."""

    language: str
    title: str
    name: str
    itself: str
    page: str
    updated: datetime


def written(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The file."""
    return _FEED.format(
        language=feed.language, title=_safe(feed.title), name=_safe(feed.name), itself=feed.itself, page=feed.page,
        id=_id(feed.itself), updated=_instant(feed.updated),
        entries=Markup("").join(_entry(one, feed.itself) for one in entries),
    ).encode()  # fmt: skip


def _entry(one: Entry, feed: str) -> Markup:
    return _ENTRY.format(
        id=_id(f"{feed}#{one.key}"), title=_safe(one.title), words=_safe(one.words), href=one.href,
        updated=_instant(one.updated),
        published=_PUBLISHED.format(_instant(one.published)) if one.published else "",
        kind=_KIND.format(one.kind) if one.kind else "",
    )  # fmt: skip


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _safe(words: str) -> Markup:
    return escape(_UNSPEAKABLE.sub("", words))


_FEED = Markup("""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<id>{id}</id>
<title>{title}</title>
<updated>{updated}</updated>
<author><name>{name}</name></author>
<link rel="self" type="application/atom+xml" href="{itself}"/>
<link rel="alternate" type="text/html" hreflang="{language}" href="{page}"/>
<generator>Bureau</generator>
{entries}</feed>
""")
_ENTRY = Markup("""<entry>
<id>{id}</id>
<title>{title}</title>
{published}<updated>{updated}</updated>
<link rel="alternate" type="text/html" href="{href}"/>
{kind}<content type="text">{words}</content>
</entry>
""")
_PUBLISHED = Markup("<published>{}</published>\n")
_KIND = Markup('<category term="{}"/>\n')
