"""What margins are taken apart by, and what is added up: the words of every drill."""

from __future__ import annotations

from dataclasses import dataclass

MOST_DIMENSIONS = 4  # of one question

COST_TYPES = (
    "material", "labor", "manufacturing", "freight", "commission", "service", "warranty",
    "finance", "selling", "allocated",
)  # fmt: skip
REVENUE_MEASURES = (
    "qty", "list_amount", "discount_amount", "rebate_amount", "net_revenue_amount",
)  # fmt: skip
COST_MEASURES = tuple(f"{cost_type}_amount" for cost_type in COST_TYPES)
MEASURES = ("line_count", *REVENUE_MEASURES, *COST_MEASURES, "estimated_amount")


@dataclass(frozen=True)
class Dimension:
    """One way to drill: `column` is where its members stand in the rows of margin_lines."""

    id: str
    column: str


DIMENSIONS = (
    Dimension("customer", "customer_id"),
    Dimension("product", "product_id"),
    Dimension("channel", "channel_id"),
    Dimension("rep", "rep_id"),
    Dimension("customer_cluster", "customer_cluster"),
    Dimension("product_line", "product_line"),
    Dimension("region", "region_id"),
    Dimension("org_unit", "org_unit_id"),
    Dimension("profit_unit", "profit_unit_id"),
    Dimension("project", "project_id"),
    Dimension("month", "month"),
)
DIMENSION = {dimension.id: dimension for dimension in DIMENSIONS}
