"""Loading: a source's rows, checked, become a new version; what is broken is kept apart.

Rows in = rows on + rows in quarantine, for every extract and always. An extract whose
fingerprint stands in the version before is taken over from it without being read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from data.checking import make_macros
from data.contract import EXTRACTS
from data.limits import refuse_losses
from data.mapping import map_rows
from data.planning import Plan, ensure_still, plan
from data.reading import open_raw
from data.references import unmatched
from data.report import Counts, LoadReport
from data.source import read_source
from data.versions import Staging, publish, writing
from data.writing import write
from settings import Settings

Progress = Callable[[str], None]


def import_source(
    folder: Path,
    settings: Settings,
    *,
    raw_dir: Path | None,
    now: datetime,
    not_after: datetime | None = None,
    progress: Progress = lambda _: None,
    allow_shrink: bool = False,
    again: bool = False,
    build: Callable[[Path], None] = lambda _: None,
) -> LoadReport:
    """Loads the source in `folder` and publishes a version; the rows of other sources stay.

    Only what changed since the source's last load is read, and nothing is published when
    nothing did, unless `again`. `build` adds marts to the new version's folder. Events later
    than `not_after` (a day after `now`) are quarantined. Raises BadInput, and leaves the last
    version in place, when a file cannot be used whole.
    """
    source = read_source(folder, raw_dir)
    not_after = not_after or now + timedelta(days=1)
    with writing(settings.data, now) as staging, tempfile.TemporaryDirectory() as scratch:
        progress(f"{source.name}: looking for what changed")
        planned = plan(source, staging, again)
        if planned.is_unchanged and staging.previous:
            report = LoadReport(source.name, staging.previous.id, planned.counts_before())
            return replace(report, is_unchanged=True, kept=planned.kept)
        con = _connect(settings, scratch)
        make_macros(con, source)
        for name in planned.raw_names:
            progress(f"{source.name}: reading {source.file(name).path}")
            planned.columns[name] = open_raw(con, source, name, Path(scratch))
        counted = planned.counts_before()
        for mapping in planned.fresh:
            extract = EXTRACTS[mapping.extract]
            progress(f"{source.name}: checking {extract.name}")
            counts = map_rows(con, source, mapping, extract, not_after)
            refuse_losses(extract.name, counts, counted.get(extract.name), settings, allow_shrink)
            write(con, staging, source, mapping, extract, now)
            counted[extract.name] = counts
        ensure_still(planned)
        _take_over(staging, planned)
        progress(f"{source.name}: following references")
        counted = {
            mapping.extract: _matched(con, staging, planned, mapping.extract, counted)
            for mapping in source.mappings
        }
        con.close()
        staging.manifest = _manifest(staging, planned, counted, now)
        progress(f"{source.name}: building marts and publishing")
        build(staging.path)
        version = publish(staging, settings.keep_versions)
    return LoadReport(
        source.name, version.id, counted, kept=planned.kept, new_columns=planned.new_columns()
    )


def _connect(settings: Settings, scratch: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("set global TimeZone = 'UTC'")
    con.execute(f"set memory_limit = '{settings.memory_limit}'")
    con.execute("set temp_directory = $folder", {"folder": scratch})
    return con


def _take_over(staging: Staging, planned: Plan) -> None:
    """Links the files of other sources and of this one's extracts that did not change."""
    for name in staging.files_before():
        folder, _, file = name.rpartition("/")
        owner, _, rest = file.partition(".")
        extract = rest.removesuffix(".parquet") if folder == "quarantine" else folder
        is_kept = owner != planned.source.name or extract in planned.kept
        if extract in EXTRACTS and is_kept:
            staging.reuse(name)


def _matched(
    con: duckdb.DuckDBPyConnection,
    staging: Staging,
    planned: Plan,
    name: str,
    counted: dict[str, Counts],
) -> Counts:
    written = {mapping.extract for mapping in planned.fresh}
    before = planned.counts_before()[name].unmatched if name in planned.kept else {}
    return replace(counted[name], unmatched=unmatched(con, staging.path, name, before, written))


def _manifest(
    staging: Staging, planned: Plan, counted: dict[str, Counts], now: datetime
) -> dict[str, Any]:
    others = staging.previous.manifest["sources"] if staging.previous else {}
    mine = {
        "title": planned.source.title,
        "folder": str(planned.source.folder),
        "raw_dir": str(planned.source.raw_dir.resolve()),
        "loaded_at": now.isoformat(),
        "extracts": {name: vars(counts) for name, counts in counted.items()},
        "fingerprints": planned.fingerprints,
        "raw_files": planned.raw_files,
        "raw_columns": planned.columns,
    }
    return {"published_at": now.isoformat(), "sources": {**others, planned.source.name: mine}}
