"""Who may speak for an organisation, which several bureaux may share."""

from collections.abc import Set as AbstractSet


def speaks_for(
    *, administrator: bool, coordinates: bool, manages: AbstractSet[str], known_in: AbstractSet[str]
) -> bool:
    """Its coordinators do, an administrator does, and who manages every bureau in which it takes part or ever did.

    A bureau that it left counts: else ending its part in one bureau would hand it over to the manager of another.
    """
    return administrator or coordinates or (bool(known_in) and known_in <= manages)
