"""Making the sample company, beside DuckDB's own COPY of the files that it wrote."""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import duckdb

from bench.company import NOW
from bench.table import Row, taking_turns

N = 1


def measure(folder: Path) -> list[Row]:
    """Seconds of one generation after one to warm up."""
    name = "generation of the sample"
    if find_spec("data.sample") is None:
        return [Row(name, skipped="there is no data/sample yet")]
    from data.sample import generate

    raw, made = folder / "sample", []

    def copy() -> None:
        for file in raw.glob("*/*.parquet"):
            target = folder / "copied.parquet"
            duckdb.connect().execute(f"copy (from '{file}') to '{target}' (compression zstd)")

    spent, floor = taking_turns(
        N, lambda: made.append(generate(raw, datetime.fromisoformat(NOW))), copy
    )
    rows = sum(made[-1].rows.values())
    title = f"{name}: {rows:,} rows, {rows / spent * 1000:,.0f} a second"
    return [Row(title, "ms", spent, floor, "DuckDB COPY of it", N)]
