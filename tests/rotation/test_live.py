"""What an open page tells of itself, so that it is told only what changed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.rotation.domain.live import SlotState, mark_of, read, written

states = st.builds(
    SlotState,
    slot_id=st.integers(1, 10**9),
    session_id=st.none() | st.integers(1, 10**6),
    version=st.none() | st.integers(1, 99),
    closed=st.booleans(),
    past=st.booleans(),
)
months = st.dictionaries(st.integers(1, 2000), states, max_size=40)


@given(months)
@settings(max_examples=25)
def test_what_is_written_is_read_again(month: dict[int, SlotState]) -> None:
    assert read(written(month, month)) == {slot: state.mark for slot, state in month.items()}


@given(states)
@settings(max_examples=25)
def test_whatever_is_seen_of_a_slot_changes_its_mark_and_the_months(state: SlotState) -> None:
    changed = [
        replace(state, session_id=(state.session_id or 0) + 1),
        replace(state, version=(state.version or 0) + 1),
        replace(state, closed=not state.closed),
        replace(state, past=not state.past),
    ]

    assert state.mark not in {one.mark for one in changed}
    assert mark_of([state]) not in {mark_of([one]) for one in changed}


def test_six_hundred_slots_fit_into_an_address() -> None:
    month = {
        slot: SlotState(slot_id=slot, session_id=slot, version=3, closed=False, past=False)
        for slot in range(5000, 5600)
    }

    assert len(written(month, month)) < 4000


def test_an_address_that_was_tampered_with_says_nothing() -> None:
    assert [read(text) for text in ("", "x", "!-abcd", "zzzzzzzzzzzzzzz-abcd")] == [{}] * 4
