"""Raw files of a made-up company, the same at every run: what the board and the loader are given.

Values come from hashes of the row's number, so nothing is random and nothing is stored.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

LINES = 500_000
STORES = 200
DAYS = 70
NOW = "2026-03-12T14:05:00+00:00"

_SOURCE = """
name = "made_up"
title = "A made-up company for measuring"
delay_hours = 1
"""
_UNITS = """
select 'company' as org_unit_id, null as parent_id, 'company' as level,
    'Made Up' as name, 'UTC' as tz,
"""
_STORES = f"""
select 'S' || range as store_id, 'Store ' || range as name, 'company' as org_unit_id, 'UTC' as tz,
from range({STORES})
"""
_HOURS = f"""
select 'S' || store as store_id,
    strftime(timestamp '2026-03-12' - to_hours(hour::integer), '%Y-%m-%d %H:%M:%S') as hour_start,
    (hash(store, hour) % 90000) / 100 as net_sales, hash(hour, store) % 40 as tickets,
    true as is_open, true as is_complete,
from (select unnest(range({STORES})) as store), range(-24, {DAYS} * 24) as hours(hour)
where hour % 24 between -23 and 14
"""
_LINES = f"""
select 'L' || range as order_line_id, 'O' || range // 3 as order_id,
    strftime(date '2026-03-12' - (range % 400)::integer, '%Y-%m-%d') as invoice_date,
    'C' || hash(range) % 5000 as customer_id, 'P' || hash(range, 1) % 300 as product_id,
    'S' || hash(range, 2) % {STORES} as store_id, 'company' as org_unit_id,
    hash(range, 3) % 9 + 1 as qty, (hash(range, 4) % 100000) / 100 as net_revenue,
from range({LINES})
"""
_COSTS = f"""
select 'K' || range as cost_item_id, 'L' || range as order_line_id,
    strftime(date '2026-03-12' - (range % 400)::integer, '%Y-%m-%d') as posted_at,
    'material' as cost_type, (hash(range, 4) % 60000) / 100 as amount,
from range({LINES} // 5)
"""
BOARD = {"org_units": _UNITS, "stores": _STORES, "pos_hours": _HOURS, "cost_items": _COSTS}
ORDER_LINES = {"order_lines": _LINES}


def write_source(folder: Path, extracts: dict[str, str]) -> Path:
    """A source folder with its CSV files, one an extract, ready for import_source."""
    folder.mkdir(parents=True, exist_ok=True)
    toml = [_SOURCE, 'path = "."']
    con = duckdb.connect()
    for name, sql in extracts.items():
        con.execute(f"copy ({sql}) to '{folder / name}.csv' (header)")
        toml.append(f'[files.{name}]\npath = "{name}.csv"\nformat = "csv"')
        toml.append(f'[extracts.{name}]\nrows_of = "{name}"')
    con.close()
    (folder / "source.toml").write_text("\n".join(toml), encoding="utf-8")
    return folder
