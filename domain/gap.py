"""The gap to a target: one per owner, in money, and in points where the target is a rate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from domain.profile import REVENUE, MarginProfile, margin
from domain.status import ratio
from errors import BadInput

# How a target's metric is counted: of which amount, and whether it is a share of revenue.
METRICS: Mapping[str, tuple[str, bool]] = {
    "revenue": (REVENUE, False),
    "gross_margin": ("margin_amount", False),
    "gross_margin_rate": ("margin_amount", True),
}
COLUMNS = (
    "owner_id", "actual", "target", "gap", "gap_amount", "net_revenue_amount", "margin_amount",
)  # fmt: skip

_NOTHING = {REVENUE: 0.0, "margin_amount": 0.0}


def gaps(
    actuals: pd.DataFrame,
    targets: pd.DataFrame,
    metric: str,
    profile: MarginProfile,
    first_day: date,
    last_day: date,
    level: str | None = None,
) -> pd.DataFrame:
    """One row per owner of actuals or targets, largest shortfall first: COLUMNS.

    `actuals` has owner_id, net_revenue_amount and the level's costs, a row per owner, of the days
    from first_day to last_day, both included; `targets` has owner_id, metric, period_start,
    period_end (both included) and target_value, of one owner type. A target of money counts with
    the share of its days that lie in the period and adds up; one of a rate is the mean over those
    days. actual, target and gap are in the metric's unit (a rate: 0.01 is one point), gap_amount
    in reporting currency: for a rate, the gap times revenue. None where there is no target or no
    revenue to form a rate of. An owner without sales has sold nothing. Raises BadInput for a
    metric that is not one of METRICS.
    """
    if metric not in METRICS:
        raise BadInput(f"{metric} has no gap in margin.", f"Choose one of {', '.join(METRICS)}.")
    amount, is_rate = METRICS[metric]
    asked = _target(targets[targets["metric"] == metric], first_day, last_day, is_rate)
    sold = actuals.assign(margin_amount=margin(actuals, profile, level))
    sold = sold.groupby("owner_id")[[REVENUE, "margin_amount"]].sum()
    of_owner = {str(owner): row for owner, row in sold.to_dict("index").items()}
    owners = sorted({*of_owner, *asked})
    rows = [
        _row(owner, of_owner.get(owner, _NOTHING), asked.get(owner), amount, is_rate)
        for owner in owners
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"owner_id": object})
    order = found["gap_amount"].astype("float64").argsort(kind="stable")  # no gap: last
    return found.iloc[order.to_numpy()].reset_index(drop=True)


def _row(
    owner: str, sold: Mapping[Any, float], asked: float | None, amount: str, is_rate: bool
) -> dict[str, str | float | None]:
    revenue = sold[REVENUE]
    actual = ratio(sold[amount], revenue if revenue > 0 else None) if is_rate else sold[amount]
    gap = actual - asked if actual is not None and asked is not None else None
    money = gap * revenue if gap is not None and is_rate else gap
    return {"owner_id": owner, "actual": actual, "target": asked, "gap": gap} | {
        "gap_amount": money, REVENUE: revenue, "margin_amount": sold["margin_amount"],
    }  # fmt: skip


def _target(
    targets: pd.DataFrame, first_day: date, last_day: date, is_rate: bool
) -> dict[str, float]:
    """Each owner's target of the period."""
    start = pd.to_datetime(targets["period_start"])
    end = pd.to_datetime(targets["period_end"])
    first, last = pd.Timestamp(first_day), pd.Timestamp(last_day)
    within = end.where(end < last, last) - start.where(start > first, first)
    days = (within.dt.days + 1).clip(lower=0)
    weight = days if is_rate else days / ((end - start).dt.days + 1)
    counted = pd.DataFrame(
        {
            "owner_id": targets["owner_id"],
            "asked": targets["target_value"].astype("float64") * weight,
            "weight": weight,
        }
    )[(days > 0) & targets["target_value"].notna()]
    summed = counted.groupby("owner_id")[["asked", "weight"]].sum()
    asked = summed["asked"] / summed["weight"] if is_rate else summed["asked"]
    return {str(owner): float(value) for owner, value in asked.items()}
