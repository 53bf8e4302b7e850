"""Loading: a source's rows, checked, become a new version; what is broken is kept apart.

Rows in = rows on + rows in quarantine, for every extract and always. An extract whose
fingerprint stands in the version before is taken over from it without being read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from data.checking import make_macros
from data.contract import EXTRACTS
from data.limits import refuse_losses
from data.mapping import map_rows
from data.planning import Piece, Plan, ensure_still, plan
from data.reading import open_raw
from data.references import unmatched
from data.report import Counts, LoadReport
from data.source import read_source
from data.uniqueness import keys_elsewhere, note_keys
from data.versions import Staging, Version, publish, writing
from data.writing import write, write_quarantine
from errors import BadInput, WarRoomError
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
    than `not_after` (a day after `now`) are quarantined. Raises BadInput when a file cannot be
    used whole, WarRoomError when disk or memory do not suffice; the last version stays.
    """
    source = read_source(folder, raw_dir)
    not_after = not_after or now + timedelta(days=1)
    with (
        shortage_told(settings),
        writing(settings.data, now) as staging,
        tempfile.TemporaryDirectory() as scratch,
    ):
        progress(f"{source.name}: looking for what changed")
        planned = plan(source, staging, again)
        counted = planned.kept_counts()
        if staging.previous and not planned.fresh and planned.is_nothing_new(counted):
            return _unchanged(planned, staging.previous)
        refuse = partial(refuse_losses, settings=settings, allow_shrink=allow_shrink)
        with _connect(settings, scratch) as con:
            make_macros(con, source)
            for piece in _opened(con, planned, Path(scratch), progress):
                elsewhere = keys_elsewhere(con, staging, planned, piece)
                counts = map_rows(con, source, piece.mapping, not_after, elsewhere)
                refuse(piece.name, counts, planned.piece_before(piece.name))
                _write(con, staging, planned, piece, now)
                counted[piece.name] = counts
            ensure_still(planned)
            if staging.previous and not again and planned.is_nothing_new(counted):
                return _unchanged(planned, staging.previous)
            totals = planned.totals(counted)
            for name, counts in totals.items():
                refuse(name, counts, planned.counts_before(name))
            progress(f"{source.name}: following references")
            _take_over(staging, planned)
            totals = _matched(con, staging, planned, totals)
        staging.manifest = _manifest(staging, planned, counted, totals, now)
        progress(f"{source.name}: building marts and publishing")
        build(staging.path)
        version = publish(staging, settings.keep_versions)
    new_columns = planned.new_columns()
    return LoadReport(
        source.name, version.id, totals, kept=planned.kept_extracts(), new_columns=new_columns
    )


def rebuild(settings: Settings, *, now: datetime, build: Callable[[Path], None]) -> Version:
    """Publishes the current version's extracts once more, linked, with what `build` makes of them.

    A version is never changed, so new marts make a new one; its data are as old as before, and
    so is its published_at. Raises BadInput where there is none or it is damaged, WarRoomError
    when disk or memory do not suffice.
    """
    with shortage_told(settings), writing(settings.data, now) as staging:
        if staging.previous is None:
            raise BadInput("There is no data yet.", "Run manage.py import SOURCE --from DIR.")
        for name in staging.files_before():
            if name.split("/")[0] in (*EXTRACTS, "quarantine") and staging.whole(name):
                staging.reuse(name)
        before = staging.previous.manifest
        staging.manifest = {name: before[name] for name in ("published_at", "sources")}
        build(staging.path)
        return publish(staging, settings.keep_versions)


@contextmanager
def shortage_told(settings: Settings) -> Iterator[None]:
    """Tells a full disk or too little memory in words, as a WarRoomError."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise WarRoomError(
            f"The load takes more than {settings.memory_limit} of memory.",
            "Raise WARROOM_MEMORY_LIMIT; the last version stays.",
        ) from None
    except (OSError, duckdb.IOException) as error:
        raise WarRoomError(
            f"The load could not be written: {str(error).splitlines()[0]}.",
            "Free space on the disk and load again; the last version stays.",
        ) from None


def _unchanged(planned: Plan, version: Version) -> LoadReport:
    extracts = {name: Counts(**found) for name, found in planned.before["extracts"].items()}
    name = planned.source.name
    return LoadReport(name, version.id, extracts, is_unchanged=True, kept=tuple(extracts))


def _connect(settings: Settings, scratch: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("set global TimeZone = 'UTC'")
    con.execute(f"set memory_limit = '{settings.memory_limit}'")
    con.execute("set temp_directory = $folder", {"folder": scratch})
    return con


def _opened(
    con: duckdb.DuckDBPyConnection, planned: Plan, scratch: Path, progress: Progress
) -> Iterator[Piece]:
    """The fresh pieces, each once its raw files are there to be read."""
    opened: dict[str, list[Path]] = {}
    for piece in sorted(planned.fresh, key=lambda piece: bool(piece.part)):
        for name, paths in piece.paths.items():
            if opened.get(name) != paths:
                shown = paths[0].name if piece.part else planned.source.file(name).path
                progress(f"{planned.source.name}: reading {shown}")
                columns = open_raw(con, planned.source, name, paths, scratch)
                known = planned.columns.get(name, []) if piece.part else []
                planned.columns[name] = list(dict.fromkeys([*known, *columns]))
                opened[name] = paths
        progress(f"{planned.source.name}: checking {piece.mapping.extract}")
        yield piece


def _write(
    con: duckdb.DuckDBPyConnection, staging: Staging, planned: Plan, piece: Piece, now: datetime
) -> None:
    source, target = planned.source, staging.path / piece.file(planned.source)
    write(con, source, piece.mapping, target, _not_kept(staging, planned, piece), now)
    write_quarantine(con, staging.path / piece.quarantine(source))
    note_keys(con, piece)


def _not_kept(staging: Staging, planned: Plan, piece: Piece) -> list[Path]:
    """Files of the version before from which the piece's rows may have come."""
    mine = f"{piece.mapping.extract}/{planned.source.name}."
    kept = {kept.file(planned.source) for kept in planned.kept}
    names = [name for name in staging.files_before() if name.startswith(mine) and name not in kept]
    return [path for name in names if (path := staging.whole(name))]


def _take_over(staging: Staging, planned: Plan) -> None:
    """Links the files of other sources and of this one's pieces that did not change."""
    source = planned.source
    mine = {
        name for piece in planned.kept for name in (piece.file(source), piece.quarantine(source))
    }
    for name in staging.files_before():
        folder, _, file = name.partition("/")
        is_kept = name in mine or not file.startswith(f"{source.name}.")
        if is_kept and (folder in EXTRACTS or folder == "quarantine"):
            staging.reuse(name)


def _matched(
    con: duckdb.DuckDBPyConnection, staging: Staging, planned: Plan, totals: dict[str, Counts]
) -> dict[str, Counts]:
    matched = {}
    for name, counts in totals.items():
        before = planned.counts_before(name)
        known = before.unmatched if before else {}
        found = unmatched(con, staging.path, name, known, planned.written)
        matched[name] = replace(counts, unmatched=found)
    return matched


def _manifest(
    staging: Staging,
    planned: Plan,
    counted: dict[str, Counts],
    totals: dict[str, Counts],
    now: datetime,
) -> dict[str, Any]:
    others = staging.previous.manifest["sources"] if staging.previous else {}
    mine = {
        "title": planned.source.title,
        "folder": str(planned.source.folder),
        "raw_dir": str(planned.source.raw_dir.resolve()),
        "loaded_at": now.isoformat(),
        "extracts": {name: vars(counts) for name, counts in totals.items()},
        "pieces": {
            piece.name: {"fingerprint": piece.fingerprint, "counts": vars(counted[piece.name])}
            for piece in (*planned.kept, *planned.fresh)
        },
        "raw_files": planned.raw_files,
        "raw_columns": planned.columns,
    }
    return {"published_at": now.isoformat(), "sources": {**others, planned.source.name: mine}}
