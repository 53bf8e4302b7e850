"""What a load has to read: the pieces whose fingerprint differs from the version before."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.checking import IN_ANOTHER_FILE, IN_THE_FUTURE
from data.fingerprints import describe_files, files_of, fingerprint, is_still
from data.reading import find_files
from data.report import Counts, total
from data.source import Mapping, Source
from data.versions import Staging
from errors import BadInput

Described = dict[str, dict[str, Any]]  # a raw file's path in its folder -> what it is


@dataclass(frozen=True)
class Piece:
    """What one Parquet file is made of: an extract, or its `part` of one raw file."""

    mapping: Mapping
    part: str
    paths: dict[str, list[Path]]
    fingerprint: str

    @property
    def name(self) -> str:
        return f"{self.mapping.extract}.{self.part}" if self.part else self.mapping.extract

    def file(self, source: Source) -> str:
        """Its place in a version."""
        part = f".{self.part}" if self.part else ""
        return f"{self.mapping.extract}/{source.name}{part}.parquet"

    def quarantine(self, source: Source) -> str:
        return f"quarantine/{source.name}.{self.name}.parquet"


@dataclass(frozen=True)
class Plan:
    """`fresh` pieces are read, those in `kept` taken over from the version before.

    `before` is the source's entry in that version's manifest, `raw_files` describes every
    declared file by its path, `columns` lists those of each raw file.
    """

    source: Source
    before: dict[str, Any]
    raw_files: Described
    fresh: tuple[Piece, ...]
    kept: tuple[Piece, ...]
    columns: dict[str, list[str]] = field(default_factory=dict)

    def is_nothing_new(self, counted: dict[str, Counts]) -> bool:
        """Whether the pieces of the version before stand, those read again included."""
        known = self.before.get("pieces", {})
        return known.keys() == {piece.name for piece in (*self.kept, *self.fresh)} and all(
            piece.fingerprint == known[piece.name]["fingerprint"]
            and counted.get(piece.name) == self.piece_before(piece.name)
            for piece in self.fresh
        )

    @property
    def written(self) -> set[str]:
        """The extracts of which anything differs from the version before."""
        now = {piece.name for piece in self.kept}
        gone = {name for name in self.before.get("pieces", {}) if name not in now}
        return {name.split(".")[0] for name in gone} | {p.mapping.extract for p in self.fresh}

    def kept_extracts(self) -> tuple[str, ...]:
        """The extracts of which nothing was read."""
        names = [mapping.extract for mapping in self.source.mappings]
        return tuple(name for name in names if name not in self.written)

    def kept_counts(self) -> dict[str, Counts]:
        found = self.before.get("pieces", {})
        return {piece.name: Counts(**found[piece.name]["counts"]) for piece in self.kept}

    def counts_before(self, extract: str) -> Counts | None:
        found = self.before.get("extracts", {}).get(extract)
        return Counts(**found) if found else None

    def piece_before(self, name: str) -> Counts | None:
        found = self.before.get("pieces", {}).get(name)
        return Counts(**found["counts"]) if found else None

    def totals(self, counted: dict[str, Counts]) -> dict[str, Counts]:
        """Counts by extract from those by piece."""
        return {
            mapping.extract: total(
                [
                    counts
                    for name, counts in counted.items()
                    if name.split(".")[0] == mapping.extract
                ]
            )
            for mapping in self.source.mappings
        }

    def new_columns(self) -> dict[str, list[str]]:
        """The columns that a raw file did not have at the load before, by its declared path."""
        known = self.before.get("raw_columns", {})
        added = {
            self.source.file(name).path: [column for column in columns if column not in known[name]]
            for name, columns in self.columns.items()
            if name in known
        }
        return {path: columns for path, columns in added.items() if columns}


def plan(source: Source, staging: Staging, again: bool) -> Plan:
    """What has to be read; everything if `again`. Raises BadInput for files that are not whole."""
    found = staging.previous.manifest["sources"].get(source.name) if staging.previous else None
    before: dict[str, Any] = found or {}
    known = before.get("raw_files", {})
    paths = find_files(source)
    began_ns = staging.path.stat().st_mtime_ns
    described = {
        name: describe_files(source.raw_dir, paths[name], known, began_ns) for name in paths
    }
    for name, files in described.items():
        _ensure_ended(source, name, files, known)
    raw_files = {path: file for files in described.values() for path, file in files.items()}
    pieces = [
        piece for mapping in source.mappings for piece in _pieces(source, mapping, paths, raw_files)
    ]
    stand = [not again and _stands(piece, source, staging, before) for piece in pieces]
    return Plan(
        source,
        before,
        raw_files,
        tuple(piece for piece, stands in zip(pieces, stand, strict=True) if not stands),
        tuple(piece for piece, stands in zip(pieces, stand, strict=True) if stands),
        {name: columns for name, columns in before.get("raw_columns", {}).items() if name in paths},
    )


def ensure_still(planned: Plan) -> None:
    """Raises BadInput when a raw file was written to, or came, while files were read."""
    source = planned.source
    paths = [path for paths in find_files(source).values() for path in paths]
    for path in paths:
        described = planned.raw_files.get(str(path.relative_to(source.raw_dir)))
        if described is None or not is_still(path, described):
            raise BadInput(
                f"{path.name} was written to while it was read.",
                "Deliver files under another name and rename them when they are whole.",
            )


def _pieces(
    source: Source, mapping: Mapping, paths: dict[str, list[Path]], raw_files: Described
) -> list[Piece]:
    names = files_of(source, mapping)
    wanted = [("", {name: paths[name] for name in names})]
    if mapping.parts:
        if len(names) != 1 or not mapping.rows_of or mapping.key:
            raise BadInput(
                f"{mapping.extract} of {source.name} cannot be loaded by parts.",
                "It must read one raw file row by row (rows_of) and have a key of its own.",
            )
        wanted = [(_part(source, path), {names[0]: [path]}) for path in paths[names[0]]]
    return [
        Piece(mapping, part, chosen, fingerprint(source, mapping, _sums(source, chosen, raw_files)))
        for part, chosen in wanted
    ]


def _sums(source: Source, paths: dict[str, list[Path]], raw_files: Described) -> list[list[str]]:
    return [
        [raw_files[str(path.relative_to(source.raw_dir))]["sha256"] for path in of_one]
        for of_one in paths.values()
    ]


def _part(source: Source, path: Path) -> str:
    """A name for a raw file's part: readable, and no other file's."""
    name = str(path.relative_to(source.raw_dir))
    plain = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    return f"{plain}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _stands(piece: Piece, source: Source, staging: Staging, before: dict[str, Any]) -> bool:
    """Whether the piece's file of the version before is what this load would make."""
    known = before.get("pieces", {}).get(piece.name)
    return (
        known is not None
        and known["fingerprint"] == piece.fingerprint
        and piece.file(source) in staging.files_before()
        # what lay in the future may have come by now, the other file's row may have gone
        and not any(
            rule.endswith((IN_THE_FUTURE, IN_ANOTHER_FILE)) for rule in known["counts"]["rules"]
        )
    )


def _ensure_ended(source: Source, name: str, files: Described, known: Described) -> None:
    """A text file that used to end in a line break and no longer does was cut off."""
    for path, file in files.items():
        was_ended = path in known and known[path]["is_ended"]
        if source.file(name).format in ("csv", "jsonl") and was_ended and not file["is_ended"]:
            raise BadInput(
                f"{path} ends within a line, which it did not before.", "Deliver it whole."
            )
