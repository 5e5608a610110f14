"""Sentences that are made from a report's figures, held against the open data: drafts, posts, the feed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.site.files.posts import LONGEST, post_of, posts_of
from bureau.reports.site.words import draft_words
from bureau.web import formats
from tests.reports.truth import Open, loose

BASE = "https://bureau.example"


def wrong_in_words(report: Report, truth: Open) -> Iterator[str]:
    """The drafts: each text tells the totals that it is about, and no other number."""
    drafted = draft_words(report, truth.language)
    told = {
        "summary": (drafted.summary, _month(report, truth) + _totals(report, truth, "consultations")),
        "story": (
            drafted.story,
            _totals(report, truth, "attendances", "referrals") + _pair(report, truth, "sessions-held", "sessions-planned"),
        ),
        "lessons": (drafted.lessons, _totals(report, truth, "unmet")),
    }  # fmt: skip
    yield from (f"{name}: {words}" for name, (words, expected) in told.items() if loose(words) != expected)


def wrong_in_post(report: Report, truth: Open) -> Iterator[str]:
    """A post is short, says where the report is, and tells nothing that the drafts do not."""
    post = post_of(report, truth.language, BASE)
    words, _, address = post.rpartition("\n")
    drafted = draft_words(report, truth.language)
    if len(post) > LONGEST or address != f"{BASE}/{truth.language}/{report.bureau}/report/{report.month}/":
        yield f"{len(post)} signs: {post}"
    said = " ".join((drafted.summary, drafted.story, drafted.lessons))
    if drafted.summary.partition(". ")[0] not in words or loose(words) - loose(said):
        yield f"post: {post}"


def wrong_in_posts(content: bytes, report: Report, truth: Open) -> Iterator[str]:
    """The file of posts holds that of each language, the reader's first, and nothing else."""
    posts = posts_of(report, BASE)
    told = content.decode("utf-8-sig").rstrip("\n").split("\n\n")
    if told[0] != posts[truth.language] or sorted(told) != sorted(posts.values()):
        yield "posts.txt holds something else"


def wrong_in_feed(feed: str, report: Report, truth: Open) -> Iterator[str]:
    """The feed tells of each month what the draft tells, where nobody wrote anything."""
    entries = re.findall(r'href="[^"]*/(\d{4}-\d\d)/"/>\s*<content type="text">([^<]*)</content>', feed)
    if {month for month, _ in entries} != {report.month, *(one.id for one in report.earlier)}:
        yield f"feed: {[month for month, _ in entries]}"
    for month, words in entries:
        own = replace(report, month=month)
        if loose(words) != _month(own, truth) + _totals(own, truth, "consultations"):
            yield f"feed: {words}"


def wrong_in_head(page: bytes, report: Report, truth: Open) -> Iterator[str]:
    """What a page tells search engines and those who share it: no other numbers than its month and its total."""
    head, _, _ = page.decode().partition("<body")
    data = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", page.decode(), re.DOTALL)
    words = [
        *re.findall(r'<(?:title>|meta (?:name|property)="(?:og:)?(?:title|description)" content=")([^<"]*)', head),
        *data,
    ]
    known = _month(report, truth) + _totals(report, truth, "consultations")
    yield from (f"head: {one}" for one in words if loose(one) - known)
    if len(words) < 4:
        yield f"head: only {words}"


def _month(report: Report, truth: Open) -> Counter[int]:
    return loose(formats.month_name(Month.parse(report.month), truth.language))


def _totals(report: Report, truth: Open, *measures: str) -> Counter[int]:
    """Those totals that are told as one number which is not nothing."""
    found: Counter[int] = Counter()
    for measure in measures:
        (numbers,) = truth.at([truth.place(report.month, measure)])
        if len(numbers) == 1 and numbers[0]:
            found += Counter(numbers)
    return found


def _pair(report: Report, truth: Open, *measures: str) -> Counter[int]:
    """Both, or neither."""
    both = [_totals(report, truth, measure) for measure in measures]
    return both[0] + both[1] if all(both) else Counter()
