"""Months laid out, opened, shown in part and summed up."""

from datetime import date, time

from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.rotation.domain.calendar import weeks_of
from bureau.rotation.domain.offers import DeclaredOffer, NamedService, OfferedTime, SpokenLanguage, WorkerChoice
from bureau.rotation.domain.opening import months_to_open
from bureau.rotation.domain.rounds import Block
from bureau.rotation.domain.summary import summarise

NAMED = LocalisedText({"en": "Legal help"})


def a_block(day: date, hour: int = 10) -> Block:
    """Two hours from ``hour`` on."""
    ends = time(hour + 2)
    return Block(
        day=day, starts=time(hour), ends=ends,
        starts_at=instant(day, time(hour), "Europe/Sofia"), ends_at=instant(day, ends, "Europe/Sofia"),
    )  # fmt: skip


def test_a_month_is_laid_out_in_weeks_that_begin_on_monday() -> None:
    blocks = [a_block(date(2026, 12, 3), 13), a_block(date(2026, 12, 3)), a_block(date(2026, 12, 8))]

    first, second = weeks_of(blocks)

    assert [day for day, _ in first] == [date(2026, 11, 30), *(date(2026, 12, number) for number in range(1, 5))]
    assert [block.starts.hour for block in first[3][1]] == [10, 13]
    assert [len(blocks) for _, blocks in second] == [0, 1, 0, 0, 0]


def test_a_weekend_day_has_a_column_only_where_the_bureau_opens_on_it() -> None:
    with_saturday = weeks_of([a_block(date(2026, 12, 5)), a_block(date(2026, 12, 7))])

    assert [len(week) for week in with_saturday] == [6, 6]


def test_a_month_without_blocks_has_no_weeks() -> None:
    assert weeks_of([]) == ()


def test_the_months_after_the_latest_open_one_are_offered_first_then_those_left_out() -> None:
    offered = months_to_open(Month(2026, 11), {Month(2026, 12)})

    assert [str(month) for month in offered] == ["2027-01", "2027-02", "2027-03", "2026-11"]


def test_the_first_month_to_open_is_the_present_one() -> None:
    assert [str(month) for month in months_to_open(Month(2026, 11), set())] == ["2026-11", "2026-12", "2027-01"]


def a_worker_choice(number: int, label: str) -> WorkerChoice:
    """A lawyer who speaks Arabic and English."""
    service = NamedService(
        code="legal", name=NAMED, category="legal", icon="legal", needs_private_room=False, mode="individual"
    )
    spoken = (
        SpokenLanguage(tag="ar", own_name="العربية", direction="rtl"),
        SpokenLanguage(tag="en", own_name="English", direction="ltr"),
    )
    return WorkerChoice(id=number, organisation_id=1, label=label, role=NAMED, services=(service,), languages=spoken)


def test_an_offer_is_summed_up_by_worker_and_those_who_never_can_are_left_out() -> None:
    key, later = (date(2026, 12, 3), time(10)), (date(2026, 12, 4), time(10))
    given = OfferedTime(
        worker_id=1, pairs=frozenset({("legal", "ar")}), availability={key: "preferred", later: "possible"}
    )
    offer = DeclaredOffer(promised=2, workers=(given, OfferedTime(worker_id=2, pairs=frozenset({("legal", "ar")}))))

    summary = summarise(
        offer, (a_worker_choice(1, "L1"), a_worker_choice(2, "L2")), [a_block(key[0]), a_block(later[0])]
    )

    assert [one.label for one in summary] == ["L1"]
    assert [[spoken.tag for spoken in giving.languages] for giving in summary[0].givings] == [["ar"]]
    assert list(summary[0].times) == ["preferred", "possible"]
