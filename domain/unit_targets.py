"""The target of a period, made of the targets of the spans that it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

Missing = Literal["no_target", "part_of_period", "other_level"]
RATE = "gross_margin_rate"
MARGIN = "gross_margin"
REVENUE = "revenue"


@dataclass(frozen=True)
class Target:
    """A target in reporting currency or, of a rate, 0..1; None with the reason."""

    value: float | None
    missing: Missing | None = None


@dataclass(frozen=True)
class _Span:
    first_day: date
    last_day: date
    value: float

    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def within(self, first_day: date, last_day: date) -> int:
        """The days of the span that lie in a period."""
        common = min(self.last_day, last_day) - max(self.first_day, first_day)
        return max(common.days + 1, 0)


def unit_target(
    rows: Iterable[Mapping[str, Any]], unit_id: str, metric: str, first_day: date, last_day: date
) -> Target:
    """The target of one unit and metric for a period, its days inclusive.

    `rows`: profit_unit_id, metric, target_value, period_start, period_end. A target of just this
    period holds; else the shortest spans that do not overlap are put together: money counts by
    the days of the span that lie in the period, a rate is the mean weighted by those days. Where
    a day of the period has no target there is none: a part would be met too easily.
    """
    spans = [
        _Span(_day(row["period_start"]), _day(row["period_end"]), float(row["target_value"]))
        for row in rows
        if row["profit_unit_id"] == unit_id
        and row["metric"] == metric
        and not pd.isna(row["target_value"])
    ]
    for span in spans:
        if (span.first_day, span.last_day) == (first_day, last_day):
            return Target(span.value)
    taken = _apart([span for span in spans if span.within(first_day, last_day)])
    covered = sum(span.within(first_day, last_day) for span in taken)
    if not covered:
        return Target(None, "no_target")
    if covered < (last_day - first_day).days + 1:
        return Target(None, "part_of_period")
    parts = ((span.value * span.within(first_day, last_day), span.days()) for span in taken)
    if metric == RATE:
        return Target(sum(part for part, _ in parts) / covered)
    return Target(sum(part / days for part, days in parts))


def _apart(spans: Iterable[_Span]) -> list[_Span]:
    """The shortest spans first, each without a day in common with those before it."""
    taken: list[_Span] = []
    for span in sorted(spans, key=lambda each: (each.days(), each.first_day)):
        if not any(span.within(other.first_day, other.last_day) for other in taken):
            taken.append(span)
    return taken


def _day(value: Any) -> date:
    return pd.Timestamp(value).date()
