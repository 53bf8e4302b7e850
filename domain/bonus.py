"""Bonus of a micro profit unit: a preview that a person can follow line by line.

bonus = pool x (w f(rate / target) + (1 - w) g(other / target)), domain.md section 5.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from domain.curve import Curve
from errors import BadInput

PoolOf = Literal["margin", "revenue", "margin_target"]
Other = Literal["margin", "revenue"]
POOL_OF: dict[PoolOf, str] = {
    "margin": "margin_amount",
    "revenue": "net_revenue_amount",
    "margin_target": "margin_target_amount",
}
OTHER: dict[Other, tuple[str, str]] = {
    "margin": ("margin_amount", "margin_target_amount"),
    "revenue": ("net_revenue_amount", "revenue_target_amount"),
}
Missing = Literal["no_pool", "no_actual", "no_target", "target_not_positive"]
CAUSES = ("rate", "mix", "new", "lost")
_ROUNDING = 1e-9


@dataclass(frozen=True)
class BonusRules:
    """How a bonus is made; from a file by data.bonus.

    `pool_share` (0..1) of what `pool_of` names, never of less than nothing, is the pool.
    `margin_weight` (0..1) is the part that hangs on the margin rate, unless a unit has its own;
    `rate_curve` is f, `other_curve` g, of what `other` names in money. Raises BadInput otherwise.
    """

    pool_of: PoolOf
    pool_share: float
    rate_curve: Curve
    other: Other
    other_curve: Curve
    margin_weight: float = 0.60

    def __post_init__(self) -> None:
        if self.pool_of not in POOL_OF or self.other not in OTHER:
            raise BadInput(
                "The pool or the other score is of something unknown.",
                f"Use {', '.join(POOL_OF)} for the pool, {', '.join(OTHER)} for the other score.",
            )
        if not (0 <= self.pool_share <= 1 and 0 <= self.margin_weight <= 1):
            raise BadInput(
                "The pool's share or the margin weight is out of range.", "Write 0 to 1."
            )


@dataclass(frozen=True)
class Score:
    """One of the two parts: actual / target = attained, its score, its money.

    `uncapped` is the score without the cap. All None from where something is missing on; a part
    without weight is worth 0 whatever is missing.
    """

    weight: float
    actual: float | None
    target: float | None
    attained: float | None
    uncapped: float | None
    score: float | None
    amount: float | None
    missing: Missing | None


@dataclass(frozen=True)
class Bonus:
    """A preview with every step: pool_amount = pool_share x max(pool_base_amount, 0), and
    bonus_amount = rate.amount + other.amount; None where one of them is (its reason is there)."""

    pool_of: PoolOf
    pool_base_amount: float | None
    pool_share: float
    pool_amount: float | None
    rate: Score
    other_of: Other
    other: Score
    bonus_amount: float | None


@dataclass(frozen=True)
class BonusChange:
    """What a change does to a bonus; `parts` add up to `amount`, all None where a bonus is.

    By cause of the rate bridge (CAUSES), `other` (the other score), `pool` (the pool itself).
    """

    before: Bonus
    after: Bonus
    amount: float | None
    parts: Mapping[str, float] | None


def bonus(
    account: Mapping[str, Any], rules: BonusRules, margin_weight: float | None = None
) -> Bonus:
    """The bonus of a unit for its period, as it would be now.

    `account`: a row of unit_accounts, of which it takes net_revenue_amount, margin_amount,
    margin_rate, target_rate, margin_target_amount and revenue_target_amount. `margin_weight`: the
    unit's own bonus_margin_weight (0..1); None or missing: that of the rules. Raises BadInput for
    a weight out of range.
    """
    weight = _known(margin_weight)
    weight = rules.margin_weight if weight is None else weight
    if not 0 <= weight <= 1:
        raise BadInput("The unit's margin weight is out of range.", "Enter 0 to 100 %.")
    base = _known(account[POOL_OF[rules.pool_of]])
    pool = None if base is None else rules.pool_share * max(base, 0.0)
    actual, target = OTHER[rules.other]
    rate = _score(account, "margin_rate", "target_rate", rules.rate_curve, weight, pool)
    other = _score(account, actual, target, rules.other_curve, 1 - weight, pool)
    whole = None if rate.amount is None or other.amount is None else rate.amount + other.amount
    return Bonus(rules.pool_of, base, rules.pool_share, pool, rate, rules.other, other, whole)


def bonus_change(
    before: Bonus, after: Bonus, rate_effects: Mapping[str, float], rules: BonusRules
) -> BonusChange:
    """How the bonus gets from before to after, the targets and the weight being the same.

    `rate_effects`: by cause (CAUSES) the effect on the unit's margin rate from the exact rate
    bridge; they add up to the change of the rate. In this order: the rate's score moves at the
    old pool, split by cause in the ratio of the effects (the curve's mean slope on the way); the
    other score moves at the old pool; then the pool itself. Raises ValueError for effects that do
    not add up.
    """
    if before.bonus_amount is None or after.bonus_amount is None or before.pool_amount is None:
        return BonusChange(before, after, None, None)
    parts = _by_cause(before, after, rate_effects, rules)
    parts["other"] = before.pool_amount * before.other.weight * _gain(before.other, after.other)
    parts["pool"] = _pool_gain(before, after)
    return BonusChange(before, after, after.bonus_amount - before.bonus_amount, parts)


def _score(
    account: Mapping[str, Any],
    actual_key: str,
    target_key: str,
    curve: Curve,
    weight: float,
    pool: float | None,
) -> Score:
    actual, target = _known(account[actual_key]), _known(account[target_key])
    missing = _missing(actual, target, pool)
    if actual is None or target is None or target <= 0:
        amount = None if weight else 0.0
        return Score(weight, actual, target, None, None, None, amount, missing)
    attained = Fraction(actual) / Fraction(target)
    score = float(curve.score(attained))
    amount = pool * weight * score if pool is not None else None
    return Score(
        weight, actual, target, float(attained), float(curve.uncapped(attained)), score, amount,
        missing,
    )  # fmt: skip


def _missing(actual: float | None, target: float | None, pool: float | None) -> Missing | None:
    if target is None:
        return "no_target"
    if target <= 0:
        return "target_not_positive"
    if actual is None:
        return "no_actual"
    return "no_pool" if pool is None else None


def _by_cause(
    before: Bonus, after: Bonus, rate_effects: Mapping[str, float], rules: BonusRules
) -> dict[str, float]:
    """The money of each cause of the rate's score; nothing where the rate has no weight."""
    parts = dict.fromkeys(CAUSES, 0.0)
    start, end, target = before.rate, after.rate, before.rate.target
    if not start.weight or before.pool_amount is None:
        return parts
    if start.attained is None or end.attained is None or not target:
        return parts
    moved = (end.actual or 0.0) - (start.actual or 0.0)
    if abs(math.fsum(rate_effects.values()) - moved) > _ROUNDING:
        raise ValueError("The effects do not add up to the change of the rate.")
    slope = rules.rate_curve.slope(Fraction(start.attained), Fraction(end.attained))
    per_point = before.pool_amount * start.weight * float(slope) / target
    return parts | {cause: per_point * effect for cause, effect in rate_effects.items()}


def _pool_gain(before: Bonus, after: Bonus) -> float:
    scored = sum(each.weight * (each.score or 0.0) for each in (after.rate, after.other))
    return ((after.pool_amount or 0.0) - (before.pool_amount or 0.0)) * scored


def _gain(before: Score, after: Score) -> float:
    return (after.score or 0.0) - (before.score or 0.0)


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
