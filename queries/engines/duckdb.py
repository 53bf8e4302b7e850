"""Builds the marts of a version with DuckDB, in the process of the load."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from queries.cubes import CUBES, FEWEST_LINES
from queries.relations import MART_FILE, loaded, present_in
from queries.views import MARTS
from settings import settings


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
    with TemporaryDirectory() as scratch, duckdb.connect() as con:
        con.execute("set global TimeZone = 'UTC'")
        con.execute(f"set memory_limit = '{settings().memory_limit}'")
        con.execute("set temp_directory = $folder", {"folder": scratch})
        con.execute("create schema loaded")
        for statement in loaded(folder):
            con.execute(statement)
        con.execute(f"attach '{file}' as marts")
        for name in wanted:
            con.execute(f"create table marts.{name} as {MARTS[name].sql}")
            con.execute(f"create view loaded.{name} as select * from marts.{name}")
        if "margin_lines" in wanted:
            _build_cubes(con)
        con.execute("detach marts")


def _build_cubes(con: duckdb.DuckDBPyConnection) -> None:
    """The cubes of margins, where scanning all lines takes longer than a blink."""
    row = con.execute("select count(*) from marts.margin_lines").fetchone()
    if row and row[0] >= FEWEST_LINES:
        for cube in CUBES:
            con.execute(f"create table marts.{cube.table} as {cube.sql()}")
