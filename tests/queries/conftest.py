"""Stub tables: a few rows written by hand become a version, its marts built as at a load."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from data.contract import BOOKKEEPING, EXTRACTS
from data.versions import publish, writing
from domain.scope import Scope
from queries.engines.duckdb import build
from settings import settings

Rows = list[dict[str, object]]
Given = Callable[..., Scope]
LATER = datetime(2100, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Given]:
    """given(pos_hours=[...], ...) publishes the rows as a version and gives a scope that sees all.

    A row lacks what does not matter: its source is "stub", it was known long ago.
    """
    monkeypatch.setenv("WARROOM_DATA", str(tmp_path / "extracts"))
    monkeypatch.setenv("WARROOM_CACHE", str(tmp_path / "cache"))
    settings.cache_clear()

    def made(*, with_marts: bool = True, **extracts: Rows) -> Scope:
        root = tmp_path / "extracts"
        with writing(root, datetime(2026, 1, 1, tzinfo=UTC)) as staging:
            for name, rows in extracts.items():
                _write(staging.path, name, rows)
            if with_marts:
                build(staging.path)
            staging.manifest = {"sources": {"stub": {}}}
            version = publish(staging, 24)
        return Scope(version.id, LATER)

    yield made
    settings.cache_clear()


def _write(folder: Path, name: str, rows: Rows) -> None:
    columns = (*EXTRACTS[name].columns, *BOOKKEEPING)
    usual = {"source_system": "stub", "known_at": LONG_AGO, "extracted_at": LONG_AGO}
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute(f"create table t ({', '.join(f'{c.name} {c.type}' for c in columns)})")
        for row in rows:
            full = {**usual, **row}
            names, marks = ", ".join(full), ", ".join(f"${key}" for key in full)
            con.execute(f"insert into t ({names}) values ({marks})", full)
        (folder / name).mkdir()
        for source in sorted({str(row.get("source_system", "stub")) for row in rows}) or ["stub"]:
            con.execute(
                f"copy (select * from t where source_system = '{source}') "
                f"to '{folder / name / source}.parquet' (format parquet)"
            )
