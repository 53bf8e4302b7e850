"""Project cost sheet: what is posted, what is estimated, what is to come, and the margins of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from domain.exact import MICROS, micro
from domain.profile import COST_TYPES, MarginProfile


@dataclass(frozen=True)
class ProjectCost:
    """One cost type of a project; amounts in reporting currency.

    `to_come_amount` are quantities without an amount at today's dated price, `priced_before_amount`
    the same quantities at the price before its latest change, `repricing_amount` what that change
    adds to the cost. `unpriced_count` quantities have no price and are in none of the amounts.
    `is_counted`: the margin level takes this cost type off.
    """

    cost_type: str
    actual_amount: float
    estimated_amount: float
    to_come_amount: float
    priced_before_amount: float
    repricing_amount: float
    unpriced_count: int
    is_counted: bool


@dataclass(frozen=True)
class ProjectSheet:
    """One project. The amounts are of the cost types that the margin level counts.

    margin_now = net revenue - actual - estimated; expected = margin_now - to come at today's
    prices; expected_before at the prices before the latest change; repricing_amount = expected -
    expected_before, what the change of prices does to the margin. Expected margins are None while
    `unpriced_count` counted quantities have no price. Rates are None without positive revenue.
    """

    project_id: str
    net_revenue_amount: float
    actual_amount: float
    estimated_amount: float
    to_come_amount: float
    priced_before_amount: float
    unpriced_count: int
    margin_now_amount: float
    margin_now_rate: float | None
    expected_before_amount: float | None
    expected_amount: float | None
    expected_rate: float | None
    repricing_amount: float
    costs: tuple[ProjectCost, ...]


def project_sheets(
    rows: Iterable[Mapping[str, Any]], profile: MarginProfile, level: str | None = None
) -> tuple[ProjectSheet, ...]:
    """The sheet of each project, by project_id, at a margin level (None: the headline).

    `rows`: project_costs, one per project and cost type (an empty one where a project has revenue
    only), with actual_amount, estimated_amount, to_come_amount, priced_before_amount (missing:
    nothing), unpriced_count, and net_revenue_amount, which is of the whole project in each row.
    """
    counted = profile.level(level).cost_types
    ordered = sorted(rows, key=lambda row: str(row["project_id"]))
    return tuple(
        _sheet(project, list(group), counted)
        for project, group in groupby(ordered, lambda row: str(row["project_id"]))
    )


def _sheet(project: str, rows: list[Mapping[str, Any]], counted: tuple[str, ...]) -> ProjectSheet:
    revenue = _micro(rows[0]["net_revenue_amount"])
    costs = [_cost(row, counted) for row in rows if row["cost_type"]]
    costs.sort(key=lambda cost: COST_TYPES.index(cost.cost_type))
    in_level = [cost for cost in costs if cost.is_counted]
    actual = sum(micro(cost.actual_amount) for cost in in_level)
    estimated = sum(micro(cost.estimated_amount) for cost in in_level)
    to_come = sum(micro(cost.to_come_amount) for cost in in_level)
    before = sum(micro(cost.priced_before_amount) for cost in in_level)
    unpriced = sum(cost.unpriced_count for cost in in_level)
    margin = revenue - actual - estimated
    return ProjectSheet(
        project_id=project,
        net_revenue_amount=revenue / MICROS,
        actual_amount=actual / MICROS,
        estimated_amount=estimated / MICROS,
        to_come_amount=to_come / MICROS,
        priced_before_amount=before / MICROS,
        unpriced_count=unpriced,
        margin_now_amount=margin / MICROS,
        margin_now_rate=margin / revenue if revenue > 0 else None,
        expected_before_amount=None if unpriced else (margin - before) / MICROS,
        expected_amount=None if unpriced else (margin - to_come) / MICROS,
        expected_rate=None if unpriced or revenue <= 0 else (margin - to_come) / revenue,
        repricing_amount=(before - to_come) / MICROS,
        costs=tuple(costs),
    )


def _cost(row: Mapping[str, Any], counted: tuple[str, ...]) -> ProjectCost:
    to_come, before = _micro(row["to_come_amount"]), _micro(row["priced_before_amount"])
    return ProjectCost(
        cost_type=str(row["cost_type"]),
        actual_amount=_micro(row["actual_amount"]) / MICROS,
        estimated_amount=_micro(row["estimated_amount"]) / MICROS,
        to_come_amount=to_come / MICROS,
        priced_before_amount=before / MICROS,
        repricing_amount=(to_come - before) / MICROS,
        unpriced_count=int(row["unpriced_count"]),
        is_counted=row["cost_type"] in counted,
    )


def _micro(value: Any) -> int:
    """Millionths; an amount that is missing is of nothing posted."""
    return 0 if pd.isna(value) else micro(value)
