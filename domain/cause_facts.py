"""The numbers behind a cause, for the sentence that tells it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.profile import COST_COLUMN, REVENUE, MarginProfile, margin
from domain.residuals import Reason, Residuals, amounts
from domain.status import ratio


def quantity_reason(leaves: pd.DataFrame, found: Residuals, is_in: np.ndarray) -> str:
    """new or lost where the cell has lines in one period only, else volume or mix.

    Volume is the cell growing otherwise than the typical leaf, at the margin it had; mix what
    moved between better and worse leaves within it. The larger of the two is told.
    """
    had, has = (amounts(leaves, "line_count", period)[is_in].any() for period in (0, 1))
    if not had or not has:
        return "new" if has else "lost"
    quantity = found.reasons["quantity"]
    moved = quantity.margin[is_in].sum()
    own_rate = ratio(found.base_margin[is_in].sum(), quantity.expected[is_in].sum())
    volume = quantity.revenue[is_in].sum() * own_rate if own_rate is not None else moved
    return "volume" if abs(volume) >= abs(moved - volume) else "mix"


def facts(
    leaves: pd.DataFrame,
    profile: MarginProfile,
    level: str | None,
    reason: Reason,
    told: str,
    is_in: np.ndarray,
) -> dict[str, float | str | None]:
    """What the cell was in base (_0) and period (_1); None where it cannot be formed.

    revenue, margin, rate (margin/revenue), share (of all revenue), qty, discount_share (discount
    and rebate of list price), unit_price (net revenue a unit). For a cost type besides: cost_type,
    unit_cost, cost_share (of revenue). `rise_share` is how far the reason itself rose: price, cost
    or quantity as a share of what it was at equal quantities and products, the discount in points
    of list price.
    """
    told_facts: dict[str, float | str | None] = {}
    for period in (0, 1):
        numbers = _period_facts(leaves, profile, level, told, is_in, period)
        told_facts |= {f"{name}_{period}": value for name, value in numbers.items()}
    if told in COST_COLUMN:
        told_facts["cost_type"] = told
    risen = float(reason.risen[is_in].sum())
    told_facts["rise_share"] = ratio(risen, float(reason.expected[is_in].sum()))
    return told_facts


def _period_facts(
    leaves: pd.DataFrame,
    profile: MarginProfile,
    level: str | None,
    told: str,
    is_in: np.ndarray,
    period: int,
) -> dict[str, float | None]:
    def of_cell(name: str) -> float:
        return float(amounts(leaves, name, period)[is_in].sum())

    revenue, qty = of_cell(REVENUE), of_cell("qty")
    earned = float(margin(leaves[is_in], profile, level, f"_{period}").sum())
    numbers = {
        "revenue": revenue,
        "margin": earned,
        "rate": ratio(earned, revenue),
        "share": ratio(revenue, float(amounts(leaves, REVENUE, period).sum())),
        "qty": qty,
        "discount_share": ratio(
            of_cell("discount_amount") + of_cell("rebate_amount"), of_cell("list_amount")
        ),
        "unit_price": ratio(revenue, qty),
    }
    if told in COST_COLUMN:
        cost = of_cell(COST_COLUMN[told])
        numbers |= {"unit_cost": ratio(cost, qty), "cost_share": ratio(cost, revenue)}
    return numbers
