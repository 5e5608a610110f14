"""The tables of sessions that change hands."""

from .tables import CoverCall, Swap, SwapLeg, WaitlistEntry

__all__ = ["CoverCall", "Swap", "SwapLeg", "WaitlistEntry"]
