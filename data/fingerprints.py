"""What an extract is made of, as one short text: the same text, the same rows.

It covers the content of the raw files that the mapping reads, the mapping, the source's
settings, the contract's entry and the loader's own code.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp

from data.contract import EXTRACTS
from data.source import Mapping, Source
from errors import BadInput

SUMS = "SHA256SUMS"  # a sender's checksums, as `sha256sum` writes them
_LOADER = ("checking.py", "reading.py", "source.py", "writing.py")
_RACE_NS = 2_000_000_000  # a file may change again within one tick of its clock


@cache
def raw_of(sql: str) -> tuple[str, ...]:
    """The raw files that a mapping reads."""
    tables = sqlglot.parse_one(sql, read="duckdb").find_all(exp.Table)
    return tuple(sorted({table.name for table in tables if table.db == "raw"}))


def files_of(source: Source, mapping: Mapping) -> tuple[str, ...]:
    """The raw files of a mapping, all of them declared; BadInput names one that is not."""
    try:
        names = raw_of(mapping.sql)
    except sqlglot.ParseError as error:
        reason = str(error).splitlines()[0]
        raise BadInput(f"{mapping.extract}.sql of {source.name} is no SELECT: {reason}") from None
    undeclared = set(names) - {file.name for file in source.files}
    if undeclared:
        raise BadInput(
            f"{mapping.extract}.sql reads raw.{min(undeclared)}, which source.toml lacks.",
            f"Declare [files.{min(undeclared)}].",
        )
    return tuple(sorted({*names, mapping.rows_of} - {""}))


def describe_files(
    folder: Path, paths: list[Path], known: dict[str, Any], before_ns: int
) -> dict[str, dict[str, Any]]:
    """Length, time, inode and sha256 of each raw file by its path in `folder`.

    A sum of `known` (the same from the load before) stands where length, time and inode do;
    `before_ns` is the file system's time of this load. Raises BadInput for a file that is not
    what SHA256SUMS of its folder says.
    """
    promised = _promised(folder)
    described = {}
    for path in paths:
        name = str(path.relative_to(folder))
        described[name] = _described(path, known.get(name), before_ns)
        if promised.get(name, described[name]["sha256"]) != described[name]["sha256"]:
            raise BadInput(f"{name} is not the file that {SUMS} names.", "Deliver it again.")
    return described


def is_still(path: Path, described: dict[str, Any]) -> bool:
    """Whether a raw file has not been written to since it was described."""
    stat = path.stat()
    seen = (described["inode"], described["bytes"], described["written_ns"])
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns) == seen


def fingerprint(source: Source, mapping: Mapping, sums: list[list[str]]) -> str:
    """The fingerprint; `sums` are the sha256 of the files, by each raw name that is read."""
    settings = {k: v for k, v in vars(source).items() if k not in ("raw_dir", "files", "mappings")}
    content = [
        _loader(),
        settings,
        [vars(source.file(name)) for name in files_of(source, mapping)],
        vars(mapping),
        repr(EXTRACTS[mapping.extract]),
        sums,
    ]
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _described(path: Path, known: dict[str, Any] | None, before_ns: int) -> dict[str, Any]:
    if known and known["is_settled"] and is_still(path, known):
        return known
    stat = path.stat()
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(max(0, stat.st_size - 2))
        is_ended = b"\n" in content.read()
    return {
        "bytes": stat.st_size,
        "written_ns": stat.st_mtime_ns,
        "inode": stat.st_ino,
        "sha256": sha256,
        "is_ended": is_ended,  # the last line has its line break
        "is_settled": stat.st_mtime_ns < before_ns - _RACE_NS,
    }


def _promised(folder: Path) -> dict[str, str]:
    file = folder / SUMS
    if not file.is_file():
        return {}
    pairs = [line.split(maxsplit=1) for line in file.read_text(encoding="utf-8").splitlines()]
    return {pair[1].lstrip("*").strip(): pair[0].lower() for pair in pairs if len(pair) == 2}


@cache
def _loader() -> str:
    content = b"".join((Path(__file__).parent / name).read_bytes() for name in _LOADER)
    return hashlib.sha256(content).hexdigest()
