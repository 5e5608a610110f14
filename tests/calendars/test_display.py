"""What the screen of the waiting room is told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bureau.rotation.domain.programme import ProgrammeDocument
from tests.calendars.conftest import NOW
from tests.factories.programmes import a_bureau, a_programme, a_session

ADDRESS = "mul/golden-river/display"
Render = Callable[..., Mapping[str, bytes]]


def told(site: Mapping[str, bytes]) -> dict:
    return json.loads(site[f"{ADDRESS}/display.json"])


def test_the_screen_holds_seven_days_in_every_language(site: Mapping[str, bytes], programme: ProgrammeDocument) -> None:
    data = told(site)

    days = [f"2026-12-{day:02d}" for day in range(9, 16)]
    here = [one for one in programme.sessions if one.day.isoformat() in days]
    assert list(data["days"]) == days
    assert [one["from"] for one in data["sessions"]] == [int(one.starts_at.timestamp()) for one in here]
    assert [one["tag"] for one in data["languages"]] == list(programme.bureau.languages)
    assert all(set(names) == set(programme.bureau.languages) for names in data["services"].values())


def test_a_session_that_moved_away_says_where_to_for_as_long_as_people_may_come_for_it(
    site: Mapping[str, bytes], programme: ProgrammeDocument
) -> None:
    moved = next(one for one in programme.sessions if one.change == "moved")

    (found,) = [one for one in told(site)["sessions"] if "was" in one]

    assert (found["was"]["day"], found["was"]["hours"]) == ("2026-12-10", "10:00")
    assert found["was"]["to"] == int((moved.starts_at - timedelta(hours=25)).timestamp())
    assert found["was"]["moved"]["en"] == "Moved to Friday 11 December, 13:00"


def test_without_a_script_the_screen_shows_today_in_every_language(site: Mapping[str, bytes]) -> None:
    html = site[f"{ADDRESS}/index.html"].decode()

    for language, words in (("en", "Advice about work"), ("bg", "Съвети за работата"), ("fa", "چهارشنبه 9 دسامبر")):
        assert f'<section lang="{language}"' in html
        assert words in html


def test_what_changes_next_week_leaves_the_screen_as_it_is(render: Render) -> None:
    bureau = a_bureau(languages=("en",))
    near, far = a_session(date(2026, 12, 10)), a_session(date(2026, 12, 22))
    before = a_programme(bureau=bureau, sessions=(near, far))
    after = replace(before, sessions=(near, replace(far, sequence=1, change="cancelled")))

    sites = [render(document, now=NOW)[f"{ADDRESS}/display.json"] for document in (before, after)]

    assert sites[0] == sites[1]
