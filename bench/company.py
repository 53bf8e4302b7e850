"""A made-up company, the same at every run: the files that the loader and the board are given.

Values come from hashes of the row's number, so nothing is random and nothing is stored.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb

from settings import HOUSE

LINES, STORES, WEEKS = 500_000, 200, 10
NOW = "2026-03-12T14:05:00+00:00"
_TODAY = "timestamp '2026-03-12'"

_UNITS = """
select 'company' as org_unit_id, null as parent_id, 'company' as level, 'Made Up' as name,
    'UTC' as tz
"""
_STORES = f"""
select 'S' || range as store_id, 'Store ' || range as name, 'company' as org_unit_id, 'UTC' as tz
from range({STORES})
"""
_HOURS = f"""
select 'S' || stores.range as store_id,
    strftime({_TODAY} - to_days(days.range::integer) + to_hours(hours.range::integer),
        '%Y-%m-%d %H:%M:%S') as hour_start,
    (hash(stores.range, days.range, hours.range) % 90000)::double / 100 as net_sales,
    hash(hours.range, stores.range) % 40 as tickets, true as is_open, true as is_complete
from range({STORES}) as stores, range({WEEKS * 7}) as days, range(8, 22) as hours
where days.range > 0 or hours.range < 13
"""
_LINES = f"""
select 'L' || range as order_line_id, 'O' || range // 3 as order_id,
    strftime({_TODAY} - to_days((range % 400)::integer), '%Y-%m-%d') as invoice_date,
    'C' || hash(range) % 5000 as customer_id, 'P' || hash(range, 1) % 300 as product_id,
    'S' || hash(range, 2) % {STORES} as store_id, 'company' as org_unit_id,
    hash(range, 3) % 9 + 1 as qty, (hash(range, 4) % 100000)::double / 100 as net_revenue
from range({LINES})
"""
_COSTS = f"""
select 'K' || range as cost_item_id, 'L' || range as order_line_id,
    strftime({_TODAY} - to_days((range % 400)::integer), '%Y-%m-%d') as posted_at,
    'material' as cost_type, (hash(range, 4) % 60000)::double / 100 as amount
from range({LINES // 5})
"""
ORDER_LINES = {"order_lines": _LINES}
BOARD = {
    "org_units": _UNITS,
    "stores": _STORES,
    "pos_hours": _HOURS,
    "cost_items": _COSTS,
    **ORDER_LINES,
}


def one_more_store(amount: int) -> dict[str, str]:
    """The small change that makes a new version: one store more, which sold `amount` today."""
    return {
        "stores": "select 'NEW' as store_id, 'New' as name, 'company' as org_unit_id, 'UTC' as tz",
        "pos_hours": "select 'NEW' as store_id, '2026-03-12 09:00:00' as hour_start, "
        f"{amount} as net_sales, 1 as tickets, true as is_open, true as is_complete",
    }


def write_source(folder: Path, extracts: dict[str, str]) -> Path:
    """A source in `folder`, named after it: one CSV file for each SELECT of `extracts`."""
    folder.mkdir(parents=True, exist_ok=True)
    name = folder.name
    toml = [f'name = "{name}"', f'title = "{name}"', "delay_hours = 1", 'path = "."']
    con = duckdb.connect()
    for name, sql in extracts.items():
        con.execute(f"copy ({sql}) to '{folder / name}.csv' (header)")
        toml.append(f'[files.{name}]\npath = "{name}.csv"\nformat = "csv"')
        toml.append(f'[extracts.{name}]\nrows_of = "{name}"')
    con.close()
    (folder / "source.toml").write_text("\n".join(toml), encoding="utf-8")
    return folder


def publish(source: Path) -> None:
    """Imports a source as a person would, into the installation that the environment names."""
    done = subprocess.run(
        [sys.executable, "manage.py", "import", str(source)],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
