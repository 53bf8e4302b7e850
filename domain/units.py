"""Micro profit units: each one's profit and loss, heads, key talents and targets.

Every order line belongs to exactly one unit or to none (NO_UNIT), so units close to the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from domain.allocation import NO_UNIT, Allocation, allocate
from domain.exact import MICROS, micros, summed
from domain.heads import HEAD, Retention, head_counts, retentions
from domain.profile import COST_COLUMN, DRIVERS, REVENUE, MarginProfile, cost_columns
from domain.unit_targets import MARGIN, RATE, Missing, Target, unit_target
from domain.unit_targets import REVENUE as REVENUE_METRIC

_COUNTED = (*DRIVERS, "estimated_amount")
Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class UnitAccount:
    """One unit's period; amounts in reporting currency, rates 0..1, None where there is none.

    `direct_amount`, `driven_amount` and `undriven_amount` are costs of no order line (see
    domain.allocation), `contribution_amount` is the margin less those three. `*_gap_*` is actual
    less target; `rate_gap_amount` is what the rate's gap means in money, at this revenue.
    """

    profit_unit_id: str
    line_count: int
    net_revenue_amount: float
    margin_amount: float
    margin_rate: float | None
    estimated_amount: float
    direct_amount: float
    driven_amount: float
    undriven_amount: float
    contribution_amount: float
    head_count: float
    margin_per_head_amount: float | None
    key_talents_at_start: int
    key_talents_at_end: int
    retention_rate: float | None
    revenue_target_amount: float | None
    revenue_target_missing: Missing | None
    revenue_gap_amount: float | None
    margin_target_amount: float | None
    margin_target_missing: Missing | None
    margin_gap_amount: float | None
    target_rate: float | None
    target_rate_missing: Missing | None
    rate_gap_points: float | None
    rate_gap_amount: float | None


def unit_accounts(
    frame: pd.DataFrame,
    heads: pd.DataFrame,
    targets: pd.DataFrame,
    profile: MarginProfile,
    first_day: date,
    last_day: date,
    *,
    level: str | None = None,
    unallocated: pd.DataFrame | None = None,
    unit_ids: Iterable[str] = (),
) -> pd.DataFrame:
    """One row per unit, the lines of no unit last: UnitAccount and the ten `<cost_type>_amount`.

    Columns hold Python values (dtype object), so that what is missing is None and never nan.
    `frame`: margin_by with dimension profit_unit, or finer; `heads`: unit_heads of all units;
    `targets`: unit_targets; `unallocated`: unallocated_costs. `unit_ids` are units that have a
    row even without lines. Targets of margin are of the profile's headline; at another `level`
    they are missing as other_level. Sums are exact: the units add up to total_account.
    """
    measures = _measures(frame, unit_ids)
    spread = allocate(_rows(unallocated), measures, profile, level)
    known = {*measures, *spread.direct, *spread.driven}
    for unit in known - measures.keys():
        measures[unit] = dict.fromkeys(_COUNTED, 0)
    reps = _rows(heads)
    counted, kept = head_counts(reps), retentions(reps, first_day, last_day)
    of_targets = defaultdict[str, list[dict[str, Any]]](list)
    for row in _rows(targets):
        of_targets[row["profit_unit_id"]].append(row)
    accounts = [
        _account(
            unit,
            measures[unit],
            _margin(measures[unit], profile, level),
            spread,
            counted.get(unit, 0),
            kept.get(unit, Retention(0, 0)),
            [
                _target(of_targets[unit], unit, metric, first_day, last_day, profile, level)
                for metric in (REVENUE_METRIC, MARGIN, RATE)
            ],
        )
        for unit in sorted(known, key=lambda each: (each == NO_UNIT, each))
    ]
    return pd.DataFrame(accounts, dtype=object)


def total_account(
    frame: pd.DataFrame,
    heads: pd.DataFrame,
    profile: MarginProfile,
    first_day: date,
    last_day: date,
    *,
    level: str | None = None,
    unallocated: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """The whole as one row like those of unit_accounts, in which a person counts once.

    It is made of the same lines without regard to units; it has no target of its own.
    """
    spread = None if unallocated is None else unallocated.assign(profit_unit_id=NO_UNIT)
    whole = unit_accounts(
        frame.assign(profit_unit=NO_UNIT),
        heads.assign(profit_unit_id=NO_UNIT),
        pd.DataFrame(),
        profile,
        first_day,
        last_day,
        level=level,
        unallocated=spread,
        unit_ids=(NO_UNIT,),
    )
    return _rows(whole)[0]


def _measures(frame: pd.DataFrame, unit_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """By unit, each measure in millionths; the lines of no unit are always there."""
    keys = frame[["profit_unit"]].fillna(NO_UNIT).astype(object)
    rows = summed({name: micros(frame[name]) for name in _COUNTED}, keys).to_dict("records")
    nothing = {unit: dict.fromkeys(_COUNTED, 0) for unit in (*unit_ids, NO_UNIT)}
    found = {row["profit_unit"]: {name: int(row[name]) for name in _COUNTED} for row in rows}
    return nothing | found


def _margin(measure: Mapping[str, int], profile: MarginProfile, level: str | None) -> int:
    return measure[REVENUE] - sum(measure[name] for name in cost_columns(profile, level))


def _target(
    rows: Rows,
    unit: str,
    metric: str,
    first_day: date,
    last_day: date,
    profile: MarginProfile,
    level: str | None,
) -> Target:
    if metric != REVENUE_METRIC and profile.level(level).id != profile.headline:
        return Target(None, "other_level")
    return unit_target(rows, unit, metric, first_day, last_day)


def _account(
    unit: str,
    measure: Mapping[str, int],
    margin: int,
    spread: Allocation,
    heads: int,
    kept: Retention,
    targets: list[Target],
) -> dict[str, Any]:
    revenue_target, margin_target, rate_target = targets
    direct, driven = spread.direct.get(unit, 0), spread.driven.get(unit, 0)
    undriven = spread.undriven if unit == NO_UNIT else 0
    rate = margin / measure[REVENUE] if measure[REVENUE] > 0 else None
    points = _gap(rate, rate_target.value)
    account = UnitAccount(
        profit_unit_id=unit,
        line_count=measure["line_count"] // MICROS,
        net_revenue_amount=measure[REVENUE] / MICROS,
        margin_amount=margin / MICROS,
        margin_rate=rate,
        estimated_amount=measure["estimated_amount"] / MICROS,
        direct_amount=direct / MICROS,
        driven_amount=driven / MICROS,
        undriven_amount=undriven / MICROS,
        contribution_amount=(margin - direct - driven - undriven) / MICROS,
        head_count=heads / HEAD,
        margin_per_head_amount=margin * HEAD / heads / MICROS if heads else None,
        key_talents_at_start=kept.at_start,
        key_talents_at_end=kept.at_end,
        retention_rate=kept.rate,
        revenue_target_amount=revenue_target.value,
        revenue_target_missing=revenue_target.missing,
        revenue_gap_amount=_gap(measure[REVENUE] / MICROS, revenue_target.value),
        margin_target_amount=margin_target.value,
        margin_target_missing=margin_target.missing,
        margin_gap_amount=_gap(margin / MICROS, margin_target.value),
        target_rate=rate_target.value,
        target_rate_missing=rate_target.missing,
        rate_gap_points=points,
        rate_gap_amount=None if points is None else points * measure[REVENUE] / MICROS,
    )
    costs = {column: measure[column] / MICROS for column in COST_COLUMN.values()}
    return asdict(account) | costs


def _gap(actual: float | None, target: float | None) -> float | None:
    return None if actual is None or target is None else actual - target


def _rows(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    """The rows as they stand; of a frame without columns, and without one, there are none."""
    records = [] if frame is None else frame.to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in records]
