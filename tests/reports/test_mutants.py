"""What a careless program would publish is found before anybody reads it (many more: ``make audit ARGS=disclosure``)."""

import pytest

from tests.beside import beside
from tests.reports.made import Made
from tests.reports.mutants import tried


@pytest.mark.parametrize("method", ["suppression", "rounding"])
def test_every_spoiled_release_of_a_quarter_is_found(method: str) -> None:
    number, missed = beside(tried, Made(2, months=3, partners=4), method, most=1, last=True)

    assert missed == []
    assert number >= 6
