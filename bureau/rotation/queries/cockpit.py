"""The manager's view of a round."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import db
from bureau.rotation.domain.cockpit import Cockpit, Coverage, Gap, NamedCategory, PhaseStep, Share
from bureau.rotation.domain.coverage import Meeting, Wish, coverage_of, minimal_languages
from bureau.rotation.domain.problem import RoundFacts, Wanted, build_problem, dues_of, iso_week, places_of
from bureau.rotation.domain.rounds import PHASES, Block, RoundInfo, phases_open_from
from bureau.rotation.models import Programme
from bureau.rotation.models.reading import spoken_language
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.score import haves

from .board import slots_in
from .facts import facts_of
from .in_force import broken_in
from .offers import answers_of
from .proposals import gaps_of, proposals_of
from .standing import plan_of

GAPS_SHOWN = 12


def cockpit(round_: RoundInfo, *, now: datetime) -> Cockpit:
    """Phases with dates, answers, coverage, fairness, gaps, proposals."""
    facts = facts_of(round_, now=now)
    judged = _judged(facts)
    slots, taken = slots_in(round_.id)
    return Cockpit(
        round=round_,
        phases=_phases(round_),
        answers=answers_of(round_),
        coverage=_coverage(facts),
        shares=shares_in(facts),
        gaps=_gaps(facts, judged)[:GAPS_SHOWN],
        proposals=proposals_of(round_, now=now),
        slots=slots,
        taken=taken,
        published_number=_published_number(round_),
        fallen=len(broken_in(judged)) if judged is not None and facts.in_force else 0,
    )


def _phases(round_: RoundInfo) -> tuple[PhaseStep, ...]:
    here, open_ = PHASES.index(round_.phase), phases_open_from(round_.phase)
    return tuple(
        PhaseStep(
            phase=phase,
            state="done" if number < here else "now" if number == here else "next",
            until=round_.deadlines.of(phase),
            may_go=phase in open_ and phase != "published",
        )
        for number, phase in enumerate(PHASES)
    )


def _published_number(round_: RoundInfo) -> int | None:
    of_month = (Programme.bureau_id == round_.bureau_id, Programme.month == str(round_.month))
    return db.session.scalar(select(func.max(Programme.number)).where(*of_month))


def _judged(facts: RoundFacts) -> Facts | None:
    """The round as the solver sees it; None where it cannot (a time that does not exist, by other rules than ours)."""
    try:
        return Facts(parse_problem(build_problem(facts)))
    except Malformed:
        return None


def shares_in(facts: RoundFacts) -> tuple[Share, ...]:
    """What each organisation is asked for, and what it has."""
    return shares_given(facts, Counter(one.organisation for one in facts.held))


def shares_given(facts: RoundFacts, given: Mapping[str, int]) -> tuple[Share, ...]:
    """The same, where it is counted already what each organisation has."""
    due = dues_of(facts)
    return tuple(
        Share(
            organisation=one.organisation,
            promised=one.offer.promised,
            minimum=one.offer.minimum,
            carried=due[one.organisation.code].carry,
            fair=due[one.organisation.code].fair,
            given=given.get(one.organisation.code, 0),
        )
        for one in facts.answers
    )


def gaps_in(facts: RoundFacts) -> tuple[Gap, ...]:
    """Every wish that the plan does not meet, the worst first."""
    return _gaps(facts, _judged(facts))


def _gaps(facts: RoundFacts, judged: Facts | None) -> tuple[Gap, ...]:
    if judged is None:
        return ()
    found = haves(judged, parse_assignments(plan_of(facts)))
    return tuple(gap for _, gap in gaps_of(judged, found))


def _coverage(facts: RoundFacts) -> Coverage:
    category_of = {service.code: service.category.code for service in catalogue.services()}
    categories = tuple(NamedCategory(code=row.code, name=row.name, icon=row.icon) for row in catalogue.categories())
    meetings = [
        Meeting(
            week=iso_week(one.block.day),
            categories=frozenset(category_of[code] for code in one.services if code in category_of),
            languages=frozenset(one.languages),
        )
        for one in facts.held
    ]
    asked = wishes(facts.blocks, facts.wanted, category_of)
    tags = minimal_languages(meetings, asked)
    spoken = tuple(spoken_language(row) for tag, row in catalogue.languages_by_tag().items() if tag in tags)
    return coverage_of(None, categories, spoken, meetings, asked)


def wishes(blocks: Sequence[Block], wanted: Iterable[Wanted], category_of: Mapping[str, str]) -> list[Wish]:
    """Each standing wish for a service, by week and category."""
    found: dict[tuple[str, str, str | None], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in wanted:
        if one.service is None or one.service not in category_of:
            continue
        for week, share in _by_week(one.per, blocks):
            cell = found[week, category_of[one.service], one.language]
            cell[0] += one.minimum * share
            cell[1] += one.target * share
    return [
        Wish(week=week, category=category, language=language, minimum=minimum, target=target)
        for (week, category, language), (minimum, target) in found.items()
    ]


def _by_week(per: str, blocks: Sequence[Block]) -> Iterable[tuple[str, float]]:
    """How much of a wish falls into each week: a monthly one by the week's share of the blocks."""
    if per == "week":
        return [(place["week"], share) for place, share in places_of(per, blocks)]
    size = Counter(iso_week(block.day) for block in blocks)
    if per == "month":
        return [(week, number / size.total()) for week, number in size.items()]
    if per == "day":
        days = Counter(iso_week(day) for day in {block.day for block in blocks})
        return [(week, float(number)) for week, number in days.items()]
    return [(week, float(number)) for week, number in size.items()]
