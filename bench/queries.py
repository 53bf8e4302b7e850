"""One tile's query through the door, beside the least that DuckDB must do on the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import duckdb

from bench.company import NOW
from bench.table import Row, taking_turns
from data.versions import Version, current
from domain.scope import Scope
from queries import read
from settings import settings

VIEW = "gross_margin_mtd"
BARE = """
select
    sum(order_lines.net_revenue) as net_revenue,
    sum(costs.amount) as product_cost,
from order_lines
left join (
    select
        order_line_id,
        sum(amount) as amount,
    from cost_items
    where cost_type in ('material', 'labor', 'manufacturing')
    group by order_line_id
) as costs on order_lines.order_line_id = costs.order_line_id
where order_lines.invoice_date between date_trunc('month', $today::date) and $today
"""
N = 40


def measure() -> list[Row]:
    """The door against DuckDB alone; another day each time, so that no answer is kept."""
    version = current(settings().data)
    if version is None:
        raise RuntimeError("nothing was imported")
    scope = Scope(version.id, datetime.fromisoformat(NOW))
    ours, floor = taking_turns(N, _through_the_door(scope), _bare(version))
    return [Row("one tile's query, not cached", "ms", ours, floor, "DuckDB on its files", N)]


def _days() -> Iterator[date]:
    last = datetime.fromisoformat(NOW).date()
    for number in range(N + 1):
        yield last - timedelta(number)


def _through_the_door(scope: Scope) -> Callable[[], object]:
    days = _days()

    def ask() -> object:
        today = next(days)
        now = datetime(today.year, today.month, today.day, 12)  # noqa: DTZ001 - local
        return read(VIEW, scope, first_day=today, today=today, now=now, tz="UTC")

    return ask


def _bare(version: Version) -> Callable[[], object]:
    con = duckdb.connect()
    for extract in version.extracts:
        files = version.path / extract / "*.parquet"
        con.execute(f"create view {extract} as select * from read_parquet('{files}')")
    days = _days()
    return lambda: con.execute(BARE, {"today": next(days)}).df()
