"""Readings: what a metric says of one unit today, and for how long it has said so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from domain.metrics import Metric
from domain.status import Status
from domain.thresholds import Threshold


@dataclass(frozen=True)
class Reading:
    """One metric of one unit on the last day of its rows.

    `value` is the ratio of sums, `judged` what the limits apply to (in the metric's unit),
    `history` the judged values of all days, oldest first, and `days` for how many days in a row,
    the last included, the status has been as bad as yellow or worse.
    """

    metric: Metric
    unit_id: str | None
    numerator: float | None
    denominator: float | None
    reference: float | None
    value: float | None
    judged: float | None
    cases: int
    at_stake: float | None
    status: Status
    threshold: Threshold
    history: tuple[float | None, ...]
    readable: tuple[bool, ...]
    days: int

    @property
    def is_breach(self) -> bool:
        return self.status in ("red", "yellow")

    @property
    def is_met(self) -> bool:
        """There is nothing left to divide by: what was to be reached has been."""
        is_target = self.metric.shows == "times"
        return is_target and self.denominator is not None and self.denominator <= 0


def read_units(
    metric: Metric, rows: pd.DataFrame, thresholds: Mapping[str | None, Threshold]
) -> dict[str | None, Reading]:
    """A reading for every unit in `rows` (the columns of a metric view, see domain.metrics).

    `thresholds` gives each unit's; under None the company's, which holds where a unit has none.
    """
    ordered = rows.sort_values("day")
    return {
        (unit_id := None if pd.isna(key) else str(key)): _read(
            metric, unit_id, days, thresholds.get(unit_id, thresholds[None])
        )
        for key, days in ordered.groupby("org_unit_id", dropna=False, sort=False)
    }


def _read(metric: Metric, unit_id: str | None, days: pd.DataFrame, threshold: Threshold) -> Reading:
    numerators, denominators = _floats(days["numerator"]), _floats(days["denominator"])
    references = _floats(days["reference_value"])
    cases = [int(count) for count in days["case_count"].fillna(0)]
    judged = [
        metric.judged(*sums)
        for sums in zip(numerators, denominators, references, strict=True)
    ]  # fmt: skip
    statuses = [
        metric.status(value, count, threshold.limits)
        for value, count in zip(judged, cases, strict=True)
    ]
    return Reading(
        metric,
        unit_id,
        numerators[-1],
        denominators[-1],
        references[-1],
        metric.value(numerators[-1], denominators[-1]),
        judged[-1],
        cases[-1],
        _floats(days["at_stake_amount"])[-1],
        statuses[-1],
        threshold,
        tuple(judged),
        tuple(count >= metric.least_cases for count in cases),
        _days_in_breach(statuses),
    )


def _days_in_breach(statuses: list[Status]) -> int:
    days = 0
    for status in reversed(statuses):
        if status not in ("red", "yellow"):
            break
        days += 1
    return days


def _floats(column: pd.Series) -> list[float | None]:
    numbers = (float(value) for value in column.astype("float64"))
    return [number if math.isfinite(number) else None for number in numbers]
