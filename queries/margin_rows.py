"""Where the rows of margins come from: the wide mart, or the lines as they were known."""

from __future__ import annotations

from collections.abc import Iterable

from domain.scope import Scope
from queries.opening import Opened, opened
from queries.questions import Question, quoted

# How a line finds the row of an extract whose columns x_* it is drilled by.
_JOINS = {
    "order_lines": "left join known.order_lines as of_lines "
    "on lines.order_line_id = of_lines.order_line_id",
    "customers": "left join known.customers as of_customers "
    "on lines.customer_id = of_customers.customer_id",
    "products": "asof left join (select * replace (case when row_number() over "
    "(partition by product_id order by valid_from) > 1 then valid_from else date '0001-01-01' end "
    "as valid_from) from known.products) as of_products "
    "on lines.product_id = of_products.product_id and lines.invoice_date >= of_products.valid_from",
}


def line_rows(scope: Scope, asked: Question, days: str) -> str:
    """SQL of the order lines that `scope` sees, with the columns x_* that are asked for.

    `days` is the condition on invoice_date. All columns of the mart margin_lines, and line_count.
    """
    version = opened(scope.version)
    flexible = [f"of_{version.flexible[name]}.{quoted(name)}" for name in asked.flexible]
    joins = _joins(version, asked.flexible)
    return (
        f"(select {', '.join(['lines.*', '1 as line_count', *flexible])} "
        f"from {_wide(scope, version)} as lines {joins} "
        f"where {days} and {unit_condition(scope)})"
    )


def unit_condition(scope: Scope) -> str:
    """SQL that keeps the rows of the scope's unit and of all below it."""
    if scope.unit_id is None:
        return "true"
    return "lines.org_unit_id in (select org_unit_id from visible_units)"


def _wide(scope: Scope, version: Opened) -> str:
    known = version.margins_known_at
    return "loaded.margin_lines" if known and known <= scope.as_of else "known.margin_lines"


def _joins(version: Opened, flexible: Iterable[str]) -> str:
    extracts = dict.fromkeys(version.flexible[name] for name in flexible)
    return " ".join(_JOINS[extract] for extract in extracts)
