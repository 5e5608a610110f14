"""Which swaps and rings are proposed, on months written by hand."""

from datetime import UTC, date, datetime, time

from bureau.exchange.domain.finding import best_exchanges
from bureau.exchange.domain.moves import Appointment, Month, Place, Placed
from bureau.exchange.domain.residents import Residents
from bureau.kernel.localised import LocalisedText
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.offers import NamedService, SpokenLanguage
from bureau.rotation.domain.round_facts import Wanted
from bureau.rotation.domain.rounds import Block

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NAME = LocalisedText()


def seat(kind: str = "desk") -> Seat:
    """A seat of a room of that kind."""
    return Seat(room_id=1, room=kind, number=1, seats_in_room=1, name=NAME, kind=kind, features=())


def block(day: int) -> Block:
    """Ten to twelve on a day of December."""
    at = date(2026, 12, day)
    starts, ends = (datetime(2026, 12, day, hour, tzinfo=UTC) for hour in (8, 10))
    return Block(day=at, starts=time(10), ends=time(12), starts_at=starts, ends_at=ends)


def placed(
    number: int, *, private: bool = False, pinned: bool = False, kind: str = "desk", languages: tuple[str, ...] = ()
) -> Placed:
    """The session of organisation, worker and day of that number."""
    service = NamedService(
        code="law", name=NAME, category="law", icon="legal", needs_private_room=private, mode="individual"
    )
    place = Place(slot_id=number, block=block(number), seat=seat(kind))
    return Placed(
        session_id=number, organisation_id=number, worker_id=number, worker=f"W{number}", services=(service,),
        place=place, languages=languages, pinned=pinned,
    )  # fmt: skip


def month(*sessions: Placed, levels: dict[tuple[int, int], str], **more: object) -> Month:
    """A month of these sessions; levels by worker and day."""
    return Month(
        sessions={one.session_id: one for one in sessions},
        levels={(worker, date(2026, 12, day), time(10)): level for (worker, day), level in levels.items()},
        limits={one.organisation_id: Usual(max_per_day=1) for one in sessions},
        appointments=more.get("appointments", {}),
    )


def found(of: Month, *wanted: Wanted) -> list[tuple[int, ...]]:
    """What is proposed for the session of the first, in a month with these wishes."""
    blocks = [one.place.block for one in of.sessions.values()]
    residents = Residents(of.sessions.values(), wanted=wanted, blocks=blocks)
    return [one.sessions for one in best_exchanges(of, 1, residents, now=NOW)]


def test_a_swap_is_proposed_where_both_offered_the_others_hour() -> None:
    both = month(placed(1), placed(2), levels={(1, 2): "possible", (2, 1): "preferred"})
    one_sided = month(placed(1), placed(2), levels={(1, 2): "possible"})
    unwished = month(placed(1), placed(2), levels={(1, 2): "possible", (2, 1): "undesired"})

    proposed = [found(both), found(one_sided), found(unwished)]

    assert proposed == [[(1, 2)], [], []]


def test_preferred_hours_come_first() -> None:
    levels = {(1, 2): "possible", (2, 1): "possible", (1, 9): "preferred", (9, 1): "preferred"}

    proposed = found(month(placed(1), placed(2), placed(9), levels=levels))

    assert proposed == [(1, 9), (1, 2)]


def test_a_ring_is_found_where_no_two_can_swap() -> None:
    levels = {(1, 2): "possible", (2, 3): "possible", (3, 1): "possible"}

    proposed = found(month(placed(1), placed(2), placed(3), levels=levels))

    assert proposed == [(1, 2, 3)]


def test_a_ring_is_not_proposed_for_a_slot_that_a_swap_brings_too() -> None:
    levels = {(1, 2): "possible", (2, 1): "possible", (2, 3): "possible", (3, 1): "possible"}

    proposed = found(month(placed(1), placed(2), placed(3), levels=levels))

    assert proposed == [(1, 2)]


def test_what_needs_a_quiet_room_does_not_go_to_a_desk() -> None:
    levels = {(1, 2): "possible", (2, 1): "possible"}
    quiet = placed(1, private=True, kind="private")

    proposed = [
        found(month(quiet, placed(2), levels=levels)),
        found(month(quiet, placed(2, kind="private"), levels=levels)),
    ]

    assert proposed == [[], [(1, 2)]]


def test_who_is_elsewhere_then_is_not_asked() -> None:
    there = block(1)
    elsewhere = Appointment(session_id=99, worker_id=2, day=there.day, starts_at=there.starts_at, ends_at=there.ends_at)
    levels = {(1, 2): "possible", (2, 1): "possible"}

    proposed = found(month(placed(1), placed(2), levels=levels, appointments={2: [elsewhere]}))

    assert proposed == []


def test_a_pinned_session_is_left_where_it_is() -> None:
    levels = {(1, 2): "possible", (2, 1): "possible"}

    assert found(month(placed(1), placed(2, pinned=True), levels=levels)) == []


def test_a_swap_by_which_a_language_is_lost_comes_after_one_by_which_none_is() -> None:
    levels = {(1, 2): "preferred", (2, 1): "preferred", (1, 9): "possible", (9, 1): "possible"}
    arabic = month(
        placed(1, languages=("ar",)), placed(2, languages=("en",)), placed(9, languages=("ar",)), levels=levels
    )
    arabic_every_day = a_wish("day", language="ar")

    proposed = [found(arabic), found(arabic, arabic_every_day)]

    assert proposed == [[(1, 2), (1, 9)], [(1, 9), (1, 2)]]


def test_what_residents_lose_and_gain_is_what_is_missing_after_it() -> None:
    monday, tuesday, next_week = placed(7, languages=("ar",)), placed(8), placed(15)
    sessions, blocks = (monday, tuesday, next_week), [one.place.block for one in (monday, tuesday, next_week)]
    known = {(8, tuesday.place.block.day.isoweekday(), time(10))}

    def balance(wish: Wanted, *ring: Placed) -> tuple[int, int]:
        return Residents(sessions, wanted=[wish], blocks=blocks, known=known).balance(ring)

    assert balance(a_wish("day", language="ar"), monday, next_week) == (1, 1)
    assert balance(a_wish("week", service="law", target=2), monday, next_week) == (0, 0)
    assert balance(a_wish("week", language="ar", target=0), monday, next_week) == (0, 0)
    assert balance(a_wish("month", language="ar"), monday, tuesday) == (1, 0)  # a known hour is given up


def test_what_one_takes_away_and_another_brings_is_neither_lost_nor_gained() -> None:
    ring = (placed(1, languages=("ar", "en")), placed(2, languages=("ar",)), placed(9, languages=("ar",)))
    wishes = [a_wish("day", language="ar"), a_wish("day", language="en")]
    residents = Residents(ring, wanted=wishes, blocks=[one.place.block for one in ring])
    english = SpokenLanguage(tag="en", own_name="English", direction="ltr")

    lost, gained = residents.changed(ring, {"en": english})

    assert [(gap.where, gap.language, gap.have, gap.target) for gap in lost] == [("2026-12-01", english, 0, 1)]
    assert [(gap.where, gap.language, gap.have, gap.target) for gap in gained] == [("2026-12-02", english, 1, 1)]


def a_wish(per: str, *, service: str | None = None, language: str | None = None, target: int = 1) -> Wanted:
    """So many such sessions in each day, week or month."""
    return Wanted(id=1, per=per, service=service, language=language, minimum=0, target=target, weight=1)
