"""The drills as one would ask them of the raw Parquet: lines joined with their costs."""

from __future__ import annotations

import duckdb

from data.versions import Version
from domain.dimensions import COST_TYPES
from settings import settings

_MEMBERS = {
    "customer": "lines.customer_id",
    "product": "lines.product_id",
    "channel": "lines.channel_id",
    "rep": "lines.rep_id",
    "org_unit": "lines.org_unit_id",
    "project": "coalesce(lines.project_id, '')",
    "customer_cluster": "customers.customer_cluster",
    "product_line": "products.product_line",
    "region": "units.parent_id",
    "profit_unit": "coalesce(of_clusters.profit_unit_id, of_lines.profit_unit_id)",
    "month": "date_trunc('month', lines.invoice_date)::date::varchar",
}
_JOINS = {
    "customer_cluster": "left join customers on lines.customer_id = customers.customer_id",
    "product_line": "left join products on lines.product_id = products.product_id",
    "region": "left join org_units as units on lines.org_unit_id = units.org_unit_id",
    "profit_unit": "left join customers as buyers on lines.customer_id = buyers.customer_id "
    "left join products as sold on lines.product_id = sold.product_id "
    "left join profit_units as of_clusters on of_clusters.match_value = buyers.customer_cluster "
    "left join profit_units as of_lines on of_lines.match_value = sold.product_line",
}
_AMOUNTS = {
    "qty": "qty::decimal(18, 6)",
    "list_amount": "list_amount",
    "discount_amount": "discount_amount",
    "rebate_amount": "rebate_amount",
    "net_revenue_amount": "net_revenue",
}
_COSTS = [*(f"{cost_type}_amount" for cost_type in COST_TYPES), "estimated_amount"]
_SPENT = ", ".join(
    [
        *(
            f"sum(amount) filter (where cost_type = '{cost_type}') as {cost_type}_amount"
            for cost_type in COST_TYPES
        ),
        "sum(amount) filter (where is_estimate) as estimated_amount",
    ]
)


def connect(version: Version) -> duckdb.DuckDBPyConnection:
    """A view of each extract on its Parquet."""
    con = duckdb.connect()
    con.execute(f"set memory_limit = '{settings().memory_limit}'")
    con.execute("set temp_directory = $folder", {"folder": str(version.path.parent / ".raw")})
    for name in version.extracts:
        con.execute(f"create view {name} as from read_parquet('{version.path}/{name}/*.parquet')")
    return con


def raw_sql(
    by: tuple[str, ...], where: tuple[tuple[str, tuple[str, ...]], ...], has_postings: bool
) -> str:
    """The question, its first and last day to be bound: filtered first, then joined with costs."""
    needed = dict.fromkeys((*by, *(name for name, _ in where)))
    joins = " ".join(_JOINS[name] for name in needed if name in _JOINS)
    filters = ["lines.invoice_date between ? and ?"]
    filters += [f"{_MEMBERS[name]} in {_texts(members)}" for name, members in where]
    members = "".join(f"{_MEMBERS[name]} as {name}, " for name in by)
    asked = (
        f"with asked as (select {members}lines.* from order_lines as lines {joins} "
        f"where {' and '.join(filters)})"
    )
    groups = "".join(f"{name}, " for name in by)
    sums = [f"coalesce(sum({sql}), 0)::double as {name}" for name, sql in _AMOUNTS.items()]
    if not has_postings:
        sums += [f"coalesce(sum({name}), 0)::double as {name}" for name in _COSTS]
    lines = f"select {groups}count(*) as line_count, {', '.join(sums)} from asked group by all"
    if not has_postings:
        return f"{asked} {lines}"
    costs = ", ".join(f"coalesce(spent.{name}, 0)::double as {name}" for name in _COSTS)
    return (
        f"{asked}, sold as ({lines}), spent as (select {groups}{_SPENT} from cost_items "
        "inner join asked using (order_line_id) group by all) "
        f"select sold.*, {costs} from sold left join spent on {_same(by)}"
    )


def _same(by: tuple[str, ...]) -> str:
    return " and ".join(["true", *(f"sold.{name} = spent.{name}" for name in by)])


def _texts(members: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{member}'" for member in members) + ")"
