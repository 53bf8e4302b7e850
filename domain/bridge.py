"""Price, volume, mix, cost and exchange rates: why a margin moved between two periods.

The formulas are those of price-volume-mix on margin, at the finest grain of items that stay, then
summed. With q quantity, R net revenue, C cost, M = R - C of an item and Q the quantity of all
staying items of its unit of measure (0 base, 1 period):

price  = e0 L1 - R0 q1/q0    L: net revenue in the line's currency, e = R/L: its exchange rate
fx     = (e1 - e0) L1
cost   = -(C1 - C0 q1/q0)
volume = M0 (Q1/Q0 - 1)
mix    = M0 (q1/q0 - Q1/Q0)  what is left to the whole number, so that rounding never shows

An item of only one period is new or lost. One that has no quantity, nets to none, or whose unit
has no base quantity (Q0 <= 0) cannot be taken apart: its whole move is other.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.exact import MICROS, micros, summed
from domain.profile import REVENUE, MarginProfile, cost_columns
from domain.quantities import (
    LEAST_AMOUNT,
    LEAST_QTY,
    Measure,
    Quantities,
    exchange_rate,
    measured_by,
    quantities,
)

EFFECTS = ("price", "fx", "volume", "mix", "cost", "new", "lost", "other")
PRICE_PARTS = ("price_list", "price_discount", "price_rebate")
COLUMNS = ("start", *EFFECTS, "end", *PRICE_PARTS)


def bridge(
    items: pd.DataFrame,
    profile: MarginProfile,
    level: str | None = None,
    by: tuple[str, ...] = (),
    measure: Measure | None = None,
) -> pd.DataFrame:
    """The bridge of each combination of `by` (a column each), or of everything in one row.

    `items` has one row per by-members x customer_id x product_id x uom x currency: uom, currency,
    and with _0 (base) and _1 (period) line_count, qty, list_amount, discount_amount,
    rebate_amount, net_revenue_amount, local_amount and the level's costs. Gives COLUMNS in
    reporting currency: start + EFFECTS = end, groups add up to the whole (to the millionth, see
    bridge_micros), and PRICE_PARTS add up to price. `measure` is what volume is counted in, as
    domain.quantities.measured_by finds it unless given.
    """
    found = bridge_micros(items, profile, level, by, measure)
    amounts = found[list(COLUMNS)].astype("float64") / MICROS
    return pd.concat([found[list(by)], amounts], axis=1)


def bridge_micros(
    items: pd.DataFrame,
    profile: MarginProfile,
    level: str | None = None,
    by: tuple[str, ...] = (),
    measure: Measure | None = None,
) -> pd.DataFrame:
    """The same in whole millionths of the reporting currency: it closes exactly."""
    effects = item_effects(items, profile, level, measure or measured_by(items))
    return summed(effects, items[list(by)])


def item_effects(
    items: pd.DataFrame, profile: MarginProfile, level: str | None, measure: Measure
) -> dict[str, np.ndarray]:
    """COLUMNS of each item, in whole millionths."""
    start, end = (margin_micros(items, profile, level, f"_{period}") for period in (0, 1))
    in_base, in_period = (_is_present(items, period) for period in (0, 1))
    counted = quantities(items, measure)
    stays, growth = _comparable(counted, in_base & in_period)
    ratio = np.divide(counted.q1, counted.q0, out=np.zeros(len(items)), where=stays)
    known = {name: micros(part) for name, part in _price(items, ratio, stays).items()}
    known["cost"] = micros(-_cost_rise(items, profile, level, ratio, stays))
    known["volume"] = micros(np.where(stays, start / MICROS * (growth - 1), 0).astype("float64"))
    moved = end - start
    explained = known["price"] + known["fx"] + known["volume"] + known["cost"]
    return {
        **known,
        "start": start,
        "end": end,
        "mix": np.where(stays, moved - explained, 0),
        "new": np.where(in_period & ~in_base, moved, 0),
        "lost": np.where(in_base & ~in_period, moved, 0),
        "other": np.where((in_base == in_period) & ~stays, moved, 0),
        "price_list": known["price"] - known["price_discount"] - known["price_rebate"],
    }


def margin_micros(
    frame: pd.DataFrame, profile: MarginProfile, level: str | None, suffix: str = ""
) -> np.ndarray:
    """The margin of each row in whole millionths; it adds up as the amounts it is made of do."""
    costs = (micros(frame[column]) for column in cost_columns(profile, level, suffix))
    return micros(frame[REVENUE + suffix]) - sum(costs)


def _is_present(items: pd.DataFrame, period: int) -> np.ndarray:
    return items[f"line_count_{period}"].fillna(0).to_numpy() > 0


def _comparable(counted: Quantities, stays: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which items can be taken apart, and Q1/Q0 of each one's unit."""
    q0, q1, unit = np.nan_to_num(counted.q0), np.nan_to_num(counted.q1), counted.unit
    stays = stays & (np.abs(q0) >= LEAST_QTY) & (np.abs(q1) >= LEAST_QTY)
    total0, total1 = (np.bincount(unit, weights=np.where(stays, q, 0)) for q in (q0, q1))
    has_base = total0 >= LEAST_QTY
    growth = np.divide(total1, total0, out=np.zeros(len(total0)), where=has_base)
    return stays & has_base[unit], growth[unit]


def _price(items: pd.DataFrame, ratio: np.ndarray, stays: np.ndarray) -> dict[str, np.ndarray]:
    """price and fx, and of the price what discount and rebate did, each a share of list price."""
    revenue0, revenue1 = (items[f"{REVENUE}_{period}"].to_numpy("float64") for period in (0, 1))
    rate0, rate1 = exchange_rate(items, 0), exchange_rate(items, 1)
    is_rate = np.isfinite(rate0) & np.isfinite(rate1)
    at_base_rate = np.divide(rate0, rate1, out=np.ones(len(items)), where=is_rate)
    fx = revenue1 * (1 - at_base_rate)
    parts = {
        "price": revenue1 - fx - revenue0 * ratio,
        "fx": fx,
        "price_discount": -_share_rise(items, "discount_amount") * at_base_rate,
        "price_rebate": -_share_rise(items, "rebate_amount") * at_base_rate,
    }
    return {name: np.where(stays, part, 0) for name, part in parts.items()}


def _share_rise(items: pd.DataFrame, name: str) -> np.ndarray:
    """What a higher share of list price costs in the period; 0 where there is no list price."""
    listed0, listed1, part0, part1 = (
        items[f"{column}_{period}"].fillna(0).to_numpy("float64")
        for column in ("list_amount", name)
        for period in (0, 1)
    )
    has_list = np.minimum(listed0, listed1) >= LEAST_AMOUNT  # less is a sum that came to nothing
    expected = np.divide(part0, listed0, out=np.zeros(len(items)), where=has_list) * listed1
    return np.where(has_list, part1 - expected, 0)


def _cost_rise(
    items: pd.DataFrame,
    profile: MarginProfile,
    level: str | None,
    ratio: np.ndarray,
    stays: np.ndarray,
) -> np.ndarray:
    cost0, cost1 = (
        items[list(cost_columns(profile, level, f"_{period}"))].to_numpy("float64").sum(axis=1)
        for period in (0, 1)
    )
    return np.where(stays, cost1 - cost0 * ratio, 0)
