"""Heads of a micro profit unit: reps shared between units by revenue, key talents that stayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from domain.allocation import apportion
from domain.exact import micros

HEAD = 10**12  # parts of one head, so that shares add up exactly


@dataclass(frozen=True)
class Retention:
    """Key talents there on the first day of a period, and how many of them on its last."""

    at_start: int
    at_end: int

    @property
    def rate(self) -> float | None:
        """at_end / at_start; None where there was no key talent."""
        return self.at_end / self.at_start if self.at_start else None


def head_counts(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The heads of each unit in parts of HEAD: every rep is one, shared by the revenue in each.

    `rows`: one per unit and rep with lines in it (all units, or the shares are wrong), with
    profit_unit_id, rep_id, net_revenue_amount. A unit where a rep's revenue is zero or negative
    gets nothing of that rep; where that is so in all of them, they share the head evenly. Lines
    without a rep are no head. All units together have exactly as many heads as there are reps.
    """
    revenue: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row, amount in zip(rows, micros([row["net_revenue_amount"] for row in rows]), strict=True):
        if rep := _key(row["rep_id"]):
            revenue[rep][_key(row["profit_unit_id"])] += int(amount)
    heads: defaultdict[str, int] = defaultdict(int)
    for by_unit in revenue.values():
        for unit, part in _parts(by_unit).items():
            heads[unit] += part
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
        if not _is_true(row["is_key_talent"]):
            continue
        left, hired = _day(row["leave_date"]), _day(row.get("hire_date"))
        if (left is None or left >= first_day) and (hired is None or hired <= first_day):
            stayed = left is None or left > last_day
            talents[_key(row["profit_unit_id"])][_key(row["rep_id"])] = stayed
    return {unit: Retention(len(those), sum(those.values())) for unit, those in talents.items()}


def _parts(by_unit: Mapping[str, int]) -> dict[str, int]:
    positive = {unit: max(amount, 0) for unit, amount in by_unit.items()}
    return apportion(HEAD, positive if any(positive.values()) else dict.fromkeys(by_unit, 1))


def _key(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _is_true(value: Any) -> bool:
    return not pd.isna(value) and bool(value)


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
