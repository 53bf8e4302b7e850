"""The views of margins whose SQL depends on what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.dimensions import COST_MEASURES, DIMENSION, MEASURES, REVENUE_MEASURES
from domain.scope import Scope
from errors import BadInput
from queries.margin_rows import line_rows
from queries.opening import opened
from queries.questions import Question, member_of, period, question
from queries.views import PAGE, View

Params = Mapping[str, object]
Made = tuple[str, dict[str, object]]
_IN_PERIOD = "lines.invoice_date between $first_day and $last_day"
_IN_BASE = "lines.invoice_date between $base_first_day and $base_last_day"


@dataclass(frozen=True)
class Composed:
    """A view made for each question: `make` gives its SQL and what is bound to it."""

    make: Callable[[Scope, Params], Made]
    parameters: frozenset[str]
    optional: frozenset[str] = frozenset()


def composed(name: str, scope: Scope, params: dict[str, object]) -> tuple[View, dict[str, object]]:
    """The view of COMPOSED for this question, and what is bound; BadInput where it is unsound."""
    found = COMPOSED[name]
    lacking = found.parameters - found.optional - params.keys()
    unknown = params.keys() - found.parameters
    if unknown or lacking:
        raise BadInput(f"{name} needs {sorted(lacking)} and does not know {sorted(unknown)}.")
    sql, bound = found.make(scope, params)
    return View(name, sql, frozenset({"margin_lines"}), frozenset(bound), frozenset(), ()), bound


def _margin_by(scope: Scope, params: Params) -> Made:
    """One combination of members with MEASURES, the largest net revenue first."""
    asked, bound = _asked(scope, params)
    groups = _numbers(len(asked.by))
    last = f"group by {groups} order by net_revenue_amount desc, {groups}" if groups else ""
    rows = line_rows(scope, asked, _IN_PERIOD)
    sums = ", ".join(_sum(measure) for measure in MEASURES)
    return f"select {asked.members()}{sums} from {rows} where {asked.condition()} {last}", bound


def _margin_items(scope: Scope, params: Params) -> Made:
    """One customer x product x uom x currency below each combination of members.

    MEASURES and local_amount, net revenue in the line's currency: _0 in the base, _1 in the period.
    """
    asked, bound = _asked(scope, params)
    bound["base_first_day"], bound["base_last_day"] = period(
        params["base_first_day"], params["base_last_day"]
    )
    rows = line_rows(scope, asked, f"({_IN_PERIOD} or {_IN_BASE})")
    local = "(net_revenue_amount / fx_rate)::decimal(38, 6) as local_amount"
    sums = ", ".join(
        _sum(measure, days.replace("lines.", ""), suffix)
        for suffix, days in (("_0", _IN_BASE), ("_1", _IN_PERIOD))
        for measure in (*MEASURES, "local_amount")
    )
    groups = _numbers(len(asked.by) + 4)
    sql = (
        f"select {asked.members()}customer_id, product_id, uom, currency, {sums} "
        f"from (select *, {local} from {rows}) where {asked.condition()} "
        f"group by {groups} order by {groups}"
    )
    return sql, bound


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
    asked, bound = _asked(scope, params)
    sort = str(params.get("sort") or "-invoice_date")
    if sort not in _ORDERS:
        raise BadInput(f"Lines cannot be sorted by {sort}.", "Choose a column of numbers or days.")
    order = f"order by {_ORDERS[sort]}, order_line_id"
    ids = ", ".join(_LINE_IDS)
    amounts = ", ".join(f"{name}::double as {name}" for name in _LINE_AMOUNTS)
    rows = line_rows(scope, asked, _IN_PERIOD)
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
    ), bound


# SQL of what members of a dimension are called, where that is not the member itself.
NAMES = {
    "customer": "select customer_id as member, name from known.customers",
    "product": "select product_id as member, arg_max(name, valid_from) as name "
    "from known.products group by product_id",
    "channel": "select channel_id as member, name from known.channels",
    "rep": "select rep_id as member, arg_max(name, valid_from) as name "
    "from known.reps group by rep_id",
    "region": "select org_unit_id as member, name from known.org_units",
    "org_unit": "select org_unit_id as member, name from known.org_units",
    "profit_unit": "select profit_unit_id as member, arg_max(name, valid_from) as name "
    "from known.profit_units group by profit_unit_id",
}


def _sum(measure: str, days: str = "", suffix: str = "") -> str:
    type_ = "bigint" if measure == "line_count" else "double"
    only = f" filter (where {days})" if days else ""
    return f"coalesce(sum({measure}){only}, 0)::{type_} as {measure}{suffix}"


def _numbers(count: int) -> str:
    return ", ".join(str(number + 1) for number in range(count))


def _asked(scope: Scope, params: Params) -> tuple[Question, dict[str, object]]:
    """The question of the parameters, and what its SQL is to be bound to."""
    asked = question(
        params.get("by", ()), params.get("where", ()), opened(scope.version).flexible
    )
    first, last = period(params["first_day"], params["last_day"])
    return asked, {**asked.bound(), "first_day": first, "last_day": last}


_PERIOD = frozenset({"first_day", "last_day"})
COMPOSED = {
    "margin_by": Composed(_margin_by, _PERIOD | {"by", "where"}, frozenset({"where"})),
    "margin_items": Composed(
        _margin_items,
        _PERIOD | {"base_first_day", "base_last_day", "by", "where"},
        frozenset({"by", "where"}),
    ),
    "margin_lines_rows": Composed(
        _margin_lines_rows, _PERIOD | {"where", "sort"}, frozenset({"where", "sort"})
    ),
}
