"""Loading: a source's rows, checked, become a new version; what is broken is kept apart.

Rows in = rows on + rows in quarantine, for every extract and always.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data.checking import MENDED, check, make_macros
from data.contract import EXTRACTS, FLEXIBLE_PREFIX, Extract
from data.reading import open_raw
from data.source import Mapping, Source, read_source
from data.versions import Staging, publish, writing
from errors import BadInput
from settings import Settings

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Counts:
    """What became of the rows of one extract; `rules` may name a row more than once."""

    rows_in: int
    rows_on: int
    rows_quarantined: int
    rules: dict[str, int] = field(default_factory=dict)
    mended: dict[str, int] = field(default_factory=dict)
    unmatched: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadReport:
    """One load, for people and scripts."""

    source: str
    version: str
    extracts: dict[str, Counts]

    @property
    def is_clean(self) -> bool:
        return not any(counts.rows_quarantined for counts in self.extracts.values())

    def as_dict(self) -> dict[str, Any]:
        extracts = {name: vars(counts) for name, counts in self.extracts.items()}
        return {"source": self.source, "version": self.version, "extracts": extracts}

    def text(self) -> str:
        lines = [f"{self.source} is now version {self.version}"]
        for name, counts in self.extracts.items():
            on, kept_back = counts.rows_on, counts.rows_quarantined
            lines.append(f"  {name}: {counts.rows_in:,} in, {on:,} on, {kept_back:,} quarantined")
            for what, found in [
                ("refused", counts.rules),
                ("mended", counts.mended),
                ("matches nothing", counts.unmatched),
            ]:
                lines += [f"    {number:,} {what}: {rule}" for rule, number in found.items()]
        return "\n".join(lines)


def import_source(
    folder: Path,
    settings: Settings,
    *,
    raw_dir: Path | None,
    now: datetime,
    progress: Progress = lambda _: None,
    allow_shrink: bool = False,
) -> LoadReport:
    """Loads the source in `folder` and publishes a version; the rows of other sources stay.

    Raises BadInput, and leaves the last version in place, when a file cannot be used whole.
    """
    source = read_source(folder, raw_dir)
    with writing(settings.data, now) as staging, tempfile.TemporaryDirectory() as scratch:
        con = duckdb.connect()
        con.execute("set global TimeZone = 'UTC'")
        con.execute(f"set memory_limit = '{settings.memory_limit}'")
        open_raw(con, source, Path(scratch))
        make_macros(con, source)
        counted: dict[str, Counts] = {}
        for mapping in source.mappings:
            progress(f"{source.name}: {mapping.extract}")
            _map(con, mapping)
            check(con, source, mapping, EXTRACTS[mapping.extract])
            counts = _count(con, mapping.extract)
            _refuse(staging, source, mapping, counts, settings, allow_shrink)
            _write(con, staging, source, EXTRACTS[mapping.extract], now)
            counted[mapping.extract] = counts
        _keep_others(staging, source)
        counted = {name: _matched(con, staging, name, found) for name, found in counted.items()}
        con.close()
        before = staging.previous.manifest["sources"] if staging.previous else {}
        report = {
            "title": source.title,
            "loaded_at": now.isoformat(),
            "extracts": {name: vars(counts) for name, counts in counted.items()},
        }
        staging.manifest = {
            "published_at": now.isoformat(),
            "sources": {**before, source.name: report},
        }
        version = publish(staging, settings.keep_versions)
    return LoadReport(source.name, version.id, counted)


def _map(con: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    try:
        con.execute(
            "create or replace temp table mapped as "
            f"select row_number() over () as source_row, * from ({mapping.sql})"
        )
    except duckdb.Error as error:
        raise BadInput(
            f"{mapping.extract}.sql does not fit its files: {str(error).splitlines()[0]}",
            "A column may have been renamed or left out; mend the file or the mapping.",
        ) from None
    if mapping.rows_of:
        came = _number(con, f"select count(*) from raw.{mapping.rows_of}")
        went = _number(con, "select count(*) from mapped")
        if came != went:
            raise BadInput(
                f"{mapping.extract}.sql makes {went:,} rows of {came:,} in {mapping.rows_of}.",
                "A join or filter loses or repeats rows: use a left join on a unique key, and "
                "refused_because for rows that must not go on.",
            )


def _count(con: duckdb.DuckDBPyConnection, extract: str) -> Counts:
    rows_in = _number(con, "select count(*) from checked")
    rows_on = _number(con, "select count(*) from checked where len(broken) = 0")
    rules = _tally(con, "select unnest(broken) as what from checked")
    mended = _tally(con, f"select {MENDED} as what from checked where {MENDED} is not null")
    return Counts(rows_in, rows_on, rows_in - rows_on, rules, mended)


def _refuse(
    staging: Staging,
    source: Source,
    mapping: Mapping,
    counts: Counts,
    settings: Settings,
    allow_shrink: bool,
) -> None:
    if counts.rows_quarantined > settings.most_quarantined * counts.rows_in or not counts.rows_on:
        worst = max(counts.rules, key=counts.rules.__getitem__, default="no rows")
        raise BadInput(
            f"{counts.rows_quarantined:,} of {counts.rows_in:,} rows of {mapping.extract} break "
            f"the contract, most often: {worst}.",
            "Check the formats in source.toml; the last version stays.",
        )
    known = staging.previous.manifest["sources"].get(source.name) if staging.previous else None
    before = known["extracts"].get(mapping.extract) if known else None
    if before and not allow_shrink:
        least = before["rows_on"] * (1 - settings.most_rows_lost)
        if counts.rows_on < least:
            raise BadInput(
                f"{mapping.extract} has {counts.rows_on:,} rows, {before['rows_on']:,} before.",
                "Deliver it whole, or add --allow-shrink if it is meant; the last version stays.",
            )


def _write(
    con: duckdb.DuckDBPyConnection,
    staging: Staging,
    source: Source,
    extract: Extract,
    now: datetime,
) -> None:
    name = extract.name
    target = staging.path / name / f"{source.name}.parquet"
    target.parent.mkdir()
    before = staging.previous.path / name / target.name if staging.previous else None
    con.execute("select column_name from duckdb_columns() where table_name = 'checked'")
    columns = [column.name for column in extract.columns]
    columns += [row[0] for row in con.fetchall() if row[0].startswith(FLEXIBLE_PREFIX)]
    happened = _known_from(extract, source)
    known, assumed, joined = happened, "true", ""
    if before and before.is_file():
        keys = ", ".join(extract.key)
        known = "coalesce(old.known_at, $now)"
        assumed = "coalesce(old.is_known_at_assumed, false)"
        joined = (
            f"left join (select {keys}, known_at, is_known_at_assumed "
            f"from read_parquet('{before}')) as old using ({keys})"
        )
    parameters = {"now": now, "source": source.name}
    if "$now" not in known:
        known = f"({known})"
    order = f"order by {extract.event_column}" if extract.event_column else ""
    con.execute(
        f"copy (select {', '.join(f'new.{column}' for column in columns)}, "
        "$source as source_system, $now::timestamptz as extracted_at, "
        f"{known}::timestamptz as known_at, {assumed} as is_known_at_assumed "
        f"from checked as new {joined} where len(broken) = 0 {order}) "
        f"to '{target}' (format parquet, compression zstd)",
        parameters,
    )
    broken = staging.path / "quarantine" / f"{source.name}.{name}.parquet"
    if _number(con, "select count(*) from checked where len(broken) > 0"):
        broken.parent.mkdir(exist_ok=True)
        con.execute(
            "copy (select checked.source_row, checked.broken, to_json(mapped) as row_as_given "
            "from checked join mapped using (source_row) where len(broken) > 0 "
            f"order by source_row) to '{broken}' (format parquet)"
        )


def _known_from(extract: Extract, source: Source) -> str:
    """SQL for known_at of history: the event's time, a day's end, plus the declared delay."""
    if not extract.event_column:
        return "timestamptz '1970-01-01 00:00:00+00'"
    event = f"new.{extract.event_column}"
    if extract.column(extract.event_column).type == "DATE":
        event = f"({event} + 1)::timestamptz"
    minutes = round(source.delay_hours * 60)
    unknown = "timestamptz '1970-01-01 00:00:00+00'"
    return f"coalesce({event} + interval {minutes} minute, {unknown})"


def _keep_others(staging: Staging, source: Source) -> None:
    if staging.previous is None:
        return
    for file in staging.previous.path.rglob("*.parquet"):
        mine = file.name == f"{source.name}.parquet" or file.name.startswith(f"{source.name}.")
        if not mine:
            staging.reuse(file)


def _matched(con: duckdb.DuckDBPyConnection, staging: Staging, name: str, counts: Counts) -> Counts:
    """Counts, with the references that match nothing in an extract that is there."""
    unmatched = {}
    for column in EXTRACTS[name].columns:
        target = EXTRACTS.get(column.references)
        if target is None or not (staging.path / target.name).is_dir():
            continue
        missing = _number(
            con,
            f"select count(*) from read_parquet('{staging.path}/{name}/*.parquet') as rows_on "
            f"where {column.name} is not null and not exists (select 1 from "
            f"read_parquet('{staging.path}/{target.name}/*.parquet') as known "
            f"where known.{target.id_column} = rows_on.{column.name})",
        )
        if missing:
            unmatched[f"{column.name} in {target.name}"] = missing
    return Counts(**{**vars(counts), "unmatched": unmatched})


def _tally(con: duckdb.DuckDBPyConnection, rows: str) -> dict[str, int]:
    con.execute(f"select what, count(*) from ({rows}) group by what order by 2 desc, 1")
    return dict(con.fetchall())


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = con.execute(sql).fetchone()
    return int(found[0]) if found else 0
