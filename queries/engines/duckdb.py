"""Builds the marts of a version with DuckDB, in the process of the load."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from data.contract import MONEY
from queries.cubes import BY_PRODUCT, CUBES, FEWEST_BY_PRODUCT, FEWEST_LINES, Cube
from queries.relations import MART_FILE, loaded, present_in
from queries.views import MARTS
from settings import settings

MOST_AT_ONCE = 20_000_000  # lines that are sorted in one go; more are written month by month


def build(folder: Path) -> None:
    """Makes the marts whose extracts lie in `folder`, a version in the making.

    Replaces the marts that are there; leaves no file where there is nothing to build.
    """
    present = present_in(folder)
    wanted = [name for name in MARTS if MARTS[name].needs() <= present]
    file = folder / MART_FILE
    file.unlink(missing_ok=True)
    if not present:
        return
    file.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=folder) as scratch, duckdb.connect() as con:
        con.execute("set global TimeZone = 'UTC'")
        con.execute(f"set memory_limit = '{settings().memory_limit}'")
        con.execute("set temp_directory = $folder", {"folder": scratch})
        con.execute("create schema loaded")
        for statement in loaded(folder):
            con.execute(statement)
        con.execute(f"attach '{file}' as marts")
        for name in wanted:
            _build_mart(con, name)
        if "margin_lines" in wanted:
            _build_cubes(con)
        con.execute("detach marts")


def _build_mart(con: duckdb.DuckDBPyConnection, name: str) -> None:
    table = f"memory.main.{name}" if MARTS[name].is_in_passing else f"marts.{name}"
    if name == "margin_lines" and _count(con, "loaded.order_lines") > MOST_AT_ONCE:
        _build_by_month(con, table, MARTS[name].sql)
    else:
        con.execute(f"create table {table} as {MARTS[name].sql}")
    con.execute(f"create view loaded.{name} as select * from {table}")


def _build_by_month(con: duckdb.DuckDBPyConnection, table: str, sql: str) -> None:
    """The same rows in the same order, without sorting all of them at once."""
    con.execute(f"create table {table} as select * from ({sql}) where false")
    con.execute("select distinct date_trunc('month', invoice_date)::date from loaded.order_lines")
    months: list[date] = sorted(month for (month,) in con.fetchall())
    for month in months:
        con.execute(
            f"insert into {table} select * from ({sql}) where invoice_date >= $month "
            "and invoice_date < $month + interval 1 month order by customer_id, order_line_id",
            {"month": month},
        )


def _build_cubes(con: duckdb.DuckDBPyConnection) -> None:
    """The cubes of margins, where scanning all lines takes longer than a blink."""
    lines = _count(con, "marts.margin_lines")
    if lines < FEWEST_LINES:
        return
    if lines >= FEWEST_BY_PRODUCT:
        _build_by_product(con)
    for cube in CUBES:
        _build_cube(con, cube)


def _build_by_product(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"create table marts.{BY_PRODUCT} as select * from marts.margin_lines where false")
    con.execute("select distinct month from marts.margin_lines order by month")
    for month in con.fetchall():
        con.execute(
            f"insert into marts.{BY_PRODUCT} select * from marts.margin_lines where month = ? "
            "order by product_id, customer_id, order_line_id",
            month,
        )


def _build_cube(con: duckdb.DuckDBPyConnection, cube: Cube) -> None:
    try:  # what fits into 64 bits adds up twice as fast
        con.execute(f"create table marts.{cube.table} as {cube.sql(MONEY)}")
    except duckdb.ConversionException:
        con.execute(f"create table marts.{cube.table} as {cube.sql('DECIMAL(38,6)')}")


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
