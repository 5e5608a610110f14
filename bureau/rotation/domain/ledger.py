"""Fairness over months: what each organisation gave above or below its share, carried from month to month.

The share of a past month is measured on what was really given in it, in proportion to the promises. So nobody owes
anything for a session that was needed by nobody or fell on a holiday, and what one is above, others are below.

- Given is what took place, and what is still booked. A session that an organisation released, however late, was not
  given by it; who took it over gave it. One that the bureau withdrew or moved counts for nobody.
- Excused is what did not take place through nobody's fault: illness, the way there, a bureau that could not open. It is
  neither given nor owed: the promise of that month counts as if it had been smaller by it.
- A month in which nobody promised anything leaves every balance as it is; so does a month in which an organisation
  promised and gave nothing.
- Nobody carries more than one month of its own promise, either way; what lies above lapses, and the ledger says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGiven:
    """A published month, by organisation: sessions promised, given, missed, missed through nobody's fault, and released."""

    month: str
    promised: Mapping[str, int]
    given: Mapping[str, int]
    missed: Mapping[str, int] = field(default_factory=dict)
    excused: Mapping[str, int] = field(default_factory=dict)
    released: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One organisation's line of a month. ``carried`` and ``balance``: above (+) or below (−) its shares so far."""

    month: str
    organisation: str
    promised: int
    share: int
    carried: int
    given: int
    missed: int
    excused: int
    released: int
    balance: int

    @property
    def lapsed(self) -> int:
        """What is no longer carried, because it was more than a month of the promise."""
        return self.carried + self.given - self.share - self.balance


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What an organisation is asked for in a month to come: its ``share`` of what is planned, less what it carries."""

    share: int
    carry: int

    @property
    def fair(self) -> int:
        """Its fair share, fixed before anything is planned."""
        return self.share - self.carry


def apportion(shifts: int, promised: Mapping[str, int]) -> dict[str, int]:
    """The shifts in proportion to the promises, in whole ones: the largest remainders are rounded up, of equal ones the
    earlier organisation's.
    """
    total = sum(promised.values())
    if total == 0:
        return dict.fromkeys(promised, 0)
    share = {one: shifts * number // total for one, number in promised.items()}
    by_remainder = sorted(promised, key=lambda one: (-(shifts * promised[one] % total), one))
    for one in by_remainder[: shifts - sum(share.values())]:
        share[one] += 1
    return share


def entries_of(months: Iterable[MonthGiven]) -> tuple[Entry, ...]:
    """The ledger of these months, which are in order."""
    balances: dict[str, int] = {}
    entries: list[Entry] = []
    for month in months:
        of_month = _entries(month, balances)
        balances.update((one.organisation, one.balance) for one in of_month)
        entries += of_month
    return tuple(entries)


def _entries(month: MonthGiven, balances: Mapping[str, int]) -> list[Entry]:
    everybody = sorted({*month.promised, *month.given, *month.missed, *month.excused, *month.released})
    promised = {one: month.promised.get(one, 0) for one in everybody}
    given = {one: month.given.get(one, 0) for one in everybody}
    asked = {one: max(0, promised[one] - month.excused.get(one, 0)) for one in everybody}
    share = apportion(sum(given.values()), asked) if sum(asked.values()) else given
    return [
        Entry(
            month=month.month,
            organisation=one,
            promised=promised[one],
            share=share[one],
            carried=balances.get(one, 0),
            given=given[one],
            missed=month.missed.get(one, 0),
            excused=month.excused.get(one, 0),
            released=month.released.get(one, 0),
            balance=_limited(balances.get(one, 0) + given[one] - share[one], promised[one]),
        )
        for one in everybody
    ]


def _limited(balance: int, promised: int) -> int:
    """At most one month of the promise; who promised nothing keeps what there is."""
    return max(-promised, min(balance, promised)) if promised else balance


def balances_after(entries: Sequence[Entry]) -> dict[str, int]:
    """What each organisation carries after the last of its months."""
    return {one.organisation: one.balance for one in entries}


def dues(planned: int, promised: Mapping[str, int], balances: Mapping[str, int]) -> dict[str, Due]:
    """What each organisation is asked for in a month with so many shifts to share out.

    As much of its balance is evened out as leaves a fair share between nothing and its promise; the rest waits.
    """
    share = apportion(min(planned, sum(promised.values())), promised)
    return {
        one: Due(share=share[one], carry=max(share[one] - number, min(balances.get(one, 0), share[one])))
        for one, number in promised.items()
    }
