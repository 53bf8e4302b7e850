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
    adds to the cost. `unpriced_count` quantities have no price and are in none of these three,
    which are None where that leaves nothing.
    `is_counted`: the margin level takes this cost type off.
    """

    cost_type: str
    actual_amount: float
    estimated_amount: float
    to_come_amount: float | None
    priced_before_amount: float | None
    repricing_amount: float | None
    unpriced_count: int
    is_counted: bool


@dataclass(frozen=True)
class ProjectSheet:
    """One project. The amounts are of the cost types that the margin level counts.

    margin_now = net revenue - actual - estimated; expected = margin_now - to come at today's
    prices; expected_before at the prices before the latest change; repricing_amount = expected -
    expected_before, what the change of prices does to the margin. While `unpriced_count` counted
    quantities have no price, what is to come and expected is None, and repricing_amount is of
    those that have one (None: none has). Rates are None without positive revenue.
    """

    project_id: str
    net_revenue_amount: float
    actual_amount: float
    estimated_amount: float
    to_come_amount: float | None
    priced_before_amount: float | None
    unpriced_count: int
    margin_now_amount: float
    margin_now_rate: float | None
    expected_before_amount: float | None
    expected_amount: float | None
    expected_rate: float | None
    repricing_amount: float | None
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
    costs = [_cost(row, counted) for row in rows if row["cost_type"]]
    costs.sort(key=lambda cost: COST_TYPES.index(cost.cost_type))
    in_level = [cost for cost in costs if cost.is_counted]
    unpriced = sum(cost.unpriced_count for cost in in_level)
    actual = _sum(cost.actual_amount for cost in in_level)
    estimated = _sum(cost.estimated_amount for cost in in_level)
    to_come = None if unpriced else _sum(cost.to_come_amount for cost in in_level)
    before = None if unpriced else _sum(cost.priced_before_amount for cost in in_level)
    revenue = _micro(rows[0]["net_revenue_amount"])
    margin = revenue - actual - estimated
    expected = None if to_come is None else margin - to_come
    nothing_priced = unpriced and all(cost.repricing_amount is None for cost in in_level)
    more = None if nothing_priced else _sum(cost.repricing_amount for cost in in_level)
    return ProjectSheet(
        project_id=project,
        net_revenue_amount=revenue / MICROS,
        actual_amount=actual / MICROS,
        estimated_amount=estimated / MICROS,
        to_come_amount=_amount(to_come),
        priced_before_amount=_amount(before),
        unpriced_count=unpriced,
        margin_now_amount=margin / MICROS,
        margin_now_rate=margin / revenue if revenue > 0 else None,
        expected_before_amount=_amount(None if before is None else margin - before),
        expected_amount=_amount(expected),
        expected_rate=None if expected is None or revenue <= 0 else expected / revenue,
        repricing_amount=_amount(None if more is None else -more),
        costs=tuple(costs),
    )


def _cost(row: Mapping[str, Any], counted: tuple[str, ...]) -> ProjectCost:
    unpriced = int(row["unpriced_count"])
    is_known = not (unpriced and pd.isna(row["to_come_amount"]))
    to_come, before = _micro(row["to_come_amount"]), _micro(row["priced_before_amount"])
    return ProjectCost(
        cost_type=str(row["cost_type"]),
        actual_amount=_micro(row["actual_amount"]) / MICROS,
        estimated_amount=_micro(row["estimated_amount"]) / MICROS,
        to_come_amount=to_come / MICROS if is_known else None,
        priced_before_amount=before / MICROS if is_known else None,
        repricing_amount=(to_come - before) / MICROS if is_known else None,
        unpriced_count=unpriced,
        is_counted=row["cost_type"] in counted,
    )


def _sum(amounts: Iterable[float | None]) -> int:
    """Millionths of all that is known, added up."""
    return sum(micro(amount) for amount in amounts if amount is not None)


def _amount(millionths: int | None) -> float | None:
    return None if millionths is None else millionths / MICROS


def _micro(value: Any) -> int:
    """Millionths; an amount that is missing is of nothing posted."""
    return 0 if pd.isna(value) else micro(value)
