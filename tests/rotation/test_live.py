"""What an open page tells of itself, so that it is told only what changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.rotation.domain.live import mark, mark_of, read, unlike, written

looks = st.builds("{}{}.{}".format, st.sampled_from(["", "closed", "past"]), st.integers(1, 10**6), st.integers(1, 99))
months = st.dictionaries(st.integers(1, 2000), st.just("") | looks, max_size=40)


@given(months)
@settings(max_examples=25)
def test_what_is_written_is_read_again(month: dict[int, str]) -> None:
    assert read(written(month, month)) == {slot: mark(looks) for slot, looks in month.items()}


@given(months, st.integers(1, 2000), looks)
@settings(max_examples=25)
def test_a_slot_that_looks_different_or_is_new_is_found_and_changes_the_months_mark(
    month: dict[int, str], slot: int, now_looks: str
) -> None:
    seen = read(written(month, month))

    changed = month | {slot: now_looks}

    assert unlike(changed, seen) == {one for one in changed if changed[one] != month.get(one)}
    assert (mark_of(changed) == mark_of(month)) == (changed == month)


def test_six_hundred_slots_fit_into_an_address() -> None:
    month = {slot: f"{slot}.3" for slot in range(5000, 5600)}

    assert len(written(month, month)) < 4000


def test_an_address_that_was_tampered_with_says_nothing() -> None:
    assert [read(text) for text in ("", "x", "!-abcd", "zzzzzzzzzzzzzzz-abcd")] == [{}] * 4
