"""One tile's query through the door, beside the bare query on the same Parquet files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import duckdb

from bench.company import NOW
from bench.table import Row, taking_turns
from data.versions import Version, current
from domain.scope import Scope
from queries import read
from settings import HOUSE, settings

VIEW = "gross_margin_by_period"
N = 40


def measure() -> list[Row]:
    """The door against DuckDB alone; another day each time, so that no answer is kept."""
    version = current(settings().data)
    if version is None:
        raise RuntimeError("nothing was imported")
    scope = Scope(version.id, datetime.fromisoformat(NOW))
    ours, floor = taking_turns(N, _through_the_door(scope), _bare(version))
    return [Row("one tile's query, not cached", "ms", ours, floor, "DuckDB on its files", N)]


def _days() -> Iterator[dict[str, date]]:
    last = datetime.fromisoformat(NOW).date()
    for number in range(N + 1):
        yield {"first": last - timedelta(30), "day": last - timedelta(number % 30)}


def _through_the_door(scope: Scope) -> Callable[[], object]:
    days = _days()
    return lambda: read(VIEW, scope, **next(days))


def _bare(version: Version) -> Callable[[], object]:
    con = duckdb.connect()
    for extract in version.extracts:
        files = version.path / extract / "*.parquet"
        con.execute(f"create view {extract} as select * from read_parquet('{files}')")
    sql = (HOUSE / "queries" / "screens" / f"{VIEW}.sql").read_text(encoding="utf-8")
    days = _days()
    return lambda: con.execute(sql, next(days)).df()
