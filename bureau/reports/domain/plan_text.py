"""The plan of a year as it is kept: plain JSON-like data."""

from collections.abc import Mapping
from typing import Any

from .plan import Plan, Table


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The plan as one document."""
    return {
        "year": plan.year, "method": plan.method,
        "tables": [
            {
                "id": one.id, "measure": one.measure, "dimensions": list(one.dimensions),
                "frequencies": list(one.frequencies), "counts_people": one.counts_people,
                "coarse": one.coarse,
            }
            for one in plan.tables
        ],
    }  # fmt: skip


def plan_from_json(document: Mapping[str, Any]) -> Plan:
    """Read what ``plan_to_json`` wrote."""
    tables = tuple(
        Table(**{**one, "dimensions": tuple(one["dimensions"]), "frequencies": tuple(one["frequencies"])})
        for one in document["tables"]
    )
    return Plan(year=document["year"], method=document["method"], tables=tables)
