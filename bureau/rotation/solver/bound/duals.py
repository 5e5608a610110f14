"""Safe bounds from any prices of the rows, however roughly they were found (Neumaier, Shcherbina 2004)."""

from dataclasses import replace
from math import ceil, isfinite

import numpy as np

from bureau.rotation.solver.bound.program import Floats, Program

SLACK = 1e-6
"""Relative to the sum of the magnitudes added up: far above what rounding can lose."""


def reduced_costs(program: Program, prices: Floats) -> Floats:
    """What a unit of each column costs beyond what the rows pay for it."""
    paid = np.bincount(program.columns, weights=program.values * prices[program.row_of], minlength=program.width)
    return program.cost - paid


def usable(program: Program, prices: Floats) -> Floats:
    """The prices, with those made 0 that a one-sided row cannot have."""
    prices = np.nan_to_num(prices, posinf=0.0, neginf=0.0)
    prices = np.where(np.isfinite(program.low), prices, np.minimum(prices, 0.0))
    return np.where(np.isfinite(program.high), prices, np.maximum(prices, 0.0))


def lagrangian(program: Program, prices: Floats) -> float:
    """A bound of the program's optimum: rows paid at their price, every column at its best end."""
    prices = usable(program, prices)
    reduced = reduced_costs(program, prices)
    side = np.where(prices > 0, program.low, program.high)
    parts = np.concatenate([prices * np.where(prices == 0, 0.0, side), np.minimum(reduced, 0.0) * program.upper])
    slack = SLACK + 1e-12 * float(np.abs(parts).sum())
    return program.constant + float(parts.sum()) - slack


def whole_bound(program: Program, prices: Floats) -> int | None:
    """The least whole total not below the bound; None when the prices say nothing."""
    bound = lagrangian(program, prices)
    return ceil(bound) if isfinite(bound) else None


def without_dear_columns(program: Program, prices: Floats, total: float) -> Program:
    """The program less the columns that no solution of that total or less can use.

    Taking one unit of a column costs at least its reduced cost beyond the bound.
    """
    prices = usable(program, prices)
    dear = lagrangian(program, prices) + reduced_costs(program, prices) > total + SLACK
    return replace(program, upper=np.where(dear, 0.0, program.upper))
