"""Heads of a micro profit unit: reps shared between units by revenue, key talents that stayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from domain.exact import micro


@dataclass(frozen=True)
class Retention:
    """Key talents there on the first day of a period, and how many of them on its last."""

    at_start: int
    at_end: int

    @property
    def rate(self) -> float | None:
        """at_end / at_start; None where there was no key talent."""
        return self.at_end / self.at_start if self.at_start else None


def head_counts(rows: Iterable[Mapping[str, Any]]) -> dict[str, Fraction]:
    """The heads of each unit: every rep is one head, shared by the revenue made in each unit.

    `rows`: one per unit and rep with lines in it (all units, or the shares are wrong), with
    profit_unit_id, rep_id, net_revenue_amount. A unit where a rep's revenue is zero or negative
    gets nothing of that rep; where that is so in all of them, they share the head evenly. Lines
    without a rep are no head. All units together have exactly as many heads as there are reps.
    """
    revenue: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if rep := _key(row["rep_id"]):
            revenue[rep][_key(row["profit_unit_id"])] += micro(row["net_revenue_amount"])
    heads: defaultdict[str, Fraction] = defaultdict(Fraction)
    for by_unit in revenue.values():
        for unit, share in _shares(by_unit).items():
            heads[unit] += share
    return dict(heads)


def retentions(
    rows: Iterable[Mapping[str, Any]], first_day: date, last_day: date
) -> dict[str, Retention]:
    """Of each unit, the key talents who were there at the start and at the end of the period.

    `rows`: as for head_counts, with is_key_talent, leave_date and, where known, hire_date (missing:
    there since before). Who sells for two units counts in both. Somebody who left on or before
    the last day is gone; who left before the first or came after it was not there at the start.
    """
    talents: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        left, hired = _day(row["leave_date"]), _day(row.get("hire_date"))
        was_there = (left is None or left >= first_day) and (hired is None or hired <= first_day)
        if _is_true(row["is_key_talent"]) and was_there:
            stayed = left is None or left > last_day
            talents[_key(row["profit_unit_id"])][_key(row["rep_id"])] = stayed
    return {unit: Retention(len(those), sum(those.values())) for unit, those in talents.items()}


def _shares(by_unit: Mapping[str, int]) -> dict[str, Fraction]:
    positive = {unit: max(amount, 0) for unit, amount in by_unit.items()}
    whole = sum(positive.values())
    if not whole:
        return {unit: Fraction(1, len(by_unit)) for unit in by_unit}
    return {unit: Fraction(amount, whole) for unit, amount in positive.items()}


def _key(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _is_true(value: Any) -> bool:
    return not pd.isna(value) and bool(value)


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
