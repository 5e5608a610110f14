"""What pages answer first: the door, what has changed, the way to help in one's language."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bureau.calendars.domain.changes import Change, changes_ahead
from bureau.calendars.domain.opening import door_through
from bureau.calendars.domain.place import places_of
from bureau.calendars.domain.usual import usually_published
from bureau.calendars.domain.weeks import weeks_ahead
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedClosure, PublishedSession
from tests.factories.programmes import DECEMBER, a_block, a_bureau, a_programme, a_session

Site = Mapping[str, bytes]
Render = Callable[..., Site]

TODAY = date(2026, 12, 9)
TOMORROW = TODAY + timedelta(days=1)
HOME = "/en/golden-river/"


def moved(day: date, to: date, **changes: object) -> PublishedSession:
    """A session that was announced for ``day`` at ten and takes place on another."""
    return replace(a_session(to, block=1), change="moved", was_day=day, was_starts=time(10), **changes)


def cancelled(day: date, **changes: object) -> PublishedSession:
    """A session that will not take place."""
    return replace(a_session(day), change="cancelled", **changes)


def html(site: Site, address: str) -> str:
    """The page at an address."""
    return site[f"{address[1:]}index.html"].decode()


def links(site: Site, address: str) -> set[str]:
    """The pages that a resident can tap on there."""
    main = html(site, address).split("<main")[1].split("<footer")[0]
    return {link for link in re.findall(r'<a\b[^>]*? href="([^"#]*/)(?:#[^"]*)?"', main) if link != address}


# The door


def test_the_door_is_told_from_midnight_to_midnight_without_a_hole() -> None:
    through = door_through(TODAY, ((time(10), time(12)), (time(13), time(17))), "Europe/Sofia")

    assert [one.state for one in through] == ["opens", "open", "break", "open", "over"]
    assert all(one.until == other.since for one, other in pairwise(through))
    assert through[-1].until - through[0].since == 24 * 3600


def test_a_day_on_which_clocks_change_is_told_as_long_as_it_is() -> None:
    through = door_through(date(2026, 10, 25), ((time(10), time(12)),), "Europe/Sofia")

    assert through[-1].until - through[0].since == 25 * 3600


def test_a_closed_day_says_nothing_from_hour_to_hour() -> None:
    assert door_through(TODAY, (), "Europe/Sofia") == ()


# What has changed


def test_a_move_is_told_until_both_its_days_are_past() -> None:
    earlier, later = moved(TODAY, TODAY - timedelta(days=2)), moved(TODAY - timedelta(days=2), TODAY)

    assert {one.session.uid for one in changes_ahead((earlier, later), TODAY)} == {earlier.uid, later.uid}
    assert changes_ahead((earlier, later), TOMORROW) == ()


def test_a_cancelled_session_is_told_on_its_day_and_no_longer() -> None:
    session = cancelled(TODAY)

    assert changes_ahead((session,), TODAY) == (Change(day=TODAY, starts=time(10), session=session),)
    assert changes_ahead((session,), TOMORROW) == ()


def test_new_and_otherwise_changed_sessions_are_no_reason_to_stay_at_home() -> None:
    sessions = [replace(a_session(TODAY), change=change) for change in (None, "new", "changed")]

    assert changes_ahead(sessions, TODAY) == ()


def test_the_first_page_tells_what_is_near_and_others_all() -> None:
    near, far = cancelled(TOMORROW), cancelled(TODAY + timedelta(days=14))

    assert [one.session for one in changes_ahead((far, near), TODAY, TODAY + timedelta(days=6))] == [near]
    assert [one.session for one in changes_ahead((far, near), TODAY)] == [near, far]


@pytest.mark.parametrize(
    "below", ["", "easy/", "2026-12/", "language/en/", "need/work/", "language/en/work/", "month/language/en/"]
)
def test_every_page_concerned_says_at_its_top_what_was_cancelled(render: Render, below: str) -> None:
    site = render(programme(cancelled(TOMORROW)))

    head = html(site, f"{HOME}{below}").split('class="flow"')[0].split('class="week"')[0]
    assert "Please note: these times have changed" in head
    assert "Tomorrow <bdi>10:00</bdi>" in head


def test_pages_that_are_not_concerned_say_nothing(render: Render) -> None:
    site = render(programme(cancelled(TOMORROW), replace(a_session(TODAY), services=("housing",), languages=("fa",))))

    assert "these times have changed" not in html(site, f"{HOME}language/fa/housing/")


def test_changes_in_other_languages_unfold_at_home(render: Render) -> None:
    site = render(programme(cancelled(TOMORROW, languages=("ar",))))

    before, folded = html(site, HOME).split("Show all changes")
    assert "Cancelled" not in before.split('class="flash')[1]
    assert "Cancelled" in folded.split("</details>")[0]


def test_a_whole_closed_day_is_one_line_instead_of_one_for_each_session(render: Render) -> None:
    strike = PublishedClosure(day=TOMORROW, reason=LocalisedText({"en": "Strike"}))
    document = programme(cancelled(TOMORROW), replace(cancelled(TOMORROW), uid="other"))
    site = render(replace(document, closures=(strike,)))

    told = html(site, HOME).split('class="flash')[1].split("</section>")[0]
    assert "Closed · Strike" in told
    assert "Cancelled" not in told


# Three taps


def test_legal_help_in_persian_is_three_taps_from_the_very_first_page(site: Site) -> None:
    goal = f"{HOME}language/fa/legal/"

    assert taps(site, "/en/", goal) <= 3
    assert taps(site, HOME, goal) <= 2
    assert taps(site, "/fa/golden-river/", "/fa/golden-river/language/fa/legal/") == 1


def taps(site: Site, start: str, goal: str) -> int:
    """How many links lead from one page to another, the shortest way."""
    reached, steps = {start}, 0
    while goal not in reached:
        steps += 1
        assert steps < 4, f"{goal} is out of reach"
        reached |= {link for page in reached for link in links(site, page) if f"{link[1:]}index.html" in site}
    return steps


def test_a_page_of_a_need_in_a_language_lists_only_that(site: Site) -> None:
    page = html(site, f"{HOME}language/fa/legal/")

    cards = re.findall(r'<div class="chips">(.*?)</div>', page)
    assert cards
    assert all('lang="fa"' in card for card in cards)
    assert len(re.findall("<h3><a", page)) == page.count('/service/legal-asylum/">Legal advice</a></h3>')


def test_where_another_language_has_it_sooner_the_page_says_so(render: Render) -> None:
    late = replace(a_session(TODAY + timedelta(days=9)), services=("housing",), languages=("fa",))
    site = render(programme(replace(a_session(TODAY, room="group"), services=("housing",)), late))

    assert "Sooner in other languages:" in html(site, f"{HOME}language/fa/housing/")
    assert "Sooner in other languages:" not in html(site, f"{HOME}language/en/housing/")


def test_a_need_in_a_language_keeps_its_page_when_its_dates_are_past(render: Render) -> None:
    site = render(programme(replace(a_session(date(2026, 12, 2)), services=("housing",), languages=("fa",))))

    assert "No date in this language is published yet." in html(site, f"{HOME}language/fa/housing/")


# The month, narrowed and to come


def test_a_narrowed_month_draws_only_what_was_chosen_and_only_what_is_ahead() -> None:
    document = a_programme()
    (place,) = places_of([document])
    arabic = place.index.spoken_in("ar")

    weeks = weeks_ahead(document, arabic, TODAY)

    drawn = {one.uid for week in weeks for day in week.days for part in day.stretches for one in part.sessions}
    assert drawn == {one.uid for one in arabic if one.day >= date(2026, 12, 7)}


def test_a_narrowed_month_goes_on_into_the_next_one(render: Render) -> None:
    january = a_programme(Month(2027, 1), bureau=a_bureau(languages=("en",)))
    site = render(programme(a_session(TODAY)), january)

    page = html(site, f"{HOME}month/need/work/")
    assert "December 2026" in page
    assert "January 2027" in page


def test_by_when_a_month_is_usually_there_is_what_was_usual() -> None:
    def published(month: Month, lead: int) -> ProgrammeDocument:
        first = datetime.combine(month.first - timedelta(days=lead), time(12), UTC)
        return replace(a_programme(month, sessions=(), blocks=()), first_published_at=first)

    months = {
        Month(2026, number): published(Month(2026, number), lead) for number, lead in ((10, 3), (11, 11), (12, 10))
    }

    assert usually_published(months, Month(2027, 1), TODAY) == date(2026, 12, 22)
    assert usually_published(months, Month(2027, 1), date(2026, 12, 22)) is None
    assert usually_published({}, Month(2027, 1), TODAY) is None


def test_a_month_says_until_when_it_is_valid_and_one_that_is_over_leads_on(render: Render) -> None:
    november = a_programme(Month(2026, 11), bureau=a_bureau(languages=("en",)))
    site = render(november, programme(a_session(TODAY)))

    assert "Valid until 31 December 2026." in html(site, f"{HOME}2026-12/")
    assert "This month is over." in html(site, f"{HOME}2026-11/")


def programme(*sessions: PublishedSession) -> ProgrammeDocument:
    """December of an English site with these sessions only."""
    blocks = tuple(a_block(day, time(10), time(12)) for day in DECEMBER.days() if day.isoweekday() <= 5)
    return a_programme(bureau=a_bureau(languages=("en",)), sessions=sessions, blocks=blocks)


def test_a_bureau_among_others_leads_to_them_and_one_alone_does_not(render: Render) -> None:
    one = programme(a_session(TODAY))
    other = replace(one, bureau=a_bureau("blue-hill", languages=("en",)))

    assert '<a href="/en/">Other bureaux</a>' in html(render(one, other), HOME)
    assert "Other bureaux" not in html(render(one), HOME)
