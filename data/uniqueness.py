"""Keys over the parts of an extract: a row whose key stands in another part is refused."""

from __future__ import annotations

import duckdb

from data.contract import EXTRACTS
from data.planning import Piece, Plan
from data.versions import Staging


def keys_elsewhere(
    con: duckdb.DuckDBPyConnection, staging: Staging, planned: Plan, piece: Piece
) -> str:
    """SQL for the keys of the other parts, kept or noted; "" for what is not in parts."""
    if not piece.part:
        return ""
    extract = EXTRACTS[piece.mapping.extract]
    keys = ", ".join(extract.key)
    typed = ", ".join(f"{name} {extract.column(name).type}" for name in extract.key)
    con.execute(f"create table if not exists {_noted(piece)} ({typed})")
    noted = f"select {keys} from {_noted(piece)}"
    kept = [
        str(staging.before(other.file(planned.source)))
        for other in planned.kept
        if other.mapping == piece.mapping
    ]
    return f"{noted} union all select {keys} from read_parquet({kept})" if kept else noted


def note_keys(con: duckdb.DuckDBPyConnection, piece: Piece) -> None:
    """Notes the keys that go on of table `checked` for the parts that follow."""
    if piece.part:
        keys = ", ".join(EXTRACTS[piece.mapping.extract].key)
        con.execute(f"insert into {_noted(piece)} select {keys} from checked where broken is null")


def _noted(piece: Piece) -> str:
    return f"{piece.mapping.extract}__keys"
