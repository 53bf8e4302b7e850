"""A source: a folder with source.toml and one mapping SELECT per extract."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.contract import EXTRACTS
from errors import BadInput


@dataclass(frozen=True)
class RawFile:
    """One raw file (or a glob of like ones), read as the view raw.<name>."""

    name: str
    path: str
    format: str
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""


@dataclass(frozen=True)
class Mapping:
    """How one extract is made: a SELECT over raw.*; `rows_of` names the raw file row by row."""

    extract: str
    sql: str
    rows_of: str = ""
    key: str = ""


@dataclass(frozen=True)
class Source:
    """A declared source: its formats, files and mappings. Formats are strptime patterns."""

    name: str
    title: str
    raw_dir: Path
    files: tuple[RawFile, ...]
    mappings: tuple[Mapping, ...]
    date_format: str = "%Y-%m-%d"
    instant_format: str = "%Y-%m-%d %H:%M:%S"
    time_zone: str = "UTC"
    decimal: str = "."
    thousands: str = ""
    delay_hours: float = 0.0
    earliest: date = date(1990, 1, 1)
    latest: date = date(2100, 1, 1)


def read_source(folder: Path, raw_dir: Path | None) -> Source:
    """Reads source.toml and the mappings; BadInput says what is missing or unknown."""
    try:
        spec = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"{folder.name} has no source.toml.", "Name a source's folder.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"source.toml of {folder.name} cannot be read: {error}.") from None
    declared_dir = spec.pop("path", None)
    if raw_dir is None and declared_dir is None:
        raise BadInput(f"{folder.name} does not say where its files are.", "Add --from DIR.")
    files = tuple(RawFile(name, **rest) for name, rest in spec.pop("files", {}).items())
    mappings = tuple(
        _mapping(folder, name, rest) for name, rest in spec.pop("extracts", {}).items()
    )
    try:
        return Source(
            raw_dir=raw_dir or (folder / declared_dir).resolve(),
            files=files,
            mappings=mappings,
            **spec,
        )
    except TypeError as error:
        raise BadInput(f"source.toml of {folder.name}: {error}.") from None


def _mapping(folder: Path, extract: str, rest: dict[str, Any]) -> Mapping:
    if extract not in EXTRACTS:
        raise BadInput(
            f"{folder.name} maps {extract}, which is no extract.",
            "docs/data-dictionary.md lists the extracts.",
        )
    file = folder / f"{extract}.sql"
    sql = file.read_text(encoding="utf-8") if file.is_file() else f"select * from raw.{extract}"
    return Mapping(extract, sql, **rest)
