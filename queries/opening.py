"""A version, opened once per process: its views, and cursors that see what a scope may see."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import duckdb

from data.contract import FLEXIBLE_PREFIX
from data.versions import Version, locate, verify
from domain.scope import Scope
from errors import BadInput, QueryFailed
from queries.cubes import BY_PRODUCT, CUBES, Cube
from queries.questions import DRILLED
from queries.relations import MART_FILE, known, loaded, present_in, visible_extracts, visible_marts
from queries.views import MACROS, MARTS, SCOPE
from settings import settings


@dataclass(frozen=True)
class Margins:
    """The marts of margins: they hold from `known_at` on; between `dimensions_known_at` and that
    they can be corrected. Days are the first and last with lines; `cubes` with their rows."""

    known_at: datetime
    dimensions_known_at: datetime | None
    first_day: date
    last_day: date
    cubes: Mapping[Cube, int]
    has_lines_by_product: bool


@dataclass(frozen=True)
class Opened:
    """A version's views in an own in-memory database.

    `extracts` are those that have rows; `flexible` are the columns x_* that order lines are
    drilled by, each with its extract; `margins` is None where their marts were not built.
    """

    connection: duckdb.DuckDBPyConnection
    extracts: frozenset[str]
    flexible: Mapping[str, str]
    margins: Margins | None


def opened(version_id: str) -> Opened:
    """The version in this process; BadInput when it is gone or damaged."""
    with _opening(version_id, os.getpid()):  # all who ask at once wait for one to open it
        return _open(settings().data, version_id, os.getpid())


@contextmanager
def cursor(scope: Scope, seconds: float, what: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor of its own that sees `scope`; QueryFailed when `what` takes over `seconds`."""
    own = opened(scope.version).connection.cursor()
    try:
        own.execute(f"set max_execution_time = {round(seconds * 1000)}")
        own.execute("set variable as_of = $as_of", {"as_of": scope.as_of})
        own.execute("set variable unit_id = $unit_id", {"unit_id": scope.unit_id})
        yield own
    except duckdb.InterruptException:
        raise QueryFailed(f"{what} took too long.", "Choose a smaller unit or period.") from None
    except duckdb.OutOfMemoryException:
        raise QueryFailed(f"{what} needs too much memory.", "Choose a smaller period.") from None
    except duckdb.IOException:
        raise QueryFailed("This version is no longer kept.", "Reload the page.") from None
    finally:
        own.close()


@lru_cache(maxsize=8)
def _opening(_version_id: str, _pid: int) -> threading.Lock:
    return threading.Lock()


# A connection does not survive a fork, hence the process in the key.
@lru_cache(maxsize=3)
def _open(root: Path, version_id: str, _pid: int) -> Opened:
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
    built = _make_views(con, version)
    con.execute("set enable_external_access = false")
    con.execute("set allowed_configs = ['max_execution_time', 'TimeZone']")
    con.execute("set lock_configuration = true")
    extracts = frozenset(present_in(version.path))
    return Opened(con, extracts, _flexible(con), _margins(con, built))


def _make_views(con: duckdb.DuckDBPyConnection, version: Version) -> dict[str, int]:
    """Makes all views, gives the marts that were built with their rows."""
    con.execute("create schema loaded")
    for statement in loaded(version.path):
        con.execute(statement)
    built = _attach(con, version.path / MART_FILE)
    for name, mart in MARTS.items():
        rows = f"select * from marts.{name}" if name in built else mart.sql
        con.execute(f"create view loaded.{name} as {rows}")
    con.execute(SCOPE)
    con.execute("create schema known")
    for statement in (
        *known({name: mart.sql for name, mart in MARTS.items()}),
        *visible_extracts(present_in(version.path)),
        *visible_marts(MARTS),
    ):
        con.execute(statement)
    for name, macro in MACROS.items():
        arguments = ", ".join(macro.arguments)
        con.execute(f"create macro {name}({arguments}) as table {macro.sql}")
    return built


def _flexible(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Where two extracts have a column of the same name, that of the order line counts."""
    rows = con.execute(
        "select column_name, table_name from duckdb_columns() "
        "where schema_name = 'known' and starts_with(column_name, $prefix)",
        {"prefix": FLEXIBLE_PREFIX},
    ).fetchall()
    return {
        name: extract
        for extract in reversed(DRILLED)
        for name, table in sorted(rows)
        if table == extract
    }


def _margins(con: duckdb.DuckDBPyConnection, built: Mapping[str, int]) -> Margins | None:
    if not {"margin_lines", "margin_known"} <= built.keys():
        return None
    row = con.execute(
        "select known_at, dimensions_known_at, first_day, last_day from loaded.margin_known"
    ).fetchone()
    if row is None or row[2] is None:
        return None
    known_at, dimensions_known_at, first_day, last_day = row
    cubes = {cube: built[cube.table] for cube in CUBES if cube.table in built}
    return Margins(known_at, dimensions_known_at, first_day, last_day, cubes, BY_PRODUCT in built)


def _attach(con: duckdb.DuckDBPyConnection, file: Path) -> dict[str, int]:
    """The marts that were built at the load with their rows.

    A version without marts is read from its Parquet.
    """
    if not file.is_file():
        return {}
    con.execute(f"attach '{file}' as marts (read_only)")
    con.execute(
        "select table_name, estimated_size from duckdb_tables() where database_name = 'marts'"
    )
    return dict(con.fetchall())
