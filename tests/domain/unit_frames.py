"""Rows of micro profit units as the views give them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.profile import COST_COLUMN, MarginLevel, MarginProfile

COSTS = tuple(COST_COLUMN.values())
PROFILE = MarginProfile(
    "test",
    (
        MarginLevel("gross_margin", ("material", "labor")),
        MarginLevel("cm3", ("material", "labor", "freight", "allocated")),
    ),
    "gross_margin",
    {"freight": "net_revenue_amount"},
)


def measures(unit: str | None, revenue: float, **given: Any) -> dict[str, Any]:
    """One row of margin_by with dimension profit_unit; costs that are not given are 0."""
    nothing = dict.fromkeys(
        ("qty", "list_amount", "discount_amount", "rebate_amount", "estimated_amount", *COSTS), 0.0
    )
    row = {"profit_unit": unit, "line_count": 1, "net_revenue_amount": revenue}
    return nothing | row | given


def head(unit: str | None, rep: str | None, revenue: float, **given: Any) -> dict[str, Any]:
    """One row of unit_heads."""
    row = {"profit_unit_id": unit, "rep_id": rep, "net_revenue_amount": revenue}
    return row | {"is_key_talent": False, "leave_date": None} | given


def heads_frame(*rows: dict[str, Any]) -> pd.DataFrame:
    columns = ["profit_unit_id", "rep_id", "net_revenue_amount", "is_key_talent", "leave_date"]
    return pd.DataFrame(rows, columns=columns)
