"""Checked rows become the Parquet of a version, broken ones the Parquet of its quarantine."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from data.contract import EXTRACTS, FLEXIBLE_PREFIX, Extract
from data.source import Mapping, Source

_LONG_AGO = "timestamptz '1970-01-01 00:00:00+00'"


def write(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    target: Path,
    known_before: list[Path],
    now: datetime,
) -> None:
    """Writes what goes on of table `checked` of data.checking to `target`.

    Rows that stand in a file of `known_before` keep their known_at.
    """
    extract = EXTRACTS[mapping.extract]
    target.parent.mkdir(exist_ok=True)
    known, assumed, joined = _known_from(extract, source), "true", ""
    if known_before:
        keys = ", ".join(extract.key)
        known, assumed = "coalesce(known_at, $now)", "coalesce(is_known_at_assumed, false)"
        joined = (
            f"left join (select {keys}, known_at, is_known_at_assumed "
            f"from read_parquet({[str(file) for file in known_before]})) as old using ({keys})"
        )
    columns = _columns(con, mapping, extract)
    order = f"order by {extract.event_column}" if extract.event_column in columns else ""
    # What is the same in every row is added after sorting: it would be sorted along.
    con.execute(
        f"copy (select {', '.join(columns)}, $source as source_system, "
        f"$now::timestamptz as extracted_at, {known}::timestamptz as known_at, "
        f"{assumed} as is_known_at_assumed "
        f"from (select * from ({_rows_on(mapping, extract)}) as new {joined} {order})) "
        f"to '{target}' (format parquet, compression zstd)",
        {"now": now, "source": source.name},
    )


def write_quarantine(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Writes the broken rows of table `checked`, as they were given, with the rules they break."""
    con.execute("select 1 from checked where broken is not null limit 1")
    if con.fetchone():
        target.parent.mkdir(exist_ok=True)
        con.execute(
            "copy (select rowid + 1 as source_row, broken, row_as_given from checked "
            f"where broken is not null order by rowid) to '{target}' (format parquet)"
        )


def _rows_on(mapping: Mapping, extract: Extract) -> str:
    key = f", (rowid + 1)::varchar as {extract.key[0]}" if mapping.key else ""
    return f"select * exclude (broken, row_as_given){key} from checked where broken is null"


def _columns(con: duckdb.DuckDBPyConnection, mapping: Mapping, extract: Extract) -> list[str]:
    con.execute("describe checked")
    given = [row[0] for row in con.fetchall()]
    made = extract.key if mapping.key else ()
    contract = [
        column.name
        if column.name in (*given, *made)
        else f"{column.default or 'null'}::{column.type} as {column.name}"
        for column in extract.columns
    ]
    return contract + [f'"{name}"' for name in given if name.startswith(FLEXIBLE_PREFIX)]


def _known_from(extract: Extract, source: Source) -> str:
    """SQL for known_at of history: the event's time, a day's end, plus the declared delay."""
    if not extract.event_column:
        return _LONG_AGO
    minutes = round(source.delay_hours * 60)
    if extract.column(extract.event_column).type == "DATE":
        minutes += 24 * 60
    # In UTC and without a calendar, which takes DuckDB ten times as long.
    micros = f"epoch_us({extract.event_column}) + {minutes * 60_000_000}"
    return f"coalesce(make_timestamptz({micros}), {_LONG_AGO})"
