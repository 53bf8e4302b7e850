"""Loading a source, beside DuckDB's own COPY of the same files to Parquet."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from bench.company import LINES, NOW, ORDER_LINES, write_source
from bench.table import Row, taking_turns
from data.loading import import_source
from data.source import Source, read_source
from queries.engines.duckdb import build
from settings import HOUSE, Settings

REAL = Path(os.environ.get("WARROOM_REAL_DATA", HOUSE.parent / "shared" / "data"))
N, MOST_RATIO = 3, 3
_READER = {"csv": "read_csv('{}', all_varchar = true)", "parquet": "read_parquet('{}')"}


def measure(folder: Path) -> list[Row]:
    """Rows a second of made-up order lines in CSV, and of a real set where it is at hand."""
    lines = write_source(folder / "raw" / "lines", ORDER_LINES)
    rows = _rows("import of CSV order lines", read_source(lines, None), LINES, folder)
    name, real = "import of completejourney", REAL / "completejourney"
    if not real.is_dir():
        return [*rows, Row(name, skipped="the set is not on this machine")]
    source = read_source(HOUSE / "data" / "sources" / "completejourney", real)
    counted = duckdb.sql(f"select count(*) from '{real}/transactions.parquet'")
    return [*rows, *_rows(name, source, counted.fetchall()[0][0], folder)]


def _rows(name: str, source: Source, lines: int, folder: Path) -> list[Row]:
    """The import against a COPY of each raw file as it is, and of each extract's bare SELECT."""
    numbers = iter(range(2 * N + 2))
    target = folder / "copied.parquet"

    def ours(build: Callable[[Path], None] = lambda _: None) -> None:
        place = Settings(data=folder / source.name / str(next(numbers)))  # empty: all is read
        now = datetime.fromisoformat(NOW)
        import_source(source.folder, place, raw_dir=source.raw_dir, now=now, build=build)

    def files() -> None:
        _copy(source, [f"select * from raw.{file.name}" for file in source.files], target)

    def selects() -> None:
        _copy(source, [mapping.sql for mapping in source.mappings], target)

    spent, of_files, of_selects, with_marts = taking_turns(
        N, ours, files, selects, lambda: ours(build)
    )
    title = f"{name}: {lines:,} lines, {lines / spent * 1000:,.0f} a second"
    return [
        Row(title, "ms", spent, of_files, f"DuckDB COPY of its {len(source.files)} files", N,
            most_ratio=MOST_RATIO),
        Row(title, "ms", spent, of_selects,
            f"DuckDB COPY of its {len(source.mappings)} bare SELECTs", N, most_ratio=MOST_RATIO),
        Row(f"{name}, and its marts built", "ms", with_marts, spent, "the import alone", N),
    ]  # fmt: skip


def _copy(source: Source, selects: list[str], target: Path) -> None:
    with duckdb.connect() as con:
        con.execute("create schema raw")
        for file in source.files:
            rows = _READER[file.format].format(source.raw_dir / file.path)
            con.execute(f"create view raw.{file.name} as from {rows}")
        for sql in selects:
            con.execute(f"copy ({sql}) to '{target}' (format parquet, compression zstd)")
