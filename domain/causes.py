"""The largest single causes of a change: the few cells that explain it best, each with its reason.

A scan statistic (after Kulldorff): for each reason and each cell over any subset of the dimensions,
score = (sum r/v)^2 / sum w/v with r what the leaves did beyond the expected (domain.residuals), w
their natural variance up to a factor, close to revenue and more for single large leaves, and v
that factor, measured on the leaves that are left. The best cell is taken, its leaves are put aside
whole, and the rest is scanned again: so no money stands in two causes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from domain.cause_facts import facts, quantity_reason
from domain.profile import REVENUE, MarginProfile
from domain.residuals import Reason, Residuals, amounts, residuals

DIMENSIONS = ("customer", "product", "channel", "rep")
LEAST_SHARE = 0.0005  # of the period's revenue: less than 0.05 points of rate is no cause
_LARGE_LEAF = 0.01  # of all revenue: from about here a leaf's size counts squared
_LIKENED_VARIANCE = 2.0  # a leaf compared with likely values may be off in ways of its own
_LEAST_NOISE = 0.002  # of revenue: what deviates by less is no signal even where nothing else does


@dataclass(frozen=True)
class Cause:
    """One cell and what it did.

    `cell` has the member of one to four dimensions. `amount` is the margin it moved by its reason,
    in reporting currency, beyond how everything moved; `points` what that did to the whole margin
    rate (0.01 is one point; None without revenue). `reason` is price, fx, discount (with
    rebate), a cost type, volume, mix (within the cell), new or lost; `facts` the numbers
    behind it, see domain.cause_facts. `leaf_count` is how many leaves it has.
    """

    cell: dict[str, str]
    amount: float
    points: float | None
    reason: str
    leaf_count: int
    facts: dict[str, float | str | None] = field(default_factory=dict)


def causes(
    leaves: pd.DataFrame,
    profile: MarginProfile,
    level: str | None = None,
    most: int = 5,
    dimensions: tuple[str, ...] = DIMENSIONS,
) -> list[Cause]:
    """At most `most` causes over cells without a common leaf, the clearest first.

    `leaves` has one row per combination of `dimensions` and with _0 and _1 line_count, qty,
    list_amount, discount_amount, rebate_amount, net_revenue_amount and the costs of the level;
    where they are there, uom and local_amount are heeded. A combination may stand in several rows.
    """
    if leaves.empty:
        return []
    found = residuals(leaves, profile, level, dimensions)
    subsets = list(_subsets(leaves, dimensions))
    is_left = np.ones(len(leaves), dtype=bool)
    chosen: list[Cause] = []
    least = LEAST_SHARE * np.abs(amounts(leaves, REVENUE, 1)).sum()
    while len(chosen) < most and is_left.any():
        best = _best(found, subsets, is_left, least)
        if best is None:
            break
        name, names, is_in = best
        chosen.append(_cause(leaves, profile, level, found, name, names, is_in & is_left))
        is_left &= ~is_in
    return chosen


def _subsets(
    leaves: pd.DataFrame, dimensions: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], np.ndarray]]:
    """Every subset, shortest first, and the number of each leaf's cell in it."""
    codes = {one: pd.factorize(leaves[one])[0].astype("int64") for one in dimensions}
    for count in range(1, len(dimensions) + 1):
        for names in combinations(dimensions, count):
            cells = codes[names[0]]
            for name in names[1:]:
                cells = pd.factorize(cells * (codes[name].max() + 1) + codes[name])[0]
            yield names, cells


def _best(
    found: Residuals,
    subsets: list[tuple[tuple[str, ...], np.ndarray]],
    is_left: np.ndarray,
    least: float,
) -> tuple[str, tuple[str, ...], np.ndarray] | None:
    best_score, best = 0.0, None
    for name, reason in found.reasons.items():
        signal, variance = _weighed(found, name, reason, is_left)
        if not signal.any():
            continue
        moved = np.where(is_left, reason.margin, 0)
        for names, cells in subsets:
            scores = _scores(signal, variance, moved, cells, least)
            at = int(np.argmax(scores))
            # A longer name for the same leaves is no better.
            if scores[at] > best_score * (1 + 1e-9):
                best_score, best = float(scores[at]), (name, names, cells == at)
    return best


def _scores(
    signal: np.ndarray, variance: np.ndarray, moved: np.ndarray, cells: np.ndarray, least: float
) -> np.ndarray:
    """The score of each cell; 0 where it moved less than `least`, as most did."""
    amount = np.bincount(cells, weights=moved)
    is_large = np.abs(amount) >= least
    kept = is_large[cells]
    cells = cells[kept]
    summed = np.bincount(cells, weights=signal[kept], minlength=len(amount))
    spread = np.bincount(cells, weights=variance[kept], minlength=len(amount))
    return np.divide(summed**2, spread, out=np.zeros(len(amount)), where=is_large & (spread > 0))


def _weighed(
    found: Residuals, name: str, reason: Reason, is_left: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """r/v and w/v of each leaf that is left, v apart for own and likened leaves."""
    total = found.size.sum()
    weight = found.size**2 + _LARGE_LEAF * total * found.size
    signal, variance = np.zeros(len(weight)), np.zeros(len(weight))
    if total <= 0:
        return signal, variance
    least = _LEAST_NOISE**2 * (found.size**2).sum() / weight.sum()
    groups = ((found.has_own, 1.0), (found.is_likened, _LIKENED_VARIANCE))
    for group, factor in ((is_left, 1.0),) if name == "quantity" else groups:
        counted = group & is_left
        weighed = weight[counted].sum()
        if weighed > 0:
            noise = factor * max((reason.margin[counted] ** 2).sum() / weighed, least)
            signal[counted] = reason.margin[counted] / noise
            variance[counted] = weight[counted] / noise
    return signal, variance


def _cause(
    leaves: pd.DataFrame,
    profile: MarginProfile,
    level: str | None,
    found: Residuals,
    name: str,
    names: tuple[str, ...],
    is_in: np.ndarray,
) -> Cause:
    reason = found.reasons[name]
    amount = float(reason.margin[is_in].sum())
    told = quantity_reason(leaves, found, is_in) if name == "quantity" else name
    first = leaves.loc[is_in, list(names)].iloc[0]
    return Cause(
        {one: str(first[one]) for one in names},
        amount,
        _points(leaves, found, amount, float(reason.revenue[is_in].sum())),
        told,
        int(is_in.sum()),
        facts(leaves, profile, level, reason, told, is_in),
    )


def _points(leaves: pd.DataFrame, found: Residuals, amount: float, revenue: float) -> float | None:
    """The cause's part in the rate bridge: (dM - G0 dR)/S1."""
    before, now = (float(amounts(leaves, REVENUE, period).sum()) for period in (0, 1))
    if before <= 0 or now <= 0:
        return None
    return (amount - float(found.base_margin.sum()) / before * revenue) / now
