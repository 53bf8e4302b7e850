"""Raw files become DuckDB tables raw.<name>: text as it stands, rows numbered, none lost."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pandas as pd

from data.source import RawFile, Source
from errors import BadInput

_READ_AS_IS = ("utf-8", "utf-8-sig")  # DuckDB decodes no other encoding; Python's codec names
_AS_DECLARED = (
    "Check that the file is whole and its format, encoding and delimiter are as declared in "
    "source.toml."
)


def find_files(source: Source) -> dict[str, list[Path]]:
    """The paths of each declared raw file, in the order of their names.

    Raises BadInput where there is none, and for a link.
    """
    return {file.name: _paths(source.raw_dir, file) for file in source.files}


def open_raw(
    con: duckdb.DuckDBPyConnection, source: Source, name: str, paths: list[Path], scratch: Path
) -> list[str]:
    """Makes raw.<name> of `paths`, numbered by row_number; gives the columns that it has.

    Raises BadInput naming the file that cannot be read or has no rows.
    """
    con.execute("create schema if not exists raw")
    file = source.file(name)
    try:
        _open(con, file, paths, scratch)
        found = con.execute(f"select count(*) from raw.{name}").fetchone()
    except duckdb.OutOfMemoryException:
        raise  # not the file's fault
    except (duckdb.Error, UnicodeError, LookupError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise BadInput(
            f"{_shown(file, paths)} cannot be read as {file.format} in {file.encoding}: {reason}",
            _AS_DECLARED,
        ) from None
    if not found or not found[0]:
        raise BadInput(
            f"{_shown(file, paths)} has no rows.", "Deliver it again; nothing was changed."
        )
    _ensure_alike(con, file, paths)
    given = con.execute(f"describe raw.{name}").fetchall()
    return [row[0] for row in given if row[0] != "row_number"]


def _shown(file: RawFile, paths: list[Path]) -> str:
    return paths[0].name if len(paths) == 1 else file.path


def _paths(folder: Path, file: RawFile) -> list[Path]:
    paths = sorted(folder.glob(file.path))
    if not paths:
        raise BadInput(f"There is no {file.path} in {folder}.", "Name the folder with --from DIR.")
    for path in paths:
        if path.is_symlink():
            raise BadInput(f"{path.name} is a link, not a file.", "Deliver the file itself.")
        if not path.is_file():
            raise BadInput(f"{path.name} is a folder, not a file.", "Deliver the file itself.")
    return paths


def _open(con: duckdb.DuckDBPyConnection, file: RawFile, paths: list[Path], scratch: Path) -> None:
    """Parquet stays where it is; text is parsed once, into a table whose rowid numbers it."""
    rows, number = "*", "row_number() over ()"
    if file.format == "parquet" and len(paths) == 1:
        table = f"read_parquet({_list(paths)}, file_row_number = true)"
        rows, number = "* exclude (file_row_number)", "file_row_number + 1"
    elif file.format == "parquet":
        table = f"read_parquet({_list(paths)}, union_by_name = true)"
    else:
        table, number = f"raw.{file.name}__rows", "rowid + 1"
        parsed = _parsed(file, paths, scratch)
        con.execute(f"create or replace table {table} as select * from {parsed}")
    con.execute(
        f"create or replace view raw.{file.name} as "
        f"select {rows}, {number} as row_number from {table}"
    )


def _ensure_alike(con: duckdb.DuckDBPyConnection, file: RawFile, paths: list[Path]) -> None:
    """Files of a glob may gain columns in the order of their names, never lose one."""
    before: set[str] = set()
    if len(paths) == 1 or file.format not in ("csv", "parquet"):
        return
    for path in paths:
        columns = _parquet_columns(con, path) if file.format == "parquet" else _header(file, path)
        lost = sorted(before - columns)
        if lost:
            raise BadInput(
                f"{path.name} has no {lost[0]}, which the files before it have; it has "
                f"{', '.join(sorted(columns))}.",
                "The column may have been renamed or left out; deliver the file as the others.",
            )
        before = columns


def _parquet_columns(con: duckdb.DuckDBPyConnection, path: Path) -> set[str]:
    rows = con.execute(f"describe select * from read_parquet({_list([path])})").fetchall()
    return {row[0] for row in rows}


def _header(file: RawFile, path: Path) -> set[str]:
    encoding = "utf-8-sig" if file.encoding == "utf-8" else file.encoding
    with path.open(encoding=encoding, newline="") as lines:
        return set(next(csv.reader(lines, delimiter=file.delimiter), []))


def _parsed(file: RawFile, paths: list[Path], scratch: Path) -> str:
    if file.format != "xlsx" and file.encoding not in _READ_AS_IS:
        paths = [_decoded(path, file.encoding, _in(scratch, path)) for path in paths]
    if file.format == "csv":
        # What the sniffer may choose is chosen here: else it may skip lines without a word.
        options = (
            f"delim = {_text(file.delimiter)}, quote = '\"', escape = '\"', comment = '', "
            "skip = 0, header = true, all_varchar = true, null_padding = false, auto_detect = true"
        )
        return f"read_csv({_list(paths)}, {options}, union_by_name = {len(paths) > 1})"
    if file.format == "xlsx":
        sheets = [_sheet(path, file.sheet, _in(scratch, path)) for path in paths]
        return f"read_parquet({_list(sheets)})"
    if file.format == "jsonl":
        return f"read_json({_list(paths)}, format = 'newline_delimited')"
    raise ValueError(f"{file.format} is none of csv, xlsx, jsonl, parquet")


def _decoded(path: Path, encoding: str, target: Path) -> Path:
    target.write_bytes(path.read_bytes().decode(encoding).encode())
    return target


def _sheet(path: Path, sheet: str, target: Path) -> Path:
    frame = pd.read_excel(path, sheet_name=sheet or 0, dtype=str, engine="calamine")
    frame.to_parquet(target)
    return target


def _in(scratch: Path, path: Path) -> Path:
    """A file of its own in `scratch`: files of a glob may share a name."""
    return scratch / f"{len(list(scratch.iterdir()))}-{path.name}"


def _list(paths: list[Path]) -> str:
    return "[" + ", ".join(_text(str(path)) for path in paths) + "]"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
