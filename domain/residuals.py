"""What each leaf of a change did otherwise than everything did, apart by reason.

A leaf (customer x product x channel x rep) of base and period: its margin moved by its price, its
discount, each of its costs and its quantity. Each is compared with what was to be expected: the
leaf's own unit values of the base, for a leaf without base those that product, customer, channel
and rep make likely; both moved as the typical leaf moved, so that a general rise in prices is
nobody's cause.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from domain.profile import COST_COLUMN, REVENUE, MarginProfile
from domain.quantities import exchange_rate, measured_by

_SHRINK_LEAVES = 2.0  # a member's own level counts for less the fewer leaves it rests on


@dataclass(frozen=True)
class Reason:
    """One reason, leaf by leaf, in reporting currency.

    `margin` is what it moved beyond the expected, `revenue` what of it is revenue, `risen` and
    `expected` its plain change and what that is a share of.
    """

    margin: np.ndarray
    revenue: np.ndarray
    risen: np.ndarray
    expected: np.ndarray


@dataclass(frozen=True)
class Residuals:
    """Reasons by name: price, fx, discount, each cost type of the level, quantity.

    `has_own` are leaves with unit values of their own in the base, `is_likened` those that are
    compared with likely ones; the others speak about quantity only. `size` is each leaf's revenue,
    the larger of the two periods. `growth` is how the quantity of the typical leaf grew (1: not).
    """

    reasons: dict[str, Reason]
    has_own: np.ndarray
    is_likened: np.ndarray
    size: np.ndarray
    growth: float
    base_margin: np.ndarray


def residuals(
    leaves: pd.DataFrame, profile: MarginProfile, level: str | None, dimensions: tuple[str, ...]
) -> Residuals:
    """The reasons of each leaf. `leaves` as domain.causes takes them."""
    expected = _Expected(leaves, dimensions)
    revenue0, revenue1 = (amounts(leaves, REVENUE, period) for period in (0, 1))
    size = np.maximum(np.abs(revenue0), np.abs(revenue1))
    expected_revenue = expected.of(revenue0)
    reasons = _price_reasons(leaves, expected, expected_revenue)
    margin0, margin1 = revenue0.copy(), revenue1.copy()
    expected_margin = expected_revenue.copy()
    for cost_type in profile.level(level).cost_types:
        cost0, cost1 = (amounts(leaves, COST_COLUMN[cost_type], period) for period in (0, 1))
        likely = expected.of(cost0)
        risen = np.where(expected.is_known, cost1 - likely, 0)
        reasons[cost_type] = Reason(-risen, np.zeros(len(risen)), risen, likely)
        margin0, margin1 = margin0 - cost0, margin1 - cost1
        expected_margin -= likely
    centred = {
        name: _beyond_typical(reason, revenue1, expected.is_known)
        for name, reason in reasons.items()
    }
    sold = np.where(expected.is_known, expected_revenue, revenue1)
    growth = _typical_growth(revenue0, sold, expected.has_own)
    earned = np.where(expected.is_known, expected_margin, margin1)
    centred["quantity"] = Reason(
        earned - growth * margin0, sold - growth * revenue0, sold - revenue0, revenue0
    )
    return Residuals(
        centred, expected.has_own, expected.is_known & ~expected.has_own, size, growth, margin0
    )


def amounts(leaves: pd.DataFrame, name: str, period: int) -> np.ndarray:
    """One measure of one period to its last place, 0 where it is not known."""
    values = leaves[f"{name}_{period}"].to_numpy("float64", na_value=np.nan)
    return np.round(np.nan_to_num(values), 6)


class _Expected:
    """What a leaf's amounts would be in the period at the unit values of the base."""

    def __init__(self, leaves: pd.DataFrame, dimensions: tuple[str, ...]) -> None:
        measure = measured_by(leaves)
        self._q0, q1 = (amounts(leaves, measure, period) for period in (0, 1))
        had, has = (amounts(leaves, "line_count", period) > 0 for period in (0, 1))
        self._base = had & (self._q0 > 0)
        self.has_own = self._base & has & (q1 > 0)
        # Only the product makes units comparable; the other dimensions shift its level.
        product = "product" if "product" in dimensions else dimensions[0]
        units = leaves[[product, "uom"]] if "uom" in leaves else leaves[[product]]
        self._product = units.groupby(list(units.columns), dropna=False).ngroup().to_numpy()
        self._others = [pd.factorize(leaves[one])[0] for one in dimensions if one != product]
        self._sold = np.bincount(self._product, weights=np.where(self._base, self._q0, 0))
        self.is_known = self.has_own | (has & (q1 > 0) & (self._sold[self._product] > 0))
        self._q1 = np.where(self.is_known, q1, 0)

    def of(self, base: np.ndarray) -> np.ndarray:
        """`base` (an amount of each leaf in the base) at the quantities of the period."""
        own = np.divide(base, self._q0, out=np.zeros(len(base)), where=self.has_own)
        return np.where(self.has_own, own, self._likely(base)) * self._q1

    def _likely(self, base: np.ndarray) -> np.ndarray:
        """The product's value a unit, times how far each other member lies above it."""
        base = np.where(self._base, base, 0)
        total = np.bincount(self._product, weights=base)
        unit = np.divide(total, self._sold, out=np.zeros(len(total)), where=self._sold > 0)
        likely = unit[self._product]
        fitted = np.where(self._base, likely * self._q0, 0)
        for codes in self._others:
            prior = _SHRINK_LEAVES * np.abs(fitted).sum() / max(self._base.sum(), 1)
            actual = np.bincount(codes, weights=base) + prior
            modelled = np.bincount(codes, weights=fitted) + prior
            factor = np.divide(actual, modelled, out=np.ones(len(actual)), where=modelled > 0)
            factor = np.clip(factor, 0, 5)[codes]
            likely, fitted = likely * factor, fitted * factor
        return likely


def _price_reasons(
    leaves: pd.DataFrame, expected: _Expected, expected_revenue: np.ndarray
) -> dict[str, Reason]:
    """Price, exchange rate, and discount with rebate as shares of list price."""
    revenue, listed = (amounts(leaves, name, 1) for name in (REVENUE, "list_amount"))
    off0, off1 = (
        amounts(leaves, "discount_amount", period) + amounts(leaves, "rebate_amount", period)
        for period in (0, 1)
    )
    likely_list = expected.of(amounts(leaves, "list_amount", 0))
    has_list = expected.is_known & (listed > 0) & (likely_list > 0)
    likely_off = listed * np.divide(
        expected.of(off0), likely_list, out=np.zeros(len(listed)), where=has_list
    )
    discount = np.where(has_list, off1 - likely_off, 0)
    fx = _exchange(leaves, expected)
    price = np.where(expected.is_known, revenue - expected_revenue, 0) + discount - fx
    return {
        "price": Reason(price, price, price, expected_revenue),
        "fx": Reason(fx, fx, fx, expected_revenue),
        "discount": Reason(-discount, -discount, discount, np.where(has_list, listed, 0)),
    }


def _exchange(leaves: pd.DataFrame, expected: _Expected) -> np.ndarray:
    """What the currencies of the lines did to revenue, where both periods give a rate."""
    before, now = exchange_rate(leaves, 0), exchange_rate(leaves, 1)
    is_rate = expected.has_own & np.isfinite(before) & np.isfinite(now)
    base_rate = np.divide(before, now, out=np.ones(len(now)), where=is_rate)
    return amounts(leaves, REVENUE, 1) * (1 - base_rate)


def _beyond_typical(reason: Reason, revenue: np.ndarray, is_known: np.ndarray) -> Reason:
    counted = is_known & (revenue > 0)
    typical = weighted_median(reason.margin[counted] / revenue[counted], revenue[counted])
    shift = typical * np.where(counted, revenue, 0)
    of_revenue = shift if reason.revenue.any() else 0.0
    return Reason(reason.margin - shift, reason.revenue - of_revenue, reason.risen, reason.expected)


def _typical_growth(before: np.ndarray, sold: np.ndarray, stays: np.ndarray) -> float:
    """Of leaves with both periods, weighted by both: large in one is often chance."""
    counted = stays & (before > 0) & (sold > 0)
    if not counted.any():
        return 1.0
    before, sold = before[counted], sold[counted]
    return weighted_median(sold / before, before + sold)


def weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """The value at which half the weight is reached; 0 where there is none."""
    if not len(values):
        return 0.0
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(running, running[-1] / 2)])
