"""Why a margin rate moved: what the rates of cells did, and how revenue moved between cells.

With R revenue and M margin of a cell, S total revenue, g = M/R and G = total M/S (0 base,
1 period):

a cell with base revenue   rate = (M1 - g0 R1)/S1, mix = (R1/S1 - R0/S0)(g0 - G0)
a cell without             new = (M1 - G0 R1)/S1, lost = -(M0 - G0 R0)/S0
a cell that is gone        lost = -(M0 - G0 R0)/S0 only

The effects of all cells add up to G1 - G0 exactly: they are counted in whole millionths of a
millionth, and each cell's whole move is the difference of running totals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from domain.bridge import margin_micros
from domain.exact import micros, summed, wholes
from domain.profile import REVENUE, MarginProfile

RATE_EFFECTS = ("rate", "mix", "new", "lost")
PICOS = 10**12
NoRate = Literal["no_base_revenue", "no_period_revenue"]


@dataclass(frozen=True)
class RateBridge:
    """From the rate of the base to that of the period, as shares (0.01 is one point).

    `start` and `end` are None, and `groups` is empty, where revenue of either period is not above
    zero: there is no rate then, and `missing` says of which. `picos` holds the same as `groups` in
    whole 1e-12: start + all RATE_EFFECTS = end to the last digit.
    """

    start: float | None
    end: float | None
    picos: pd.DataFrame
    by: tuple[str, ...] = ()
    missing: NoRate | None = None

    @property
    def groups(self) -> pd.DataFrame:
        """RATE_EFFECTS and their `total`, one row per combination of `by`."""
        shares = self.picos[[*RATE_EFFECTS, "total"]].astype("float64") / PICOS
        return pd.concat([self.picos[list(self.by)], shares], axis=1)


def rate_bridge(
    cells: pd.DataFrame,
    profile: MarginProfile,
    level: str | None = None,
    by: tuple[str, ...] = (),
) -> RateBridge:
    """The rate bridge over all `cells`, one row per cell, summed for each combination of `by`.

    `cells` has net_revenue_amount and the level's costs with _0 (base) and _1 (period), and the
    columns of `by`. What is a rate effect and what mix depends on the grain of the cells.
    """
    revenue = [micros(cells[f"{REVENUE}_{period}"]) for period in (0, 1)]
    margin = [margin_micros(cells, profile, level, f"_{period}") for period in (0, 1)]
    total = [int(one.sum()) for one in revenue]
    if min(total) <= 0:
        missing: NoRate = "no_base_revenue" if total[0] <= 0 else "no_period_revenue"
        nothing = pd.DataFrame(columns=[*by, *RATE_EFFECTS, "total"])
        return RateBridge(None, None, nothing, by, missing)
    effects = _effects(revenue, margin, total)
    start = round(int(margin[0].sum()) / total[0] * PICOS)
    end = start + sum(int(one) for one in effects["total"])
    return RateBridge(start / PICOS, end / PICOS, summed(effects, cells[list(by)]), by)


def _effects(
    revenue: list[np.ndarray], margin: list[np.ndarray], total: list[int]
) -> dict[str, np.ndarray]:
    rate_before = int(margin[0].sum()) / total[0]
    moved = np.diff(_running_moves(revenue, margin, total, rate_before), prepend=0)
    base, now = (one.astype("float64") for one in revenue)
    had, is_gone = base != 0, (revenue[1] == 0) & (margin[1] == 0)
    stays = had & ~is_gone
    own = np.divide(margin[0].astype("float64"), base, out=np.zeros(len(base)), where=had)
    rate = _wholes_of((margin[1].astype("float64") - own * now) / total[1], stays)
    new = _wholes_of((margin[1].astype("float64") - rate_before * now) / total[1], ~had & ~is_gone)
    return {
        "rate": rate,
        "mix": np.where(stays, moved - rate, 0),
        "new": new,
        "lost": np.where(stays, 0, moved - new),
        "total": moved,
    }


def _running_moves(
    revenue: list[np.ndarray], margin: list[np.ndarray], total: list[int], rate_before: float
) -> np.ndarray:
    """What the cells so far have moved; the last is the whole difference of the two rates."""
    base_revenue, base_margin, now_revenue, now_margin = (
        np.cumsum(one[period]).astype("float64") / total[period]
        for period in (0, 1)
        for one in (revenue, margin)
    )
    return wholes(now_margin - base_margin - rate_before * (now_revenue - base_revenue), PICOS)


def _wholes_of(shares: np.ndarray, where: np.ndarray) -> np.ndarray:
    return wholes(np.where(where, shares, 0), PICOS)
