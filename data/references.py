"""References that match nothing: counted, never a reason to refuse a row."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from data.contract import EXTRACTS, Column


def unmatched(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    before: dict[str, int],
    written: Collection[str],
) -> dict[str, int]:
    """{"column in extract": rows} of extract `name` in the version at `folder`.

    A count of `before` stands unless this extract or the one it leads to is in `written`.
    """
    counts = {}
    for column in EXTRACTS[name].columns:
        if column.references not in EXTRACTS or not (folder / column.references).is_dir():
            continue
        reference = f"{column.name} in {column.references}"
        if {name, column.references} & set(written):
            missing = _count(con, folder, name, column)
        else:
            missing = before.get(reference, 0)
        if missing:
            counts[reference] = missing
    return counts


def _count(con: duckdb.DuckDBPyConnection, folder: Path, name: str, column: Column) -> int:
    target = EXTRACTS[column.references]
    found = con.execute(
        f"select coalesce(sum(number), 0) from (select {column.name} as id, count(*) as number "
        f"from read_parquet('{folder}/{name}/*.parquet') where id is not null group by 1) as used "
        f"anti join read_parquet('{folder}/{target.name}/*.parquet') as known "
        f"on known.{target.id_column} = used.id"
    ).fetchone()
    return int(found[0]) if found else 0
