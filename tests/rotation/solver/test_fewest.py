"""Of groups that contradict each other, few are named, and each of them is needed."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bureau.rotation.solver.fewest import Fewest
from bureau.rotation.solver.problem import Group

GROUPS: list[Group] = [("pin", number) for number in range(16)]
some = st.sets(st.sampled_from(GROUPS), min_size=1, max_size=5)


@given(st.lists(some, min_size=1, max_size=4))
@settings(max_examples=25)
def test_what_is_named_contradicts_itself_and_none_of_it_can_be_spared(conflicts: list[set[Group]]) -> None:
    def contradict(groups: Sequence[Group]) -> bool:
        return any(conflict <= set(groups) for conflict in conflicts)

    fewest = Fewest(contradict)

    found = fewest.among(GROUPS)

    assert fewest.proven
    assert contradict(found)
    assert not any(contradict([other for other in found if other != group]) for group in found)


def test_a_few_of_very_many_are_found_with_few_questions() -> None:
    many: list[Group] = [("pin", number) for number in range(4096)]
    asked = []

    def contradict(groups: Sequence[Group]) -> bool:
        asked.append(groups)
        return {many[7], many[4000]} <= set(groups)

    found = Fewest(contradict).among(many)

    assert set(found) == {many[7], many[4000]}
    assert len(asked) < 60


def test_what_contradicts_itself_by_itself_needs_nothing() -> None:
    assert Fewest(lambda groups: True).among(GROUPS) == []


def test_who_cannot_say_keeps_more_and_calls_nothing_proven() -> None:
    def contradict(groups: Sequence[Group]) -> bool | None:
        return True if {GROUPS[3], GROUPS[9]} <= set(groups) and len(groups) > 4 else None

    fewest = Fewest(contradict)

    found = fewest.among(GROUPS)

    assert {GROUPS[3], GROUPS[9]} <= set(found)
    assert not fewest.proven
