"""What was declared, in a few words: which hours come every week, with which exceptions, in every language."""

from collections.abc import Iterable
from datetime import date, time, timedelta

import pytest
from flask import Flask
from flask_babel import ngettext
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.rotation.domain.offers import DeclaredOffer, NamedService, OfferedTime, SpokenLanguage, WorkerChoice
from bureau.rotation.domain.rounds import Block
from bureau.rotation.domain.summary import Giving, Times, givings_of, most_possible, times_of
from bureau.rotation.views.summary_words import giving_words, times_words
from bureau.web.languages import writing_in

NAMED = LocalisedText({"en": "Legal help", "bg": "Правна помощ"})
TEN, NOON, ONE, THREE = time(10), time(12), time(13), time(15)
ARABIC = SpokenLanguage(tag="ar", own_name="العربية", direction="rtl")
BULGARIAN = SpokenLanguage(tag="bg", own_name="български", direction="ltr")


def a_block(day: date, starts: time = TEN, ends: time = NOON) -> Block:
    """A block of that day."""
    return Block(
        day=day, starts=starts, ends=ends, starts_at=instant(day, starts, "Europe/Sofia"),
        ends_at=instant(day, ends, "Europe/Sofia"),
    )  # fmt: skip


DECEMBER = [date(2026, 12, 1) + timedelta(days=number) for number in range(31)]
WORKDAYS = [day for day in DECEMBER if day.isoweekday() < 6]
BLOCKS = [a_block(day, *span) for day in WORKDAYS for span in ((TEN, NOON), (ONE, THREE))]
THURSDAYS = [day for day in WORKDAYS if day.isoweekday() == 4]


def at_ten(days: Iterable[date]) -> set[tuple[date, time]]:
    """The first block of these days."""
    return {(day, TEN) for day in days}


def a_service(code: str) -> NamedService:
    """A service."""
    return NamedService(code=code, name=NAMED, category=code, icon=code, needs_private_room=False, mode="individual")


def test_hours_of_every_thursday_are_told_by_the_weekday() -> None:
    told = times_of(at_ten(THURSDAYS), BLOCKS)

    assert told == (Times(spans=((TEN, NOON),), weekdays=(4,)),)


def test_up_to_two_missing_days_are_named_as_exceptions() -> None:
    told = times_of(at_ten(THURSDAYS[:3]), BLOCKS)

    assert told == (Times(spans=((TEN, NOON),), weekdays=(4,), missing=tuple(THURSDAYS[3:])),)


def test_what_is_rather_an_exception_itself_is_told_by_its_days() -> None:
    told = times_of(at_ten([WORKDAYS[0], THURSDAYS[0]]), BLOCKS)

    assert told == (Times(spans=((TEN, NOON),), days=(WORKDAYS[0], THURSDAYS[0])),)


def test_weekdays_with_the_same_hours_are_named_together_and_hours_without_a_break_are_one() -> None:
    blocks = [*BLOCKS, *(a_block(day, NOON, ONE) for day in THURSDAYS)]
    tuesdays = [day for day in WORKDAYS if day.isoweekday() == 2]
    whole_thursdays = {(day, start) for day in THURSDAYS for start in (TEN, NOON, ONE)}

    together = times_of(at_ten([*tuesdays, *THURSDAYS]), BLOCKS)
    whole = times_of(whole_thursdays, blocks)

    assert together == (Times(spans=((TEN, NOON),), weekdays=(2, 4)),)
    assert whole == (Times(spans=((TEN, THREE),), weekdays=(4,)),)


def told_again(told: Iterable[Times]) -> set[tuple[date, time]]:
    """The blocks that the words speak of."""
    return {
        block.key
        for one in told
        for block in BLOCKS
        for starts, ends in one.spans
        if starts <= block.starts
        and block.ends <= ends
        and (block.day in one.days or (block.day.isoweekday() in one.weekdays and block.day not in one.missing))
    }


@settings(max_examples=25, deadline=None)
@given(offered=st.sets(st.sampled_from([block.key for block in BLOCKS])))
def test_the_words_speak_of_exactly_the_offered_blocks(offered: set[tuple[date, time]]) -> None:
    assert told_again(times_of(offered, BLOCKS)) == offered


def test_services_in_the_same_languages_are_put_together() -> None:
    services = tuple(a_service(code) for code in ("legal", "social", "forms"))
    choice = WorkerChoice(
        id=1, organisation_id=1, label="L1", role=NAMED, services=services, languages=(BULGARIAN, ARABIC)
    )
    pairs = {("legal", "ar"), ("legal", "bg"), ("social", "bg"), ("forms", "ar"), ("forms", "bg")}

    givings = givings_of(pairs, choice)

    assert givings == (
        Giving(services=(services[0], services[2]), languages=(BULGARIAN, ARABIC)),
        Giving(services=(services[1],), languages=(BULGARIAN,)),
    )


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        ({}, 5),
        ({"max_per_day": 2}, 7),
        ({"max_per_day": 3, "max_at_once": 2}, 9),
        ({"max_per_month": 3}, 3),
        ({"max_per_week": 1}, 5),
    ],
)
def test_no_more_is_possible_than_times_and_limits_leave_room_for(limits: dict[str, int], most: int) -> None:
    first = {
        **dict.fromkeys(at_ten(THURSDAYS), "possible"),
        **dict.fromkeys([(day, ONE) for day in THURSDAYS[:2]], "possible"),
    }
    pairs = frozenset({("legal", "ar")})
    offer = DeclaredOffer(
        promised=9, max_per_day=limits.get("max_per_day", 1), max_per_week=limits.get("max_per_week", 5),
        max_per_month=limits.get("max_per_month", 20), max_at_once=limits.get("max_at_once", 1),
        workers=(
            OfferedTime(worker_id=1, pairs=pairs, availability=first),
            OfferedTime(worker_id=2, pairs=pairs, availability=dict.fromkeys(at_ten(THURSDAYS[:2]), "possible")),
        ),
    )  # fmt: skip

    assert most_possible(offer) == most


def test_the_words_are_the_readers_and_mark_foreign_names_and_hours(app: Flask) -> None:
    giving = Giving(services=(a_service("legal"),), languages=(BULGARIAN, ARABIC))
    times = Times(spans=((TEN, NOON),), weekdays=(4,), missing=(date(2026, 12, 24),))
    days = Times(spans=((TEN, NOON), (ONE, THREE)), days=(date(2026, 12, 3), date(2026, 12, 10)))

    with app.test_request_context("/en/"), writing_in("en"):
        english = [str(giving_words(giving)), str(times_words(times)), str(times_words(days))]
    with app.test_request_context("/bg/"), writing_in("bg"):
        bulgarian = str(giving_words(giving))

    assert english == [
        'Legal help in <bdi lang="bg" dir="ltr">български</bdi> and <bdi lang="ar" dir="rtl">العربية</bdi>',
        "Thursdays <bdi>10–12</bdi>, except 24 December",
        "3 and 10 December, <bdi>10–12</bdi> and <bdi>13–15</bdi>",
    ]
    assert bulgarian.startswith("Правна помощ")
    assert " и " in bulgarian


@pytest.mark.parametrize(
    ("language", "numbers"), [("en", (1, 2)), ("uk", (1, 2, 5)), ("ar", (1, 2, 3, 11)), ("fr", (0, 2)), ("bg", (1, 2))]
)
def test_the_number_of_sessions_is_declined_as_the_language_does(
    app: Flask, language: str, numbers: tuple[int, ...]
) -> None:
    with app.test_request_context(f"/{language}/"), writing_in(language):
        forms = [ngettext("%(num)d session promised.", "%(num)d sessions promised.", one) for one in numbers]

    assert len({form.replace(str(number), "#") for form, number in zip(forms, numbers, strict=True)}) == len(numbers)
