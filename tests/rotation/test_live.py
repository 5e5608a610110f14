"""What an open page tells of itself, so that it is told only what changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.rotation.domain.live import Looks, Shown, look, mark, mark_of, read, showing, unlike, written

looks = st.builds(look, st.integers(1, 10**6), st.integers(1, 99), closed=st.booleans(), begun=st.booleans())
plain = look(None, None, closed=False, begun=False)
months = st.dictionaries(st.integers(1, 2000), st.just(plain) | looks, max_size=40)


def of(month: dict[int, str]) -> Looks:
    return Looks(number=len(month), special={slot: one for slot, one in month.items() if one})


@given(months)
@settings(max_examples=25)
def test_what_is_written_is_read_again(month: dict[int, str]) -> None:
    shown = showing(month, of(month))

    assert read(written(shown)) == shown
    assert shown.slots == month.keys()
    assert shown.marks == {slot: mark(one) for slot, one in month.items() if one}


@given(months, st.integers(1, 2000), st.just(plain) | looks)
@settings(max_examples=25)
def test_a_slot_that_looks_different_is_found_and_changes_the_months_mark(
    month: dict[int, str], slot: int, now_looks: str
) -> None:
    shown = read(written(showing(month, of(month))))

    changed = of(month | {slot: now_looks})

    assert unlike(changed, shown) == {slot} - ({slot} if month.get(slot, plain) == now_looks else set())
    assert (mark_of(changed) == mark_of(of(month))) == (changed == of(month))
    assert unlike(changed, shown.drawn(changed)) <= {slot} - month.keys()


def test_six_hundred_slots_fit_into_an_address() -> None:
    month = {slot: f"{slot}.3" for slot in range(5000, 5600)}

    assert len(written(showing(month, of(month)))) < 4000


def test_a_month_that_nobody_has_booked_yet_takes_a_few_letters() -> None:
    month = dict.fromkeys(range(5000, 6100), plain)

    assert len(written(showing(month, of(month)))) < 10


def test_an_address_that_was_tampered_with_says_nothing() -> None:
    texts = (
        "",
        "x",
        "3f~",
        "3f~2~1!",
        "~4!",
        "3f~zzzzzz!",
        "3f~4!Ä-abcd",
        "3f~4!zzzzzzzzzzzzzzz-abcd",
        "3f~4!3f",
    )

    assert [read(text) for text in texts] == [Shown()] * len(texts)
