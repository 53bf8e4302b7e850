"""What the volume of a bridge is counted in, and the exchange rates of its items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from domain.profile import REVENUE

Measure = Literal["qty", "list_amount", "net_revenue_amount"]
LEAST_AMOUNT = 1e-6  # the contract's last place of money
LEAST_QTY = 1e-6  # quantities have no more places: less is a sum that came to nothing


@dataclass(frozen=True)
class Quantities:
    """Per item: quantity of base (`q0`) and period (`q1`), nan where there is none, and `unit`,
    a code: quantities add up within one unit only."""

    q0: np.ndarray
    q1: np.ndarray
    unit: np.ndarray


def measured_by(items: pd.DataFrame) -> Measure:
    """What volume can be counted in: quantities, else value at list prices, else revenue.

    One answer for all items: qty as soon as any has one. Measured by revenue there is no price
    effect: a dearer sale and a bigger one look alike, and what the margin rate does stands under
    cost.
    """
    for measure in ("qty", "list_amount"):
        if any(_column(items, f"{measure}_{period}").any() for period in (0, 1)):
            return measure
    return "net_revenue_amount"


def quantities(items: pd.DataFrame, measure: Measure) -> Quantities:
    """Quantities per unit of measure, or amounts per currency at that currency's own money."""
    if measure == "qty":
        uom = pd.factorize(items["uom"], use_na_sentinel=False)[0]
        q0, q1 = (items[f"qty_{period}"].to_numpy("float64", na_value=np.nan) for period in (0, 1))
        return Quantities(q0, q1, uom)
    currency = pd.factorize(items["currency"], use_na_sentinel=False)[0]
    if measure == "list_amount":
        q0, q1 = (
            _column(items, f"list_amount_{period}") / _currency_rate(items, currency, period)
            for period in (0, 1)
        )
        return Quantities(q0, q1, currency)
    return Quantities(local_amount(items, 0), local_amount(items, 1), currency)


def local_amount(items: pd.DataFrame, period: int) -> np.ndarray:
    """Net revenue in each line's own currency; the reporting one where that is not known."""
    revenue = _column(items, f"{REVENUE}_{period}")
    if f"local_amount_{period}" not in items:
        return revenue
    local = items[f"local_amount_{period}"].to_numpy("float64", na_value=np.nan)
    return np.where(np.isfinite(local), local, revenue)


def exchange_rate(items: pd.DataFrame, period: int) -> np.ndarray:
    """Reporting currency per unit of the item's currency; nan where the sums give none."""
    revenue, local = _column(items, f"{REVENUE}_{period}"), local_amount(items, period)
    return _rate(revenue, local)


def _currency_rate(items: pd.DataFrame, currency: np.ndarray, period: int) -> np.ndarray:
    revenue, local = (
        np.bincount(currency, weights=amounts)
        for amounts in (_column(items, f"{REVENUE}_{period}"), local_amount(items, period))
    )
    rate = _rate(revenue, local)
    return np.where(np.isfinite(rate), rate, 1.0)[currency]


def _rate(revenue: np.ndarray, local: np.ndarray) -> np.ndarray:
    is_rate = (np.sign(revenue) == np.sign(local)) & (np.abs(local) >= LEAST_AMOUNT)
    is_rate &= np.abs(revenue) >= LEAST_AMOUNT
    return np.divide(revenue, local, out=np.full(len(revenue), np.nan), where=is_rate)


def _column(items: pd.DataFrame, name: str) -> np.ndarray:
    if name not in items:
        return np.zeros(len(items))
    return np.nan_to_num(items[name].to_numpy("float64", na_value=np.nan))
