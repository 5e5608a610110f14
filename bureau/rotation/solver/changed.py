"""A problem with one hard rule relaxed: the same month, had somebody given way."""

from dataclasses import replace

from bureau.rotation.solver.problem import AlwaysPresent, Block, ClosedDay, Demand, Limits, Pin, Problem, Rule, Window

LATEST = 2 * 24 * 60
"""Minutes of a day after which no block ends, not even one past midnight."""


def without_pin(problem: Problem, index: int) -> Problem:
    """The booking is not agreed; its team must be available like any other."""
    return replace(problem, pinned=tuple(pin for at, pin in enumerate(problem.pinned) if at != index))


def with_pin(problem: Problem, index: int, pin: Pin) -> Problem:
    """The booking is agreed otherwise."""
    return replace(problem, pinned=tuple(pin if at == index else one for at, one in enumerate(problem.pinned)))


def with_minimum(problem: Problem, demand: Demand, least: int) -> Problem:
    """The demand's minimum is another one."""
    demands = (replace(one, min=least) if one.id == demand.id else one for one in problem.demands)
    return replace(problem, demands=tuple(demands))


def without_rule(problem: Problem, rule: Rule) -> Problem:
    """The rule does not hold."""
    return replace(problem, rules=tuple(one for one in problem.rules if one.id != rule.id))


def with_count(problem: Problem, rule: AlwaysPresent, count: int) -> Problem:
    """The rule asks for another number."""
    return replace(
        problem, rules=tuple(replace(rule, count=count) if one.id == rule.id else one for one in problem.rules)
    )


def with_limit(problem: Problem, of: str, owner: str, limit: str, most: int) -> Problem:
    """The limit of a team or an organisation is another one."""
    if of == "team":
        teams = (replace(t, limits=_limited(t.limits, limit, most)) if t.id == owner else t for t in problem.teams)
        return replace(problem, teams=tuple(teams))
    orgs = (replace(o, limits=_limited(o.limits, limit, most)) if o.id == owner else o for o in problem.organisations)
    return replace(problem, organisations=tuple(orgs))


def _limited(limits: Limits, limit: str, most: int) -> Limits:
    return Limits(
        max_per_day=most if limit == "max_per_day" else limits.max_per_day,
        max_per_week=most if limit == "max_per_week" else limits.max_per_week,
        max_per_month=most if limit == "max_per_month" else limits.max_per_month,
        max_concurrent=most if limit == "max_concurrent" else limits.max_concurrent,
        boundary_load=limits.boundary_load,
    )


def with_promise(problem: Problem, org: str, least: int) -> Problem:
    """The organisation's hard minimum is another one."""
    orgs = (replace(one, min_shifts=least) if one.id == org else one for one in problem.organisations)
    return replace(problem, organisations=tuple(orgs))


def coming(problem: Problem, team: str, block: Block) -> Problem:
    """The team comes to a block outside its hours.

    Where there is no plan without that, every plan that its coming allows has it come: the same
    as an agreed booking, which is exempt from availability and from nothing else.
    """
    return replace(problem, pinned=(*problem.pinned, Pin(team=team, block=block.id)))


def coming_always(problem: Problem, team: str) -> Problem:
    """The team comes at any time, anywhere."""
    whole_days = tuple(Window(weekday=day, start=0, end=LATEST) for day in range(1, 8))
    teams = (
        replace(one, available=whole_days, sites=frozenset(), unavailable_dates=frozenset()) if one.id == team else one
        for one in problem.teams
    )
    return replace(problem, teams=tuple(teams))


def with_desk(problem: Problem, desk: str, block: Block) -> Problem:
    """The desk can be used in the block."""
    desks = (
        replace(one, unavailable_blocks=one.unavailable_blocks - {block.id}) if one.id == desk else one
        for one in problem.desks
    )
    return replace(problem, desks=tuple(desks))


def opened(problem: Problem, block: Block) -> Problem:
    """The block's site is open on its day."""
    still = [one for one in problem.closed_days if one.day != block.day or one.site not in (None, block.site)]
    if any(one.day == block.day and one.site is None for one in problem.closed_days):
        still += [ClosedDay(day=block.day, site=site) for site in problem.sites if site != block.site]
    return replace(problem, closed_days=tuple(still))
