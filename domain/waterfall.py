"""Waterfall: from list price over discount, rebate and each cost type to the margin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.exact import MICROS, micro
from domain.profile import COST_COLUMN, REVENUE, MarginProfile

Kind = Literal["start", "minus", "plus", "subtotal", "end"]


@dataclass(frozen=True)
class Step:
    """One bar: an amount in reporting currency, negative where it takes away.

    A start, subtotal or end stands on zero and shows where the moves before it have led; a minus
    or plus is a move. `id` is list_amount, discount, rebate, other_reduction, net_revenue, a cost
    type, the level's id, unallocated or margin_after_unallocated.
    """

    id: str
    amount: float
    kind: Kind


def waterfall(
    row: Mapping[str, float],
    profile: MarginProfile,
    level: str | None = None,
    unallocated: float | None = None,
) -> tuple[Step, ...]:
    """The steps to the margin of the level (None: the headline); moves add up exactly.

    `row` has MEASURES: list_amount, discount_amount, rebate_amount, net_revenue_amount and the
    cost columns of the level. Without list prices (all zero or missing) it starts at net revenue.
    What lies between list price less discount and rebate and net revenue is other_reduction.
    `unallocated` is the cost of the level that hangs on no order line, a positive amount; None:
    not asked for. Moves of nothing are left out.
    """
    revenue = micro(row[REVENUE])
    steps = _down_to_revenue(row, revenue)
    costs = {one: micro(row[COST_COLUMN[one]]) for one in profile.level(level).cost_types}
    steps += [_move(cost_type, -cost) for cost_type, cost in costs.items() if cost]
    margin = revenue - sum(costs.values())
    if unallocated is None:
        return (*steps, Step(profile.level(level).id, margin / MICROS, "end"))
    spread = micro(unallocated)
    return (
        *steps,
        Step(profile.level(level).id, margin / MICROS, "subtotal"),
        _move("unallocated", -spread),
        Step("margin_after_unallocated", (margin - spread) / MICROS, "end"),
    )


def _down_to_revenue(row: Mapping[str, float], revenue: int) -> list[Step]:
    listed, discount, rebate = (
        _micro_if_any(row, name) for name in ("list_amount", "discount_amount", "rebate_amount")
    )
    if not listed:
        return [Step("net_revenue", revenue / MICROS, "start")]
    moves = {
        "discount": -discount,
        "rebate": -rebate,
        "other_reduction": revenue - (listed - discount - rebate),
    }
    return [
        Step("list_amount", listed / MICROS, "start"),
        *(_move(name, moved) for name, moved in moves.items() if moved),
        Step("net_revenue", revenue / MICROS, "subtotal"),
    ]


def _move(name: str, moved: int) -> Step:
    return Step(name, moved / MICROS, "plus" if moved > 0 else "minus")


def _micro_if_any(row: Mapping[str, float], name: str) -> int:
    value = row.get(name)
    return micro(value) if value is not None and math.isfinite(value) else 0
