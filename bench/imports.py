"""Loading a source, beside DuckDB's own COPY of the same files to Parquet."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import duckdb

from bench.company import LINES, NOW, ORDER_LINES, write_source
from bench.table import Row, taking_turns
from data.loading import import_source
from settings import HOUSE, Settings

REAL = Path(os.environ.get("WARROOM_REAL_DATA", HOUSE.parent / "shared" / "data"))
N = 3


def measure(folder: Path) -> list[Row]:
    """Rows a second of made-up order lines in CSV, and of a real set where it is at hand."""
    source = write_source(folder / "raw" / "lines", ORDER_LINES)
    copied = f"read_csv('{source}/order_lines.csv', all_varchar = true)"
    rows = [_row("import of CSV order lines", source, source, LINES, copied, folder)]
    name, real = "import of completejourney", REAL / "completejourney"
    if not real.is_dir():
        return [*rows, Row(name, skipped="the set is not on this machine")]
    ready = HOUSE / "data" / "sources" / "completejourney"
    copied = f"read_parquet('{real}/transactions.parquet')"
    found = duckdb.connect().execute(f"select count(*) from {copied}").fetchone()
    return [*rows, _row(name, ready, real, found[0] if found else 0, copied, folder)]


def _row(name: str, source: Path, raw: Path, lines: int, copied: str, folder: Path) -> Row:
    numbers = iter(range(N + 1))

    def ours() -> None:
        place = Settings(data=folder / source.name / str(next(numbers)))  # empty: all is read
        import_source(source, place, raw_dir=raw, now=datetime.fromisoformat(NOW))

    def floor() -> None:
        target = folder / "copied.parquet"
        duckdb.connect().execute(f"copy (from {copied}) to '{target}' (compression zstd)")

    spent, least = taking_turns(N, ours, floor)
    title = f"{name}: {lines:,} lines, {lines / spent * 1000:,.0f} a second"
    return Row(title, "ms", spent, least, "DuckDB COPY of them", N)
