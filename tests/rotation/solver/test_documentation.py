"""The numbers of docs/rota.md are those of the code."""

import re
from pathlib import Path

from bureau.rotation.domain.weights import PRESETS
from bureau.rotation.solver.problem import TERMS, Organisation
from bureau.rotation.solver.score import fair_shares, fairness_cost

TEXT = (Path(__file__).parents[3] / "docs/rota.md").read_text(encoding="utf-8")


def rows(start: str) -> list[list[str]]:
    """The cells of the table whose head begins so, without emphasis."""
    _, _, after = TEXT.partition(f"\n{start}")
    lines = after.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in lines]


def number(cell: str) -> int:
    """A number with its sign as it is printed."""
    return int(cell.replace("−", "-"))


def test_the_worked_example_of_fair_shares_is_what_is_computed() -> None:
    partners = [row for row in rows("| partner | promised |") if row[0]]
    organisations = [Organisation(id=row[0], promised=number(row[1]), carry=number(row[7])) for row in partners]

    found = fair_shares(organisations, 40)

    assert len(partners) == 4
    assert found == {row[0]: number(row[8]) for row in partners}


def test_the_price_of_each_step_away_is_what_is_computed() -> None:
    printed = {number(share): [number(cost) for cost in costs] for share, *costs in rows("| fair share | 1 away |")}

    found = {share: [fairness_cost(away, share) for away in range(1, 5)] for share in printed}

    assert len(printed) == 3
    assert found == printed


def test_each_term_is_explained() -> None:
    explained = {re.sub(r"\W", "_", row[0]) for row in rows("| term | what one unit is |")}

    assert explained == {term.replace("uncovered_min", "uncovered_minimum") for term in TERMS}


def test_the_presets_have_the_numbers_that_are_printed() -> None:
    printed = {row[0]: [number(cell) for cell in row[1:]] for row in rows("| term | balanced |")}

    order = ("balanced", "residents_first", "fair_to_partners", "quiet_month")
    assert printed == {term: [PRESETS[name][term] for name in order] for term in TERMS}
