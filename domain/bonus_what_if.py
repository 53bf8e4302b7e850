"""What a unit's bonus becomes under a what-if, told by what moves its margin rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from domain.bonus import CAUSES, BonusChange, BonusRules, bonus, bonus_change
from domain.bridge import margin_micros
from domain.exact import MICROS, micros
from domain.profile import REVENUE, MarginProfile
from domain.rate_bridge import rate_bridge


def bonus_under(
    outcome: pd.DataFrame,
    account: Mapping[str, Any],
    profile: MarginProfile,
    rules: BonusRules,
    margin_weight: float | None = None,
) -> BonusChange:
    """The bonus before and after, and the change by cause; the targets stay.

    `outcome`: what what_if gave for all lines of the unit, in the cells between which a rate and a
    mix effect are told apart (products, say); lines that the change leaves alone belong to it,
    with Change(). `account`: the unit's row of unit_accounts, for its targets. The margin is the
    profile's headline, which the targets are of. `margin_weight`: as for bonus.
    """
    before, after = (
        bonus({**account, **_actual(outcome, profile, suffix)}, rules, margin_weight)
        for suffix in ("_0", "_1")
    )
    groups = rate_bridge(outcome, profile).groups
    effects = {cause: float(groups[cause].sum()) for cause in CAUSES}
    return bonus_change(before, after, effects, rules)


def _actual(outcome: pd.DataFrame, profile: MarginProfile, suffix: str) -> dict[str, Any]:
    revenue = int(micros(outcome[REVENUE + suffix]).sum())
    earned = int(margin_micros(outcome, profile, None, suffix).sum())
    return {
        REVENUE: revenue / MICROS,
        "margin_amount": earned / MICROS,
        "margin_rate": earned / revenue if revenue > 0 else None,
    }
