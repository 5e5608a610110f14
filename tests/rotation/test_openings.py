"""Where an organisation is needed: the open slots, best first, each with its reason."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.rotation.domain.board import Candidate, Seat, SlotDetail
from bureau.rotation.domain.booking import Presence
from bureau.rotation.domain.cockpit import Gap, Share
from bureau.rotation.domain.offers import DeclaredOffer, NamedService, OrganisationInfo, SpokenLanguage
from bureau.rotation.domain.openings import best_first, has_room, one_each_time
from bureau.rotation.domain.problem import iso_week
from bureau.rotation.domain.rounds import Block, RoundInfo, propose_deadlines
from tests.factories.rotation import NOW

NAMED = LocalisedText({"en": "Name"})
MONDAY = date(2026, 12, 7)
US, THEM = 1, 2
SERVICES = {
    code: NamedService(code=code, name=NAMED, category=code, icon=code, needs_private_room=False, mode="individual")
    for code in ("legal", "social")
}
LANGUAGES = {tag: SpokenLanguage(tag=tag, own_name=tag, direction="ltr") for tag in ("fa", "bg")}


def info(number: int) -> OrganisationInfo:
    """An organisation by its number."""
    return OrganisationInfo(id=number, code=f"o{number}", name=NAMED)


def a_round() -> RoundInfo:
    """December, being booked by hand."""
    month = Month(2026, 12)
    return RoundInfo(
        id=1, bureau_id=1, bureau="golden-river", bureau_name=NAMED, timezone="Europe/Sofia", month=month,
        phase="reviewing", deadlines=propose_deadlines(month, timezone="Europe/Sofia", now=NOW), advances_itself=False,
        version=1,
    )  # fmt: skip


def a_slot(
    number: int, day: date = MONDAY, *, services: tuple[str, ...] = ("legal",), busy: bool = False
) -> SlotDetail:
    """A free slot that one worker of ours, who speaks Persian, could take."""
    candidate = Candidate(
        worker_id=1, label="L1", organisation=info(US), services=tuple(SERVICES[code] for code in services),
        languages=(LANGUAGES["fa"],), busy=busy,
    )  # fmt: skip
    return SlotDetail(
        round=a_round(), slot_id=number, day=day, starts=time(10), ends=time(12),
        starts_at=instant(day, time(10), "Europe/Sofia"), ends_at=instant(day, time(12), "Europe/Sofia"), closed=False, past=False, session=None,
        candidates=(candidate,),
        seat=Seat(room_id=1, room="desk", number=1, seats_in_room=1, name=NAMED, kind="desk", features=()),
    )  # fmt: skip


def a_gap(
    day: date = MONDAY, *, service: str | None = "legal", language: str | None = "fa", have: int = 0, minimum: int = 0,
    target: int = 1, qualified: tuple[int, ...] = (US,),
) -> Gap:  # fmt: skip
    """Something missing in the week of that day."""
    return Gap(
        per="week", where=iso_week(day), service=SERVICES[service] if service else None,
        language=LANGUAGES[language] if language else None, have=have, minimum=minimum, target=target,
        qualified=tuple(info(one) for one in qualified),
    )  # fmt: skip


def a_share(number: int, *, below: int) -> Share:
    """An organisation that has so many sessions fewer than its fair share."""
    return Share(organisation=info(number), promised=9, minimum=0, carried=0, fair=9, given=9 - below)


def order(slots: list[SlotDetail], gaps: list[Gap], *shares: Share) -> list[int]:
    """The slots' numbers as they are shown to us."""
    return [one.slot.slot_id for one in best_first(slots, gaps, shares, US)]


def test_what_the_month_needs_at_least_comes_before_what_is_wished_and_that_before_the_rest() -> None:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(3)]
    slots = [a_slot(number, day) for number, day in enumerate(weeks)]

    shown = order(slots, [a_gap(weeks[1]), a_gap(weeks[2], minimum=1)])

    assert shown == [2, 1, 0]


def test_each_slot_says_which_gap_it_would_help_most() -> None:
    wished, needed = a_gap(service=None), a_gap(minimum=1)

    (opening,) = best_first([a_slot(1)], [wished, needed], [], US)

    assert opening.gap is needed


def test_what_we_cannot_give_or_nobody_free_could_give_is_no_reason() -> None:
    gaps = [a_gap(language="bg"), a_gap(service="social"), a_gap(MONDAY + timedelta(weeks=1))]

    openings = best_first([a_slot(1), a_slot(2, services=("social",), busy=True)], gaps, [], US)

    assert [one.gap for one in openings] == [None, None]


def test_what_another_organisation_further_below_its_share_should_rather_take_comes_later() -> None:
    later = MONDAY + timedelta(weeks=1)
    slots = [a_slot(1), a_slot(2, later)]
    gaps = [a_gap(qualified=(US, THEM)), a_gap(later)]

    theirs_first = order(slots, gaps, a_share(US, below=1), a_share(THEM, below=3))
    ours_first = order(slots, gaps, a_share(US, below=3), a_share(THEM, below=1))

    assert theirs_first == [2, 1]
    assert ours_first == [1, 2]


def test_of_two_free_seats_at_the_same_time_the_one_where_we_are_needed_is_shown() -> None:
    slots = [a_slot(1, services=("social",)), a_slot(2), a_slot(3, MONDAY + timedelta(days=1), services=("social",))]

    shown = one_each_time(best_first(slots, [a_gap()], [], US))

    assert [one.slot.slot_id for one in shown] == [2, 3]


def test_our_own_limits_close_a_slot_to_us() -> None:
    block = Block(
        day=MONDAY, starts=time(10), ends=time(12), starts_at=instant(MONDAY, time(10), "Europe/Sofia"),
        ends_at=instant(MONDAY, time(12), "Europe/Sofia"),
    )  # fmt: skip
    tuesday = MONDAY + timedelta(days=1)
    there = Presence(
        day=tuesday,
        starts_at=datetime(2026, 12, 8, 8, tzinfo=NOW.tzinfo),
        ends_at=datetime(2026, 12, 8, 10, tzinfo=NOW.tzinfo),
    )

    assert has_room(DeclaredOffer(promised=5, max_per_week=2), block, [there])
    assert not has_room(DeclaredOffer(promised=5, max_per_week=1), block, [there])


SLOTS = st.lists(
    st.builds(
        lambda number, days, services, busy: a_slot(number, MONDAY + timedelta(days=days), services=services, busy=busy),
        st.integers(0, 999), st.integers(0, 20), st.sampled_from([("legal",), ("social",), ("legal", "social")]),
        st.booleans(),
    ),
    unique_by=lambda slot: slot.slot_id, max_size=8,
)  # fmt: skip
GAPS = st.lists(
    st.builds(
        lambda weeks, service, language, have, minimum, more, qualified: a_gap(
            MONDAY + timedelta(weeks=weeks), service=service, language=language, have=have, minimum=minimum,
            target=max(minimum, have) + more, qualified=qualified,
        ),
        st.integers(0, 3), st.sampled_from([None, "legal", "social"]), st.sampled_from([None, "fa", "bg"]),
        st.integers(0, 2), st.integers(0, 2), st.integers(1, 2), st.sampled_from([(), (US,), (THEM,), (US, THEM)]),
    ),
    max_size=6,
)  # fmt: skip
SHARES = st.builds(
    lambda ours, theirs: (a_share(US, below=ours), a_share(THEM, below=theirs)), st.integers(-3, 3), st.integers(-3, 3)
)


@settings(max_examples=25, deadline=None)
@given(slots=SLOTS, gaps=GAPS, shares=SHARES, turned=st.data())
def test_every_slot_is_shown_once_in_one_order_and_nothing_needed_after_what_is_not(
    slots: list[SlotDetail], gaps: list[Gap], shares: tuple[Share, ...], turned: st.DataObject
) -> None:
    shuffled = turned.draw(st.permutations(slots))

    shown = best_first(slots, gaps, shares, US)

    assert sorted(one.slot.slot_id for one in shown) == sorted(one.slot_id for one in slots)
    assert [one.slot.slot_id for one in best_first(shuffled, gaps, shares, US)] == [one.slot.slot_id for one in shown]
    urgency = [2 if one.gap and one.gap.have < one.gap.minimum else 1 if one.gap else 0 for one in shown]
    assert urgency == sorted(urgency, reverse=True)


@settings(max_examples=25, deadline=None)
@given(slots=SLOTS, gaps=GAPS, shares=SHARES)
def test_the_gap_of_a_slot_is_one_that_somebody_free_could_help_there(
    slots: list[SlotDetail], gaps: list[Gap], shares: tuple[Share, ...]
) -> None:
    for one in best_first(slots, gaps, shares, US):
        if one.gap is None:
            continue
        candidate = one.slot.candidates[0]
        assert not candidate.busy
        assert one.gap.where == iso_week(one.slot.day)
        assert one.gap.service is None or one.gap.service in candidate.services
        assert one.gap.language is None or one.gap.language in candidate.languages
