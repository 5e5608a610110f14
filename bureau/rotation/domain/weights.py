"""How much each of the nine things that count weighs in a plan.

A weight is the price of one unit in penalty points: the solver takes the plan that costs least. Only their proportions
matter. The unit to think in is a session that is wished for and missing.
"""

from collections.abc import Mapping

from bureau.kernel.errors import Invalid

Weights = Mapping[str, int]

TERMS = (
    "uncovered_min", "uncovered_target", "promise_unmet", "spread", "continuity", "regularity", "preferences",
    "fairness", "changes",
)  # fmt: skip
MOST = 10_000
"""No weight is higher: the total of the largest month then still fits a whole number of the database."""

PRESETS: Mapping[str, Weights] = {
    # The usual numbers of the rota format. Eight known hours (12 each) are worth one wish (100); a first session away
    # from a share of eight costs 12, a second 37, a third 62: so a wish outweighs two (49), and three (111) outweigh it.
    "balanced": {
        "uncovered_min": 1000, "uncovered_target": 100, "promise_unmet": 60, "spread": 40, "continuity": 12,
        "regularity": 6, "preferences": 5, "fairness": 1, "changes": 150,
    },
    # A wish (150) outweighs an organisation of share eight being three sessions away from it (12 + 37 + 62 = 111); a
    # known hour (30) outweighs an undesired time (2 x 2) and being one session away; what is in force moves (one
    # dropped, one added: 2 x 200) only for more than two wishes.
    "residents_first": {
        "uncovered_min": 1000, "uncovered_target": 150, "promise_unmet": 40, "spread": 60, "continuity": 30,
        "regularity": 10, "preferences": 2, "fairness": 1, "changes": 200,
    },
    # Two sessions away from a share of eight cost 4 x (12 + 37) = 196, more than one wish (100); a promised minimum
    # (150) outweighs a wish; an undesired time (2 x 10) outweighs a known hour (12).
    "fair_to_partners": {
        "uncovered_min": 1000, "uncovered_target": 100, "promise_unmet": 150, "spread": 40, "continuity": 12,
        "regularity": 6, "preferences": 10, "fairness": 4, "changes": 150,
    },
    # Giving up a known hour for a new one (40 + 15) costs more than a wish (50), so no habit is broken for one; what is
    # in force moves (2 x 400) only for a minimum, or for more than sixteen wishes.
    "quiet_month": {
        "uncovered_min": 1000, "uncovered_target": 50, "promise_unmet": 60, "spread": 20, "continuity": 40,
        "regularity": 15, "preferences": 10, "fairness": 1, "changes": 400,
    },
}  # fmt: skip
USUAL = PRESETS["balanced"]


def preset_of(weights: Weights) -> str | None:
    """The preset that these weights are; None where they are somebody's own. A month without a plan in force charges
    no changes, so a weight of 0 for them says nothing.
    """
    for name, numbers in PRESETS.items():
        if all(weights.get(term) == numbers[term] for term in TERMS if term != "changes" or weights.get(term)):
            return name
    return None


def ensure_weights(weights: Weights) -> None:
    """Every term has a number from nothing to the most (Invalid)."""
    for term in TERMS:
        if not 0 <= weights[term] <= MOST:
            raise Invalid(field=term, reason="number", low=0, high=MOST)


def weighed(score: Mapping[str, int], weights: Weights) -> int:
    """The penalty points of a score under these weights."""
    return sum(weights.get(term, 0) * value for term, value in score.items())
