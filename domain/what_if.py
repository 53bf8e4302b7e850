"""What-if: the measures of a selection before and after a change of price, cost or mix."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from domain.change import Change
from domain.exact import MICROS, micros, summed
from domain.profile import COST_COLUMN, REVENUE, MarginProfile, margin
from errors import BadInput

PRICED = ("list_amount", "discount_amount", "rebate_amount", REVENUE)
MEASURED = ("qty", *PRICED, *COST_COLUMN.values())
_FIXED = COST_COLUMN["allocated"]
_MOST_GROWTH = 100


def what_if(
    frame: pd.DataFrame, profile: MarginProfile, change: Change, level: str | None = None
) -> pd.DataFrame:
    """Each row before (suffix _0) and after (_1) the change, in the order given.

    `frame`: margin_by, any dimensions (the mix's among them). Gives its other columns as they
    are, then qty, PRICED and the cost columns, margin_amount (of `level`, None: the headline) with
    both suffixes, margin_rate_0 and _1 (None where there is no positive revenue); so it can go
    into a rate bridge as it stands.

    In this order: the mix moves volumes within the members named, their revenue together is kept.
    The price moves list, discount, rebate and net revenue. The discount moves by points of list.
    Costs move by their own per cent only. Volumes are held unless a price elasticity is given:
    then volume goes with (net price after / before) to that power, row by row, and with it all
    amounts; rows without positive net revenue before and after keep theirs. Cost `allocated` never
    follows volume. Raises BadInput where a change cannot be applied to this selection.
    """
    after = frame.copy()
    after[list(MEASURED)] = frame[list(MEASURED)].astype("float64")
    before = after.copy()
    if change.mix:
        _scale(after, _mix_factors(before, change))
    unpriced = after[REVENUE].copy()
    _price(after, change)
    _scale(after, _volume_factors(unpriced, after[REVENUE], change.price_elasticity))
    for cost_type, pct in change.cost_pct.items():
        after[COST_COLUMN[cost_type]] *= 1 + pct
    for name in MEASURED:  # whole millionths, as amounts have them, so that margins add up
        after[name] = (micros(after[name]) / MICROS).astype("float64")
    return _side_by_side(before, after, profile, level)


def summed_by(outcome: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """The outcome of what_if added up by columns of it; one row without any. Sums are exact."""
    names = [f"{name}{suffix}" for name in (*MEASURED, "margin_amount") for suffix in ("_0", "_1")]
    whole = summed({name: micros(outcome[name]) for name in names}, outcome[list(by)])
    whole[names] = (whole[names] / MICROS).astype("float64")
    return _with_rates(whole)


def _side_by_side(
    before: pd.DataFrame, after: pd.DataFrame, profile: MarginProfile, level: str | None
) -> pd.DataFrame:
    outcome = before.drop(columns=[*MEASURED, "estimated_amount"], errors="ignore")
    for frame, suffix in ((before, "_0"), (after, "_1")):
        outcome = outcome.join(frame[list(MEASURED)].add_suffix(suffix))
        outcome[f"margin_amount{suffix}"] = margin(frame, profile, level)
    return _with_rates(outcome)


def _with_rates(outcome: pd.DataFrame) -> pd.DataFrame:
    rates = {
        f"margin_rate{suffix}": pd.Series(
            [
                margin / revenue if revenue > 0 else None
                for margin, revenue in zip(
                    outcome[f"margin_amount{suffix}"], outcome[f"{REVENUE}{suffix}"], strict=True
                )
            ],
            index=outcome.index,
            dtype=object,
        )
        for suffix in ("_0", "_1")
    }
    return outcome.assign(**rates)


def _mix_factors(frame: pd.DataFrame, change: Change) -> pd.Series:
    """By how much the volume of each row is multiplied so that each member has its share."""
    if change.mix_by not in frame.columns:
        raise BadInput(
            f"The selection is not told apart by {change.mix_by}.", "Choose another mix."
        )
    members = frame[change.mix_by].fillna("")
    revenue = {name: math.fsum(frame.loc[members == name, REVENUE]) for name in change.mix}
    whole = math.fsum(revenue.values())
    for name, share in change.mix.items():
        if whole <= 0 or (share and revenue[name] <= 0):
            raise BadInput(
                f"{name or 'What has no member'} has no revenue in this selection that a share "
                "could be made of.",
                "Leave it out of the mix.",
            )
    factors = {
        name: whole * share / revenue[name] if share else 0.0 for name, share in change.mix.items()
    }
    return members.map(factors).fillna(1.0).astype("float64")


def _price(after: pd.DataFrame, change: Change) -> None:
    """Moves price and discount in place; volumes stay."""
    after[list(PRICED)] *= 1 + change.price_pct
    if not change.discount_points:
        return
    whole = math.fsum(after["list_amount"])
    if whole <= 0:
        raise BadInput("The selection has no list prices.", "Change the price instead.")
    more = after["list_amount"] * change.discount_points
    after["discount_amount"] += more
    after[REVENUE] -= more
    if math.fsum(after["discount_amount"]) < 0 or math.fsum(after[REVENUE]) < 0:
        raise BadInput(
            "The discount would be less than nothing or more than the list price.",
            "Enter fewer points.",
        )


def _volume_factors(before: pd.Series, after: pd.Series, elasticity: float) -> pd.Series:
    is_priced = (before > 0) & (after > 0)
    factors = (after / before.where(is_priced, 1.0)).where(is_priced, 1.0) ** elasticity
    if (factors > _MOST_GROWTH).any():
        raise BadInput(
            f"Volume would grow more than {_MOST_GROWTH}-fold.",
            "Change the price less, or enter an elasticity nearer to 0.",
        )
    return factors


def _scale(after: pd.DataFrame, factors: pd.Series) -> None:
    """Moves volumes in place, and with them all that follows volume."""
    names = [name for name in MEASURED if name != _FIXED]
    after[names] = after[names].mul(factors, axis=0)
