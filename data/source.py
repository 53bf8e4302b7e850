"""A source: a folder with source.toml and one mapping SELECT per extract."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from data.contract import EXTRACTS
from errors import BadInput

_NAME = re.compile(r"[a-z0-9_]+")


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
    """How one extract is made: a SELECT over raw.*; `rows_of` names the raw file row by row.

    `parts`: each file of a glob makes rows of its own, whatever stands in the others, so that
    only changed files are read; of rows of one key in several files the first known goes on.
    """

    extract: str
    sql: str
    rows_of: str = ""
    key: str = ""
    parts: bool = False


@dataclass(frozen=True)
class Source:
    """A declared source: its formats, files and mappings. Formats are strptime patterns."""

    name: str
    title: str
    folder: Path
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

    def file(self, name: str) -> RawFile:
        return next(file for file in self.files if file.name == name)


def read_source(folder: Path, raw_dir: Path | None) -> Source:
    """Reads source.toml and the mappings; BadInput says what is missing or unknown."""
    spec = _parsed(folder)
    declared_dir = spec.pop("path", None)
    if raw_dir is None and declared_dir is None:
        raise BadInput(f"{folder.name} does not say where its files are.", "Add --from DIR.")
    files, extracts = spec.pop("files", {}), spec.pop("extracts", {})
    _match(folder, "", Source, spec, ("folder", "raw_dir", "files", "mappings"))
    if not extracts:
        raise BadInput(f"{folder.name} maps no extract.", "Declare [extracts.*] in source.toml.")
    for name, rest in files.items():
        _match(folder, f"[files.{name}]", RawFile, rest, ("name",))
    for name, rest in extracts.items():
        _match(folder, f"[extracts.{name}]", Mapping, rest, ("extract", "sql"))
    for name in (spec["name"], *files):
        if not _NAME.fullmatch(name):
            raise BadInput(
                f"source.toml of {folder.name} uses the name {name!r}.",
                "Write names with a-z, 0-9 and _ only.",
            )
    source = Source(
        folder=folder.resolve(),
        raw_dir=raw_dir or (folder / declared_dir).resolve(),
        files=tuple(RawFile(name, **rest) for name, rest in files.items()),
        mappings=tuple(_mapping(folder, name, rest) for name, rest in extracts.items()),
        **spec,
    )
    unknown = {mapping.rows_of for mapping in source.mappings} - {"", *files}
    if unknown:
        raise BadInput(
            f"source.toml of {folder.name}: rows_of = {sorted(unknown)[0]!r} is none of its files.",
            "Name one of [files.*].",
        )
    return source


def _parsed(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"{folder.name} has no source.toml.", "Name a source's folder.") from None
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise BadInput(f"source.toml of {folder.name} cannot be read: {error}.") from None


def _match(folder: Path, where: str, kind: type, given: object, filled: tuple[str, ...]) -> None:
    """Raises BadInput unless the keys of `given` are fields of `kind` with values of their type."""
    place = f"{where} of source.toml of {folder.name}".strip().removeprefix("of ")
    if not isinstance(given, dict):
        raise BadInput(f"{place} is no table.", "Write key = value under it.")
    known = {field.name: field for field in fields(kind) if field.name not in filled}
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        raise BadInput(
            f"{place} has {unknown[0]}, which means nothing.", f"Known: {', '.join(known)}."
        )
    for name, field in known.items():
        if name not in given and field.default is MISSING:
            raise BadInput(f"{place} has no {name}.", f"Add {name} = ...")
        if name in given and type(given[name]).__name__ not in (
            ("float", "int") if field.type == "float" else (field.type,)
        ):
            raise BadInput(f"{place}: {name} = {given[name]!r} is no {field.type}.")


def _mapping(folder: Path, extract: str, rest: dict[str, Any]) -> Mapping:
    if extract not in EXTRACTS:
        raise BadInput(
            f"{folder.name} maps {extract}, which is no extract.",
            "docs/data-dictionary.md lists the extracts.",
        )
    file = folder / f"{extract}.sql"
    sql = file.read_text(encoding="utf-8") if file.is_file() else f"select * from raw.{extract}"
    return Mapping(extract, sql, **rest)
