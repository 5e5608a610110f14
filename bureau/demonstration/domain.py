"""An invented past: what was counted in a month at the sessions of a planned one. The same seed tells the same story."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from uuid import UUID

from bureau.kernel.month import Month
from bureau.rotation.domain.held import SessionOfMonth
from bureau.servicelog.domain.entries import Entry

SEED = 20261118
FEWEST, MOST = 100, 350
"""Consultations a month: few in August, most in the cold."""

VAIN_SHARE = 0.12
MISSED = (
    ("psychology", "fa", 8), ("legal-residence", "ar", 6), ("legal-asylum", "ps", 5), ("medicine", "fa", 3),
    ("women-safe", "fa", 2), ("credentials", "ar", 1),
)  # fmt: skip
"""What people ask for again and again that nobody gives, and how often beside each other."""
RARE = ("ps", "kmr", "fr")
"""Languages in which somebody asks for anything now and then."""
BY_CHANCE = 0.25
GROUP_SHARE = 0.3
"""So many of the sessions in which a group may meet are those of a group."""

ANSWERS = {
    "interpretation": (("none", 70), ("in-house", 14), ("phone", 6), ("relative", 5), (None, 5)),
    "visit_kind": (("first", 38), ("return", 47), (None, 15)),
    "sex": (("f", 44), ("m", 36), ("x", 1), (None, 19)),
    "age_band": (("0-17", 6), ("18-29", 24), ("30-59", 43), ("60+", 8), (None, 19)),
    "waiting_band": (("0-15", 46), ("16-30", 24), ("31-60", 9), ("60+", 3), (None, 18)),
    "outcome": (("solved", 42), ("next-step", 31), ("referred", 13), ("not-helped", 3), (None, 11)),
}
"""How often each answer is given, and how often none."""

STATUSES = (
    ("temporary-protection", 34), ("applicant", 14), ("bip-refugee", 9), ("bip-humanitarian", 9), ("long-term", 6),
    ("continuous", 6), ("permanent", 4), ("family", 3),
)  # fmt: skip
NO_STATUS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The catalogue as far as the past needs it: services, those that are for groups, languages, statuses in use."""

    services: frozenset[str]
    groups: frozenset[str]
    languages: frozenset[str]
    statuses: frozenset[str]

    @property
    def missed(self) -> list[tuple[str, str, int]]:
        """What is asked for again and again, with how often."""
        return [one for one in MISSED if one[0] in self.services and one[1] in self.languages]


def past_sessions(pattern: Sequence[SessionOfMonth], month: Month) -> list[SessionOfMonth]:
    """The sessions of ``pattern``, on the days of another month: the second Tuesday as the second Tuesday was."""
    by_place: dict[tuple[int, int], list[SessionOfMonth]] = defaultdict(list)
    for one in pattern:
        by_place[_place(one.day)].append(one)
    return [replace(one, month=month, day=day) for day in month.days() for one in by_place[_place(day)]]


def _place(day: date) -> tuple[int, int]:
    return day.weekday(), (day.day - 1) // 7


def log_of(
    sessions: Sequence[SessionOfMonth], month: Month, known: Known, *, share: float = 1.0, linked: bool = False
) -> dict[str, list[Entry]]:
    """What was counted at these sessions, by organisation; ``share`` of a whole month, ``linked`` to the sessions."""
    random = Random(f"{SEED}/{month}")  # noqa: S311  (an invented past)
    found: dict[str, list[Entry]] = defaultdict(list)
    for_one = [one for one in sessions if set(one.services) - known.groups]
    if not for_one:
        return found
    for session in sessions:
        found[session.organisation] += _groups(random, session, known, linked=linked)
    for session in random.choices(for_one, k=round(share * _busy(random, month))):
        found[session.organisation].append(_consultation(random, session, known, linked=linked))
    for session in random.choices(sessions, k=round(share * VAIN_SHARE * _busy(random, month))):
        found[session.organisation].append(_in_vain(random, session, known, linked=linked))
    return dict(sorted(found.items()))


def _busy(random: Random, month: Month) -> int:
    wave = 225 + 85 * math.cos((month.number - 1) * math.pi / 6)  # most in January, least in July
    return max(FEWEST, min(MOST, round(wave * random.uniform(0.9, 1.1))))


def _groups(random: Random, session: SessionOfMonth, known: Known, *, linked: bool) -> Iterator[Entry]:
    for service in session.services:
        if service in known.groups and random.random() < GROUP_SHARE:
            yield _entry(random, session, service, "group", random.randint(3, 11), linked=linked)


def _consultation(random: Random, session: SessionOfMonth, known: Known, *, linked: bool) -> Entry:
    single = [code for code in session.services if code not in known.groups]
    service = random.choices(single, weights=range(len(single), 0, -1))[0]
    entry = _entry(random, session, service, "consultation", 1, linked=linked)
    return replace(entry, status=_status(random, known), bands=_bands(random))


def _in_vain(random: Random, session: SessionOfMonth, known: Known, *, linked: bool) -> Entry:
    rare = [tag for tag in RARE if tag in known.languages] or session.languages
    service, language = random.choice(session.services), random.choice(rare)
    if known.missed and random.random() > BY_CHANCE:
        service, language, _ = random.choices(known.missed, weights=[often for *_, often in known.missed])[0]
    entry = _entry(random, session, service, "unmet", 1, linked=linked)
    return replace(entry, language=language)


def _entry(random: Random, session: SessionOfMonth, service: str, kind: str, number: int, *, linked: bool) -> Entry:
    weights = range(len(session.languages) + 1, 1, -1)
    return Entry(
        ref=str(UUID(int=random.getrandbits(128), version=4)), kind=kind, number=number, day=session.day,
        hour=session.starts.hour + random.randrange(max(1, session.minutes // 60)), service=service,
        language=random.choices(session.languages, weights=weights)[0], session_id=session.id if linked else None,
    )  # fmt: skip


def _status(random: Random, known: Known) -> str | None:
    answers = [(code, weight) for code, weight in STATUSES if code in known.statuses]
    return _answer(random, (*answers, (None, NO_STATUS)))


def _bands(random: Random) -> Mapping[str, str]:
    answers = {name: _answer(random, given) for name, given in ANSWERS.items()}
    return {name: answer for name, answer in answers.items() if answer is not None}


def _answer(random: Random, given: Iterable[tuple[str | None, int]]) -> str | None:
    answers, weights = zip(*given, strict=True)
    answer: str | None = random.choices(answers, weights=weights)[0]
    return answer


CORRECTED_SHARE = 0.012


def to_be_corrected(entries: Mapping[str, Sequence[Entry]], month: Month) -> list[tuple[str, Entry, Entry | None]]:
    """Whose entry was wrong, and what was right; None where it was counted twice."""
    random = Random(f"{SEED}/{month}/corrected")  # noqa: S311  (an invented past)
    every = [(code, one) for code, many in entries.items() for one in many if one.kind == "consultation"]
    return [
        (code, one, None if random.random() < 0.3 else replace(one, bands={**one.bands, "visit_kind": "return"}))
        for code, one in random.sample(every, k=math.ceil(CORRECTED_SHARE * len(every)))
    ]
