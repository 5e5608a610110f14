"""Realistic and nasty months for hypothesis, and one by its name for everything else."""

from collections.abc import Iterable
from random import Random

from hypothesis import strategies as st

from tests.rotation.solver.generated.month import SIZES, grow
from tests.rotation.solver.generated.twists import CLOCKS, IMPOSSIBLE, TWISTS
from tests.rotation.solver.problems import Document


def month(size: str, seed: int, twists: Iterable[str] = ()) -> Document:
    """The month of a size and seed with these twists, in their order; always the same one."""
    chosen = list(twists)
    when = next((CLOCKS[name][0] for name in chosen if name in CLOCKS), "2027-04")
    document = grow(size, seed, when)
    for name in chosen:
        twist = CLOCKS[name][1] if name in CLOCKS else {**TWISTS, **IMPOSSIBLE}[name]
        document = twist(document, Random(f"{name} {seed}"))
    return {**document, "id": "-".join([size, str(seed), *chosen])}


@st.composite
def realistic_months(draw: st.DrawFn, sizes: Iterable[str] = ("tiny", "XS")) -> Document:
    """A month of one of the sizes, with up to three twists that can be together."""
    size = draw(st.sampled_from([name for name in SIZES if name in set(sizes)]))
    clocks = draw(st.sampled_from([[], [], *([name] for name in CLOCKS)]))
    empty = ("nobody", "nothing_open", "always_closed")
    alone = st.sampled_from(empty).map(lambda name: [name])
    together = st.lists(st.sampled_from([name for name in TWISTS if name not in empty]), max_size=3, unique=True)
    twists = draw(together | together | together | alone)
    return month(size, draw(st.integers(0, 999)), [*clocks, *twists])
