"""SQL, and the one door that runs it: read(view, scope, **params)."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path

import duckdb
import pandas as pd
import sqlglot
from sqlglot import exp

from data.contract import EXTRACTS
from data.versions import Version, locate, verify
from domain.scope import Scope
from errors import BadInput, DataMissing, QueryFailed
from settings import settings

_SCREENS = Path(__file__).parent / "screens"


def read(view: str, scope: Scope, **params: object) -> pd.DataFrame:
    """The rows of a screen view that `scope` may see, known at its `as_of`.

    `view` is a file name in screens/, `params` its $parameters. Raises DataMissing where an
    extract is not connected and QueryFailed when the query is stopped at its limit.
    """
    root = settings().data
    con, extracts = _opened(root, scope.version, os.getpid())
    missing = tuple(name for name in needs(view) if name not in extracts)
    if missing:
        raise DataMissing(missing)
    cursor = con.cursor()
    try:
        cursor.execute(f"set max_execution_time = {round(settings().screen_seconds * 1000)}")
        cursor.execute("set variable as_of = $as_of", {"as_of": scope.as_of})
        cursor.execute("set variable unit_id = $unit_id", {"unit_id": scope.unit_id})
        return cursor.execute(_sql(view), params).df()
    except duckdb.InterruptException:
        raise QueryFailed(f"{view} took too long.", "Choose a smaller unit or period.") from None
    finally:
        cursor.close()


@cache
def needs(view: str) -> tuple[str, ...]:
    """The extracts that a screen view reads."""
    tables = sqlglot.parse_one(_sql(view), read="duckdb").find_all(exp.Table)
    return tuple(sorted({table.name for table in tables} & EXTRACTS.keys()))


@cache
def _sql(view: str) -> str:
    file = _SCREENS / f"{view}.sql"
    if file.parent != _SCREENS or not file.is_file():
        raise BadInput(f"There is no view {view}.")
    return file.read_text(encoding="utf-8")


# A connection does not survive a fork, hence the process in the key.
@lru_cache(maxsize=3)
def _opened(root: Path, version_id: str, _pid: int) -> tuple[duckdb.DuckDBPyConnection, set[str]]:
    version = locate(root, version_id)
    problems = verify(version)
    if problems:
        raise BadInput(f"Version {version_id} is damaged: {problems[0]}.", "Import it again.")
    con = duckdb.connect()
    con.execute("set global TimeZone = 'UTC'")
    con.execute(f"set memory_limit = '{settings().memory_limit}'")
    con.execute("set autoinstall_known_extensions = false")
    con.execute("set autoload_known_extensions = false")
    con.execute("set allowed_directories = [$folder]", {"folder": f"{version.path}/"})
    _make_views(con, version)
    con.execute("set enable_external_access = false")
    con.execute("set allowed_configs = ['max_execution_time', 'TimeZone']")
    con.execute("set lock_configuration = true")
    return con, set(version.extracts)


def _make_views(con: duckdb.DuckDBPyConnection, version: Version) -> None:
    """One view an extract: what was known at the cursor's as_of, in the cursor's unit."""
    con.execute("create schema loaded")
    for name in version.extracts:
        rows = f"read_parquet('{version.path}/{name}/*.parquet', union_by_name = true)"
        con.execute(f"create view loaded.{name} as select * from {rows}")
    if "org_units" in version.extracts:
        con.execute((Path(__file__).parent / "scope.sql").read_text(encoding="utf-8"))
    made: set[str] = set()
    for name in version.extracts:
        _make_view(con, name, version, made)


def _make_view(con: duckdb.DuckDBPyConnection, name: str, version: Version, made: set[str]) -> None:
    if name in made:
        return
    made.add(name)
    extract = EXTRACTS[name]
    inside = "getvariable('unit_id') is null"
    if extract.scope_column == "org_unit_id" and "org_units" in version.extracts:
        inside += " or org_unit_id in (select org_unit_id from visible_units)"
    elif not extract.scope_column:
        inside = "true"
    elif extract.scope_column != "org_unit_id":
        owner = EXTRACTS[extract.column(extract.scope_column).references]
        if owner.name in version.extracts:
            _make_view(con, owner.name, version, made)
            inside += f" or {extract.scope_column} in (select {owner.id_column} from {owner.name})"
    con.execute(
        f"create view {name} as select * from loaded.{name} "
        f"where known_at <= getvariable('as_of') and ({inside})"
    )
