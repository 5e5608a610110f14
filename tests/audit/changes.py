"""The feed of changes as feedparser reads it, over two publications, in two languages."""

import json
import subprocess
from typing import Any

from bureau.calendars.site.changes import changes_draft
from tests.audit._installing import python_with
from tests.audit._making import application
from tests.bench.measuring import table
from tests.calendars.made import for_reader
from tests.calendars.two_publications import OCTOBER, SECOND, first_publication, second_publication

READ = """
import feedparser, json, sys
feed = feedparser.parse(sys.stdin.buffer.read())
json.dump({
    "version": feed.version, "bozo": feed.bozo, "language": feed.feed.language, "title": feed.feed.title,
    "entries": [[one.id, one.title, one.link, one.updated_parsed[:6], one.tags[0].term] for one in feed.entries],
}, sys.stdout)
"""


def run(_words: list[str]) -> bool:
    """Whether every entry is read as it was written."""
    first = first_publication(OCTOBER)
    second = second_publication(first)
    rows, clean = [], True
    with application() as app:
        for document, kinds in (
            (first, ["published"]),
            (second, ["cancelled", "changed", "moved", "new", "published"]),
        ):
            for language in ("en", "ar"):
                (content,) = for_reader(app, changes_draft, document, language=language, now=SECOND).values()
                read = _read(content)
                found = sorted(term for *_, term in read["entries"])
                well = (read["version"], read["bozo"], read["language"], found) == ("atom10", False, language, kinds)
                clean = clean and well and len({one[0] for one in read["entries"]}) == len(found)
                rows.append(
                    (document.number, language, read["version"], ", ".join(found), "as written" if well else "≠")
                )
    table("Changes as feedparser reads them", ("publication", "language", "format", "entries", ""), rows)
    return clean


def _read(content: bytes) -> dict[str, Any]:
    python = python_with("feedparser", "feedparser") / "python"
    done = subprocess.run([str(python), "-c", READ], input=content, capture_output=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said
