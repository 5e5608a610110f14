"""What a month's log comes to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many of one kind, of one organisation, service and language (codes and tag)."""

    organisation: str
    service: str
    language: str
    kind: str
    number: int


@dataclass(slots=True, kw_only=True)
class Tally:
    """Consultations, attendances of groups, and wishes that nobody here could meet."""

    consultation: int = 0
    group: int = 0
    unmet: int = 0

    def add(self, kind: str, number: int) -> None:
        """Count so many of that kind in."""
        setattr(self, kind, getattr(self, kind) + number)

    @property
    def empty(self) -> bool:
        """Whether nothing is counted."""
        return not (self.consultation or self.group or self.unmet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A month by service, language and organisation, the most counted first."""

    total: Tally = field(default_factory=Tally)
    services: dict[str, Tally] = field(default_factory=dict)
    languages: dict[str, Tally] = field(default_factory=dict)
    organisations: dict[str, Tally] = field(default_factory=dict)
    unmet: tuple[tuple[str, str, int], ...] = ()
    """Service and language that were asked for in vain, and how often."""


def figures_of(counted: Iterable[Counted]) -> Figures:
    """Put the numbers together; what was wholly taken back is left out."""
    total = Tally()
    by: tuple[dict[str, Tally], ...] = ({}, {}, {})
    unmet: Counter[tuple[str, str]] = Counter()
    for one in counted:
        total.add(one.kind, one.number)
        for tallies, key in zip(by, (one.service, one.language, one.organisation), strict=True):
            tallies.setdefault(key, Tally()).add(one.kind, one.number)
        if one.kind == "unmet":
            unmet[one.service, one.language] += one.number
    services, languages, organisations = map(_most_first, by)
    return Figures(
        total=total, services=services, languages=languages, organisations=organisations,
        unmet=tuple((*subject, number) for subject, number in unmet.most_common() if number),
    )  # fmt: skip


def _most_first(tallies: dict[str, Tally]) -> dict[str, Tally]:
    kept = [(key, tally) for key, tally in tallies.items() if not tally.empty]
    return dict(sorted(kept, key=lambda one: (-one[1].consultation, -one[1].group, -one[1].unmet, one[0])))
