"""The round that is reviewed."""

from bureau.rotation.actions.rows import hold_round
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries import get_round


def held_round(bureau: str, month: str) -> RoundInfo:
    """The round as it is once nobody else publishes it or writes in its review; held until the transaction ends."""
    hold_round(get_round(bureau, month).id)
    return get_round(bureau, month)
