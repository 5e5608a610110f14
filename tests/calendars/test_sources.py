"""The sources that files name are all that they are made from: a site brought up to date is one made from nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.calendars.actions import SiteDrafts, site_drafts
from bureau.calendars.domain.files import Draft, FailedFile, PublicFile
from bureau.calendars.site import parts
from bureau.calendars.site.reader import Reader
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedClosure, from_json, to_json
from tests.calendars.conftest import NOW
from tests.factories.programmes import DECEMBER, PUBLISHED, a_block, a_bureau, a_session
from tests.publishing.conftest import tiny

Documents = tuple[ProgrammeDocument, ...]
Change = Callable[[Documents], Documents]
NEW = LocalisedText({"en": "Another name", "ar": "اسم آخر"})
JANUARY = Month(2027, 1)


def drafts(app: Flask, documents: Sequence[ProgrammeDocument], now: datetime, version: str = "1") -> SiteDrafts:
    """The drafts of these programmes at that instant."""
    with app.app_context():
        return site_drafts(
            documents, now=now, base_url="http://localhost", asset=lambda name: f"/static/{version}/{name}"
        )


@dataclass(kw_only=True)
class Kept:
    """A site that is brought up to date as often as one likes."""

    app: Flask
    content: dict[str, bytes] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    on_paper: bool = True
    """Whether posters and sheets are made too, which take the longest."""

    def update(self, documents: Sequence[ProgrammeDocument], now: datetime = NOW, version: str = "1") -> set[str]:
        """Make what must be made; the paths of that."""
        with self.app.app_context():
            files = list(self.drafts(documents, now, version).files(self.marks))
        made = {file.path: file.content for file in files if isinstance(file, PublicFile)}
        self.marks = {file.path: file.sources for file in files if not isinstance(file, FailedFile)}
        self.content = {path: made[path] if path in made else self.content[path] for path in self.marks}
        assert len(self.marks) == len(files)
        return set(made)

    def drafts(self, documents: Sequence[ProgrammeDocument], now: datetime, version: str = "1") -> SiteDrafts:
        """What the site would be made of."""
        every = drafts(self.app, documents, now, version)
        kept = [one for one in every.drafts if self.on_paper or not one[1].path.endswith(".pdf")]
        return replace(every, drafts=kept)

    def wrong(self, documents: Sequence[ProgrammeDocument], now: datetime, made: set[str]) -> list[str]:
        """The files that were not ``made`` just now, and would say something else if they were."""
        with self.app.app_context():
            others = {path: "" if path not in made else mark for path, mark in self.marks.items()}
            files = list(self.drafts(documents, now).files(others))
        return [one.path for one in files if isinstance(one, PublicFile) and one.content != self.content[one.path]]


@pytest.fixture(scope="module")
def before(app: Flask) -> Kept:
    """The site of the two months, made once."""
    kept = Kept(app=app)
    kept.update(two_months())
    return kept


@pytest.fixture
def kept(before: Kept) -> Kept:
    """That site, to be brought up to date."""
    return replace(before)


def two_months(code: str = "golden-river") -> Documents:
    """December, and a January published later, with names of its own."""
    bureau = a_bureau(code, languages=("en",))
    january = replace(tiny(JANUARY, bureau=bureau), published_at=PUBLISHED + timedelta(days=9))
    return replace(tiny(), bureau=bureau), january


def with_sessions(*changed: Any, month: int = 0, **changes: Any) -> Change:
    """The first session of a month with these changes, and more of them."""

    def change(documents: Documents) -> Documents:
        first, *others = documents[month].sessions
        sessions = (*changed, replace(first, sequence=first.sequence + 1, **changes), *others)
        ordered = tuple(sorted(sessions, key=lambda one: one.starts_at))
        again = replace(documents[month], number=2, published_at=NOW, sessions=ordered)
        return (*documents[:month], again, *documents[month + 1 :])

    return change


def renamed(part: str, field: str = "name") -> Change:
    """Another word for everything of one kind, in the month that was published last."""

    def change(documents: Documents) -> Documents:
        *others, last = documents
        things = tuple(replace(one, **{field: NEW}) for one in getattr(last, part))
        return (*others, replace(last, **{part: things}))

    return change


def with_bureau(**changes: Any) -> Change:
    """A bureau that describes itself in another way."""
    return lambda documents: tuple(replace(one, bureau=replace(one.bureau, **changes)) for one in documents)


def with_document(month: int = 0, **changes: Any) -> Change:
    """Another part of a programme."""
    return lambda documents: tuple(
        replace(one, **changes) if number == month else one for number, one in enumerate(documents)
    )


DAY = date(2026, 12, 9)
CHANGES: dict[str, Change] = {
    "moved": with_sessions(
        day=date(2026, 12, 15), starts=time(13), ends=time(15), change="moved",
        starts_at=datetime(2026, 12, 15, 11, tzinfo=UTC), ends_at=datetime(2026, 12, 15, 13, tzinfo=UTC),
        was_day=date(2026, 12, 8), was_starts=time(10), modified=NOW,
    ),
    "cancelled": with_sessions(change="cancelled", modified=NOW),
    "cancelled next month": with_sessions(month=1, change="cancelled", modified=NOW),
    "in another language": with_sessions(languages=("ar",), change="changed", modified=NOW),
    "with a note": with_sessions(note=NEW),
    "one more today": with_sessions(a_session(DAY, block=1, languages=("ar",), change="new", modified=NOW)),
    "one more in spring": with_sessions(a_session(date(2026, 12, 30), block=2, change="new", modified=NOW)),
    "no session at all": with_document(sessions=()),
    "service": renamed("services"),
    "what to bring": renamed("services", "bring"),
    "organisation": renamed("organisations"),
    "what a partner says of itself": renamed("organisations", "about"),
    "room": renamed("rooms"),
    "language": renamed("languages"),
    "need": renamed("categories"),
    "one partner less": with_document(1, organisations=()),
    "closure": with_document(closures=(PublishedClosure(day=DAY, reason=NEW),)),
    "hours": with_document(blocks=(a_block(DAY, time(9), time(11)),)),
    "no hours": with_document(blocks=()),
    "first published": with_document(first_published_at=PUBLISHED - timedelta(days=1)),
    "name of the bureau": with_bureau(name=NEW),
    "address of the bureau": with_bureau(address=NEW),
    "welcome": with_bureau(welcome=NEW),
    "telephone": with_bureau(phone="+359 2 000"),
    "position": with_bureau(latitude=1.5),
    "facilities": with_bureau(facilities=(("lift", NEW),)),
    "another language": with_bureau(languages=("en", "ar")),
    "another default": with_bureau(languages=("fr", "en")),
    "zone": with_bureau(timezone="Asia/Tokyo"),
    "another month": lambda documents: (*documents, tiny(Month(2027, 2))),
    "a month before": lambda documents: (tiny(Month(2026, 11)), *documents),
    "a month less": lambda documents: documents[:1],
    "another bureau": lambda documents: (*documents, *two_months("blue-hill")),
    "nothing": lambda documents: documents,
}  # fmt: skip
DAYS = [timedelta(), timedelta(days=1), timedelta(days=6), timedelta(days=23), timedelta(days=60)]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_not_made_again_would_come_out_as_it_is(kept: Kept, change: Change) -> None:
    documents = change(two_months())

    made = kept.update(documents)

    assert kept.wrong(documents, NOW, made) == []


@given(names=st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=3), later=st.sampled_from(DAYS))
@settings(max_examples=3, deadline=None)
def test_so_it_is_after_several_changes_and_days(before: Kept, names: list[str], later: timedelta) -> None:
    kept, documents, made = replace(before, on_paper=False), two_months(), set[str]()

    for name in names:
        documents = CHANGES[name](documents)
        kept.update(documents)
    made = kept.update(documents, NOW + later)

    assert kept.wrong(documents, NOW + later, made) == []


def test_nothing_is_made_again_while_nothing_changes(kept: Kept) -> None:
    assert kept.update(two_months(), NOW + timedelta(hours=9)) == set()


def test_a_programme_read_back_from_the_database_is_the_same_as_before(app: Flask) -> None:
    kept = Kept(app=app, on_paper=False)
    kept.update([from_json(to_json(one)) for one in two_months()])

    assert kept.update([from_json(to_json(one)) for one in two_months()]) == set()


def test_everything_is_made_again_with_another_look(kept: Kept) -> None:
    every = set(kept.content)

    assert kept.update(two_months(), version="2") == every


def test_a_withdrawn_session_leaves_what_does_not_name_it(kept: Kept) -> None:
    made = kept.update(CHANGES["cancelled next month"](two_months()))

    assert "en/golden-river/2027-01/index.html" in made
    assert "en/golden-river/2027-01/calendar.ics" in made
    assert "en/golden-river/2026-12/index.html" not in made
    assert "index.html" not in made


def test_a_month_that_is_over_or_to_come_does_not_change_with_the_day(app: Flask) -> None:
    kept = Kept(app=app, on_paper=False)
    kept.update([tiny(Month(2026, 11)), *two_months()])

    made = kept.update([tiny(Month(2026, 11)), *two_months()], NOW + timedelta(days=1))

    assert "en/golden-river/2026-12/index.html" in made
    assert not {"en/golden-river/2026-11/index.html", "en/golden-river/2027-01/index.html"} & made
    assert not {path for path in made if path.endswith(".ics")}


def test_a_page_that_cannot_be_made_stops_no_other(app: Flask) -> None:
    broken = replace(tiny(DECEMBER), rooms=())  # a session names a room that is not there

    with app.app_context():
        files = list(drafts(app, [broken], NOW).files())

    failed = {file.path for file in files if isinstance(file, FailedFile)}
    assert "en/golden-river/2026-12/index.html" in failed
    assert "index.html" not in failed
    assert len(failed) < len(files)


def test_a_part_that_cannot_say_what_it_writes_is_named_and_stops_no_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_drafts(reader: Reader) -> Iterator[Draft]:
        raise LookupError(reader.language)

    monkeypatch.setattr(parts, "PER_READER", [broken_drafts, *parts.PER_READER])
    with app.app_context():
        files = list(drafts(app, two_months(), NOW).files())

    assert [file.path for file in files if isinstance(file, FailedFile)] == ["en/golden-river/broken_drafts"]
    assert len(files) > len(parts.PER_READER)
