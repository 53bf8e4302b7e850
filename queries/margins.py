"""The views of margins whose SQL depends on what is asked."""

from __future__ import annotations

from domain.dimensions import COST_MEASURES, DIMENSION, MEASURES, REVENUE_MEASURES
from domain.scope import Scope
from errors import BadInput
from queries.composing import NAMES, Composed, Made, Params, asked_of
from queries.margin_rows import days, line_rows, margin_rows
from queries.questions import Question, member_of, period, quoted
from queries.views import PAGE


def margin_by(scope: Scope, params: Params) -> Made:
    """One combination of members with MEASURES, the largest net revenue first."""
    asked = asked_of(scope, params)
    rows = margin_rows(scope, asked, *period(params["first_day"], params["last_day"]))
    return _added_up(asked, rows, MEASURES), asked.bound()


def _margin_by_page(scope: Scope, params: Params) -> Made:
    """margin_by, cut to a page. Of many customers those of the page are found by their revenue
    first, and only they are added up: less than half the time."""
    asked = asked_of(scope, params)
    rows = margin_rows(scope, asked, *period(params["first_day"], params["last_day"]))
    if "customer" not in asked.by:
        return f"{_added_up(asked, rows, MEASURES)} {PAGE}", asked.bound()
    best = f"{_added_up(asked, rows, ('net_revenue_amount',))} {PAGE}"
    members = ", ".join(member_of(name) for name in asked.by)
    names = ", ".join(quoted(name) for name in asked.by)
    is_best = f"({members}) in (select ({names}) from best)"
    return f"with best as ({best}) {_added_up(asked, rows, MEASURES, is_best)}", asked.bound()


def _added_up(asked: Question, rows: str, measures: tuple[str, ...], only: str = "true") -> str:
    sums = ", ".join(_sum(measure) for measure in measures)
    sql = f"select {asked.members()}{sums} from {rows} where {asked.condition()} and {only}"
    if not asked.by:
        return sql
    groups = _numbers(len(asked.by))
    return (
        f"{sql} group by {groups} having sum(line_count) > 0 "
        f"order by net_revenue_amount desc, {groups}"
    )


def _margin_items(scope: Scope, params: Params) -> Made:
    """One customer x product x uom x currency below each combination of members.

    MEASURES and local_amount, net revenue in the line's currency: _0 in the base, _1 in the period.
    """
    asked = asked_of(scope, params)
    in_base = days(*period(params["base_first_day"], params["base_last_day"]))
    in_period = days(*period(params["first_day"], params["last_day"]))
    rows = line_rows(scope, asked, f"{in_base} or {in_period}")
    local = "(net_revenue_amount / fx_rate)::decimal(38, 6) as local_amount"
    sums = ", ".join(
        _sum(measure, condition, suffix)
        for suffix, condition in (("_0", in_base), ("_1", in_period))
        for measure in (*MEASURES, "local_amount")
    )
    groups = _numbers(len(asked.by) + 4)
    sql = (
        f"select {asked.members()}customer_id, product_id, uom, currency, {sums} "
        f"from (select *, {local} from {rows}) as lines where {asked.condition()} "
        f"group by {groups} order by {groups}"
    )
    return sql, asked.bound()


_LINE_IDS = (
    "order_line_id", "order_id", "invoice_date", "customer_id", "product_id", "channel_id",
    "rep_id", "org_unit_id", "profit_unit_id", "project_id",
)  # fmt: skip
_LINE_AMOUNTS = (*REVENUE_MEASURES, *COST_MEASURES, "estimated_amount")
_ORDERS = {
    f"{sign}{name}": f"{name}{' desc' if sign else ''}"
    for name in ("invoice_date", *_LINE_AMOUNTS)
    for sign in ("", "-")
}


def _margin_lines_rows(scope: Scope, params: Params) -> Made:
    """One order line with names and costs, newest first or as `sort` says ("-net_revenue_amount").

    The lines are found and cut to a page before names are joined to them.
    """
    asked = asked_of(scope, params)
    sort = str(params.get("sort") or "-invoice_date")
    if sort not in _ORDERS:
        raise BadInput(f"Lines cannot be sorted by {sort}.", "Choose a column of numbers or days.")
    order = f"order by {_ORDERS[sort]}, order_line_id"
    ids = ", ".join(_LINE_IDS)
    amounts = ", ".join(f"{name}::double as {name}" for name in _LINE_AMOUNTS)
    rows = line_rows(scope, asked, days(*period(params["first_day"], params["last_day"])))
    names = "".join(
        f"left join ({NAMES[name]}) as {name}_names on shown.{DIMENSION[name].column} = "
        f"{name}_names.member "
        for name in ("customer", "product", "channel", "rep")
    )
    return (
        f"with shown as (select {ids}, {amounts} from {rows} where {asked.condition()} {order} "
        f"{PAGE}) select shown.*, customer_names.name as customer_name, "
        "product_names.name as product_name, channel_names.name as channel_name, "
        f"rep_names.name as rep_name from shown {names}{order}"
    ), asked.bound()


def _margin_span(scope: Scope, params: Params) -> Made:
    """One row: first and last invoice day, and how many months have lines; null without lines."""
    rows = line_rows(scope, Question())
    return (
        "select min(invoice_date) as first_day, max(invoice_date) as last_day, "
        f"count(distinct month)::bigint as months from {rows}"
    ), {}


def _sum(measure: str, condition: str = "", suffix: str = "") -> str:
    type_ = "bigint" if measure == "line_count" else "double"
    only = f" filter (where {condition})" if condition else ""
    return f"coalesce(sum({measure}){only}, 0)::{type_} as {measure}{suffix}"


def _numbers(count: int) -> str:
    return ", ".join(str(number + 1) for number in range(count))


_PERIOD = frozenset({"first_day", "last_day"})
VIEWS = {
    "margin_by": Composed(
        margin_by, _PERIOD | {"by", "where"}, frozenset({"where"}), _margin_by_page
    ),
    "margin_items": Composed(
        _margin_items,
        _PERIOD | {"base_first_day", "base_last_day", "by", "where"},
        frozenset({"by", "where"}),
    ),
    "margin_lines_rows": Composed(
        _margin_lines_rows, _PERIOD | {"where", "sort"}, frozenset({"where", "sort"})
    ),
    "margin_span": Composed(_margin_span, frozenset()),
}
