"""Keys over the parts of an extract; within one part data.checking has seen to them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.contract import EXTRACTS
from data.planning import Plan
from errors import BadInput


def ensure_unique(con: duckdb.DuckDBPyConnection, folder: Path, planned: Plan) -> None:
    """Raises BadInput when a key of a fresh part stands in another part in `folder`, too."""
    for mapping in planned.source.mappings:
        if not mapping.parts:
            continue
        fresh, kept = (
            [folder / piece.file(planned.source) for piece in pieces if piece.mapping == mapping]
            for pieces in (planned.fresh, planned.kept)
        )
        found = _repeated(con, EXTRACTS[mapping.extract].key, fresh, kept)
        if found:
            raise BadInput(
                f"{mapping.extract} has {', '.join(found)} in more than one of its files.",
                "Deliver a row in one file only, or leave parts = true out of source.toml.",
            )


def _repeated(
    con: duckdb.DuckDBPyConnection, key: tuple[str, ...], fresh: list[Path], kept: list[Path]
) -> tuple[str, ...] | None:
    keys = ", ".join(key)
    shown = ", ".join(f"{name}::varchar" for name in key)
    queries = []
    if len(fresh) > 1:
        queries.append(f"from {_rows(fresh)} group by {keys} having count(*) > 1")
    if fresh and kept:
        queries.append(
            f"from {_rows(kept)} as kept semi join {_rows(fresh)} as fresh using ({keys})"
        )
    for query in queries:
        found = con.execute(f"select {shown} {query} limit 1").fetchone()
        if found:
            return found
    return None


def _rows(files: list[Path]) -> str:
    return f"read_parquet({[str(file) for file in files]})"
