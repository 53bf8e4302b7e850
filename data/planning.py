"""What a load has to read: the extracts whose fingerprint differs from the version before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from data.checking import IN_THE_FUTURE
from data.fingerprints import describe_files, files_of, fingerprint, is_still
from data.reading import find_files
from data.report import Counts
from data.source import Mapping, Source
from data.versions import Staging
from errors import BadInput


@dataclass(frozen=True)
class Plan:
    """`fresh` mappings are read, extracts in `kept` taken over from the version before.

    `before` is the source's entry in that version's manifest, `raw_files` describes every
    declared file by its path, `columns` lists those of each raw file.
    """

    source: Source
    before: dict[str, Any]
    raw_files: dict[str, dict[str, Any]]
    fingerprints: dict[str, str]
    fresh: tuple[Mapping, ...]
    kept: tuple[str, ...]
    columns: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_unchanged(self) -> bool:
        return not self.fresh and self.fingerprints == self.before.get("fingerprints")

    @property
    def raw_names(self) -> list[str]:
        """The raw files that the fresh mappings read."""
        return sorted({name for mapping in self.fresh for name in files_of(self.source, mapping)})

    def counts_before(self) -> dict[str, Counts]:
        found = self.before.get("extracts", {})
        return {name: Counts(**found[name]) for name in self.fingerprints if name in found}

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
    before = _before(staging, source)
    known = before.get("raw_files", {})
    paths = find_files(source)
    began_ns = staging.path.stat().st_mtime_ns
    described = {
        name: describe_files(source.raw_dir, paths[name], known, began_ns) for name in paths
    }
    for name, files in described.items():
        _ensure_ended(source, name, files, known)
    prints = {
        mapping.extract: fingerprint(
            source, mapping, {name: described[name] for name in files_of(source, mapping)}
        )
        for mapping in source.mappings
    }
    kept = tuple(
        name for name, text in prints.items() if not again and _stands(staging, source, name, text)
    )
    return Plan(
        source,
        before,
        {path: file for files in described.values() for path, file in files.items()},
        prints,
        tuple(mapping for mapping in source.mappings if mapping.extract not in kept),
        kept,
        {name: columns for name, columns in before.get("raw_columns", {}).items() if name in paths},
    )


def _before(staging: Staging, source: Source) -> dict[str, Any]:
    found = staging.previous.manifest["sources"].get(source.name) if staging.previous else None
    return found or {}


def ensure_still(planned: Plan) -> None:
    """Raises BadInput when a raw file was written to while it was read."""
    folder = planned.source.raw_dir
    for path, described in planned.raw_files.items():
        if not (folder / path).is_file() or not is_still(folder / path, described):
            raise BadInput(
                f"{path} was written to while it was read.",
                "Deliver files under another name and rename them when they are whole.",
            )


def _stands(staging: Staging, source: Source, extract: str, text: str) -> bool:
    """Whether the extract's file of the version before is what this load would make."""
    before = _before(staging, source)
    waiting = before.get("extracts", {}).get(extract, {}).get("rules", {})
    return (
        before.get("fingerprints", {}).get(extract) == text
        and f"{extract}/{source.name}.parquet" in staging.files_before()
        and not any(rule.endswith(IN_THE_FUTURE) for rule in waiting)  # it may have come by now
    )


def _ensure_ended(
    source: Source, name: str, files: dict[str, dict[str, Any]], known: dict[str, Any]
) -> None:
    """A text file that used to end in a line break and no longer does was cut off."""
    for path, file in files.items():
        was_ended = path in known and known[path]["is_ended"]
        if source.file(name).format in ("csv", "jsonl") and was_ended and not file["is_ended"]:
            raise BadInput(
                f"{path} ends within a line, which it did not before.", "Deliver it whole."
            )
