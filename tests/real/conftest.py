"""The real data sets, imported as a user would; without them these tests say so and skip."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import pytest

from data.loading import import_source
from data.report import LoadReport
from queries.engines.duckdb import build
from settings import HOUSE, Settings

SETS = Path(os.environ.get("WARROOM_REAL_DATA", HOUSE.parent / "shared" / "data"))
Imported = tuple[LoadReport, duckdb.DuckDBPyConnection]


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Imported]:
    """Imports a set once a session. Views: each extract, <extract>_files, <extract>_quarantine."""

    @cache
    def load(name: str) -> Imported:
        if not (SETS / name).is_dir():
            pytest.skip(f"the real data set {name} is not on this machine")
        chosen = Settings(data=tmp_path_factory.mktemp(name))
        report = import_source(
            HOUSE / "data" / "sources" / name,
            chosen,
            raw_dir=SETS / name,
            now=datetime(2026, 1, 1, tzinfo=UTC),
            build=build,
        )
        con = duckdb.connect()
        con.execute("set TimeZone = 'UTC'")
        for extract in report.extracts:
            files = chosen.data / report.version / extract / "*.parquet"
            con.execute(f"create view {extract} as select * from read_parquet('{files}')")
            con.execute(
                f"create view {extract}_files as "
                f"select filename from read_parquet('{files}', filename = true)"
            )
            if report.extracts[extract].rows_quarantined:
                kept_back = (
                    chosen.data / report.version / "quarantine" / f"{name}.{extract}.parquet"
                )
                con.execute(
                    f"create view {extract}_quarantine as select * from read_parquet('{kept_back}')"
                )
        return report, con

    return load
