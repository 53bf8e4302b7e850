"""A scenario of a quote: its price, cost, lead days and penalty under one selection of clauses."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import pandas as pd

from domain.exact import MICROS, micro
from errors import BadInput

Broken = Literal["no_base", "several_bases", "base_incomplete"]


@dataclass(frozen=True)
class Terms:
    """What a quote is judged by.

    `win_probability` (0..1, None: unknown) is that of the reference scenario. `loss_per_day` is
    what a day of delay costs us, won or lost, besides an agreed penalty (reporting currency, >= 0).
    `promised_days` is the lead time promised, None: nothing is promised and no penalty falls due.
    `floor_rate` is the lowest margin rate allowed, None: no floor. Raises BadInput out of range.
    """

    win_probability: float | None = None
    loss_per_day: float = 0.0
    promised_days: float | None = None
    floor_rate: float | None = None

    def __post_init__(self) -> None:
        p0 = self.win_probability
        if p0 is not None and not 0 <= p0 <= 1:
            raise BadInput("The win probability is out of range.", "Enter 0 to 100 %.")
        if not 0 <= self.loss_per_day < math.inf:
            raise BadInput("The cost of a day is out of range.", "Enter money, 0 or more.")
        if self.promised_days is not None and not 0 <= self.promised_days < math.inf:
            raise BadInput("The promised lead time is out of range.", "Enter days, 0 or more.")


@dataclass(frozen=True)
class Scenario:
    """One selection of clauses; amounts in reporting currency, days of lead time.

    `margin_amount` is price - cost; `late_days` are those over the promised lead time and
    `penalty_amount` what they cost if the deal is won; `margin_after_penalty_amount` is what
    counts from there on, `rate` its share of the price (None where the price is not positive).
    """

    scenario_id: str
    clause_ids: tuple[str, ...]
    price_amount: float
    cost_amount: float
    lead_days: float
    penalty_per_day: float
    late_days: float
    penalty_amount: float
    margin_amount: float
    margin_after_penalty_amount: float
    rate: float | None
    is_below_floor: bool
    is_on_front: bool = False


def by_scenario(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The clause rows of each scenario, by its id."""
    ordered = sorted(rows, key=lambda row: str(row["scenario_id"]))
    return {
        name: list(group) for name, group in groupby(ordered, lambda row: str(row["scenario_id"]))
    }


def broken(rows: Sequence[Mapping[str, Any]]) -> Broken | None:
    """Why a scenario cannot be read; None where it can."""
    bases = [row for row in rows if row["clause_type"] == "base"]
    if len(bases) != 1:
        return "several_bases" if bases else "no_base"
    keys = ("delta_price", "delta_cost", "delta_lead_days")
    return None if all(_is_known(bases[0][key]) for key in keys) else "base_incomplete"


def scenario(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    terms: Terms,
    selected: Collection[str] | None,
) -> Scenario:
    """What one scenario comes to.

    `rows`: its clauses (see options.quote), exactly one of them the base, which always counts.
    `selected`: clause ids that count instead of those marked is_selected.
    """
    counted = [row for row in rows if _counts(row, selected)]
    price, cost, lead, per_day = (
        sum(micro(_number(row[key])) for row in counted)
        for key in ("delta_price", "delta_cost", "delta_lead_days", "penalty_per_day")
    )
    promised = math.inf if terms.promised_days is None else terms.promised_days
    late = max(0.0, lead / MICROS - promised)
    penalty = micro(late * per_day / MICROS)
    kept = price - cost - penalty
    rate = kept / price if price > 0 else None
    return Scenario(
        scenario_id=name,
        clause_ids=tuple(str(row["clause_id"]) for row in counted if row["clause_type"] != "base"),
        price_amount=price / MICROS,
        cost_amount=cost / MICROS,
        lead_days=lead / MICROS,
        penalty_per_day=per_day / MICROS,
        late_days=late,
        penalty_amount=penalty / MICROS,
        margin_amount=(price - cost) / MICROS,
        margin_after_penalty_amount=kept / MICROS,
        rate=rate,
        is_below_floor=_is_below(rate, terms.floor_rate),
    )


def _counts(row: Mapping[str, Any], selected: Collection[str] | None) -> bool:
    if row["clause_type"] == "base":
        return True
    if selected is not None:
        return str(row["clause_id"]) in selected
    return _is_known(row["is_selected"]) and bool(row["is_selected"])


def _is_below(rate: float | None, floor: float | None) -> bool:
    """Whether the floor is broken; a price of nothing breaks any floor."""
    return floor is not None and (rate is None or rate < floor)


def _is_known(value: Any) -> bool:
    return not pd.isna(value)


def _number(value: Any) -> float:
    """A change that was not given changes nothing."""
    return float(value) if _is_known(value) else 0.0
