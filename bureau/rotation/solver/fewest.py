"""Of groups that contradict each other, few that do so too: QuickXplain (Junker 2004), which asks for halves first."""

from collections.abc import Callable, Sequence

from bureau.rotation.solver.problem import Group

Groups = Sequence[Group]


class Fewest:
    """Asks again and again whether some groups contradict themselves.

    `contradict` answers None where it cannot say. Then a group more may be kept than is needed, and `proven` is False:
    what is found contradicts itself all the same.
    """

    def __init__(self, contradict: Callable[[Groups], bool | None]) -> None:
        self.proven = True
        self._contradict = contradict

    def among(self, groups: Groups) -> list[Group]:
        """As few of the groups as still contradict themselves; all of them are known to."""
        return self._beside([], groups)

    def _beside(self, held: Groups, groups: Groups) -> list[Group]:
        """Those that are needed beside the ones held."""
        answer = self._contradict(held)
        self.proven &= answer is not None
        return [] if answer or not groups else self._needed(held, groups)

    def _needed(self, held: Groups, groups: Groups) -> list[Group]:
        """The same where the ones held do not contradict themselves."""
        if len(groups) == 1:
            return list(groups)
        first, second = groups[: len(groups) // 2], groups[len(groups) // 2 :]
        of_second = self._beside([*held, *first], second)
        of_first = self._beside([*held, *of_second], first) if of_second else self._needed(held, first)
        return of_first + of_second
