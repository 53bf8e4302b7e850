"""Raw files become DuckDB views raw.<name>: text as it stands, rows numbered, none lost."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from data.source import RawFile, Source
from errors import BadInput

# What DuckDB does not decode itself; Python's codec names.
_DECODED_FIRST = {"utf-16", "cp1252", "gb18030"}


def open_raw(con: duckdb.DuckDBPyConnection, source: Source, scratch: Path) -> None:
    """Makes one view a raw file; raises BadInput naming the file that cannot be read."""
    con.execute("create schema if not exists raw")
    for file in source.files:
        paths = _paths(source.raw_dir, file)
        try:
            con.execute(f"create view raw.{file.name} as {_select(file, paths, scratch)}")
            con.execute(f"select count(*) from raw.{file.name}")
            found = con.fetchone()
        except (duckdb.Error, UnicodeError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise BadInput(
                f"{file.path} cannot be read as {file.format} in {file.encoding}: {reason}",
                "Check that the file is whole and its format, encoding and delimiter are as "
                "declared in source.toml.",
            ) from None
        if not found or not found[0]:
            raise BadInput(f"{file.path} has no rows.", "Deliver it again; nothing was changed.")


def _paths(folder: Path, file: RawFile) -> list[Path]:
    paths = sorted(folder.glob(file.path))
    if not paths:
        raise BadInput(f"There is no {file.path} in {folder}.", "Name the folder with --from DIR.")
    for path in paths:
        if path.is_symlink():
            raise BadInput(f"{path.name} is a link, not a file.", "Deliver the file itself.")
    return paths


def _select(file: RawFile, paths: list[Path], scratch: Path) -> str:
    if file.format == "csv":
        if file.encoding in _DECODED_FIRST:
            paths = [_decoded(path, file.encoding, scratch) for path in paths]
        options = f"delim = {_text(file.delimiter)}, header = true, all_varchar = true"
        table = f"read_csv({_list(paths)}, {options}, null_padding = false, auto_detect = true)"
    elif file.format == "xlsx":
        table = f"read_parquet({_list([_sheet(path, file.sheet, scratch) for path in paths])})"
    elif file.format == "jsonl":
        table = f"read_json({_list(paths)}, format = 'newline_delimited')"
    elif file.format == "parquet":
        table = f"read_parquet({_list(paths)}, union_by_name = true)"
    else:
        raise ValueError(f"{file.format} is none of csv, xlsx, jsonl, parquet")
    return f"select *, row_number() over () as row_number from {table}"


def _decoded(path: Path, encoding: str, scratch: Path) -> Path:
    target = scratch / f"{path.name}.utf-8"
    target.write_text(path.read_text(encoding=encoding), encoding="utf-8")
    return target


def _sheet(path: Path, sheet: str, scratch: Path) -> Path:
    target = scratch / f"{path.name}.parquet"
    frame = pd.read_excel(path, sheet_name=sheet or 0, dtype=str, engine="calamine")
    frame.to_parquet(target)
    return target


def _list(paths: list[Path]) -> str:
    return "[" + ", ".join(_text(str(path)) for path in paths) + "]"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
