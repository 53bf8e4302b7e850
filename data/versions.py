"""Versions: the data as loaded at one moment, an immutable folder behind one pointer.

A version is written beside the others, flushed to disk, given its name, and only then does the
pointer `current.json` move. A writer killed at any moment leaves the last version whole and at
most one orphan, which the next writer removes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from data.contract import EXTRACTS
from errors import BadInput

POINTER = "current.json"
_STAGING = ".staging-"
_REMOVED = ".removed-"
_ID = "%Y%m%dT%H%M%S.%fZ"
_sums: dict[tuple[int, int, int], str] = {}  # (inode, mtime_ns, size) -> sha256


@dataclass(frozen=True)
class Version:
    """One load: `manifest` has its sources with their counts, and every file with its sha256."""

    id: str
    path: Path
    manifest: dict[str, Any]

    @property
    def extracts(self) -> tuple[str, ...]:
        return tuple(sorted({name.split("/")[0] for name in self.manifest["extract_files"]}))

    def files(self, extract: str) -> list[Path]:
        return sorted((self.path / extract).glob("*.parquet"))


@dataclass
class Staging:
    """A version in the making; `manifest` is filled by the loader."""

    id: str
    path: Path
    previous: Version | None
    manifest: dict[str, Any] = field(default_factory=dict)
    reused: dict[str, dict[str, Any]] = field(default_factory=dict)

    def files_before(self) -> dict[str, dict[str, Any]]:
        """The previous version's files by name, with bytes and sha256; empty at the first load."""
        return self.previous.manifest["files"] if self.previous else {}

    def before(self, name: str) -> Path:
        """Where a file of the previous version stands."""
        if self.previous is None:
            raise ValueError("there is no previous version")
        return self.previous.path / name

    def reuse(self, name: str) -> None:
        """Hard-links a file of the previous version into the same place, with the sum it had."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.before(name), target)
        except FileNotFoundError:
            raise _damaged(f"{name} is gone") from None
        self.reused[name] = self.files_before()[name]

    def whole(self, name: str) -> Path | None:
        """A file of the previous version that is as it was published, None if it has no such file.

        Raises BadInput when it was changed: what is read from it would be published again.
        """
        if self.previous is None or name not in self.files_before():
            return None
        problem = _problem(self.previous, name)
        if problem:
            raise _damaged(problem)
        return self.previous.path / name


def current(root: Path) -> Version | None:
    """The version that the pointer names, None before the first load."""
    try:
        pointer = json.loads((root / POINTER).read_text())
    except FileNotFoundError:
        return None
    except ValueError:
        raise BadInput(
            f"{POINTER} cannot be read.", f'Write {{"version": ...}} into {root / POINTER}.'
        ) from None
    return locate(root, pointer["version"])


def locate(root: Path, version_id: str) -> Version:
    """A version by its id; BadInput when it is no longer kept."""
    path = root / version_id
    try:
        manifest = json.loads((path / "manifest.json").read_text())
    except FileNotFoundError:
        raise BadInput(
            f"Version {version_id} is not kept here.", "`manage.py versions` lists what is."
        ) from None
    except ValueError:
        raise BadInput(
            f"manifest.json of version {version_id} cannot be read.",
            f"Name another version in {POINTER}.",
        ) from None
    return Version(version_id, path, manifest)


def all_versions(root: Path) -> list[Version]:
    """Every published version, newest first."""
    return [locate(root, name) for name in _names(root)]


@contextmanager
def writing(root: Path, now: datetime) -> Iterator[Staging]:
    """The one writer's staging folder; removed again unless it was published.

    Raises BadInput when another process is loading.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput("Another load is running.", "Wait until it has ended.") from None
        previous = current(root)
        _remove_orphans(root, previous)
        version_id = now.strftime(_ID)
        if previous and version_id <= previous.id:  # a clock set back must not reorder loads
            later = datetime.strptime(previous.id, _ID).replace(tzinfo=UTC)
            version_id = (later + timedelta(microseconds=1)).strftime(_ID)
        staging = Staging(version_id, root / f"{_STAGING}{version_id}", previous)
        staging.path.mkdir()
        try:
            yield staging
        finally:
            shutil.rmtree(staging.path, ignore_errors=True)


def publish(staging: Staging, keep: int) -> Version:
    """Makes the staged files a version, the current one; keeps the newest `keep` versions."""
    root = staging.path.parent
    files = sorted(file for file in staging.path.rglob("*") if file.is_file())
    described = {}
    for file in files:
        name = str(file.relative_to(staging.path))
        described[name] = staging.reused.get(name) or _sealed(file)
    staging.manifest |= {
        "id": staging.id,
        "files": described,
        "extract_files": [name for name in described if name.split("/")[0] in EXTRACTS],
    }
    staging.manifest["manifest_sha256"] = _manifest_sum(staging.manifest)
    _write(staging.path / "manifest.json", staging.manifest)
    for folder in [*(path for path in staging.path.rglob("*") if path.is_dir()), staging.path]:
        _flush(folder)
    final = root / staging.id
    staging.path.rename(final)
    _flush(root)
    _write(root / f".{POINTER}", {"version": staging.id})
    (root / f".{POINTER}").rename(root / POINTER)
    _flush(root)
    for name in _names(root)[keep:]:
        _remove(root / name)
    return Version(staging.id, final, staging.manifest)


def verify(version: Version, afresh: bool = False) -> list[str]:
    """What is wrong with a version's files, one sentence each; empty when all is well.

    A file whose inode, time and length this process has seen is not read again unless `afresh`.
    """
    if afresh:
        _sums.clear()
    if version.manifest.get("manifest_sha256") != _manifest_sum(version.manifest):
        return ["manifest.json has another content than when it was published"]
    problems = [_problem(version, name) for name in version.manifest["files"]]
    return [problem for problem in problems if problem]


def _problem(version: Version, name: str) -> str:
    file, known = version.path / name, version.manifest["files"][name]
    if not file.is_file():
        return f"{name} is gone"
    if file.stat().st_size != known["bytes"]:
        return f"{name} has another length than when it was published"
    if _sha256(file) != known["sha256"]:
        return f"{name} has another content than when it was published"
    return ""


def _manifest_sum(manifest: dict[str, Any]) -> str:
    rest = {key: value for key, value in manifest.items() if key != "manifest_sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _damaged(problem: str) -> BadInput:
    return BadInput(
        f"The current version is damaged: {problem}.",
        "Restore the file, or remove current.json and import every source anew.",
    )


def _sealed(file: Path) -> dict[str, Any]:
    file.chmod(0o444)
    _flush(file)
    return {"bytes": file.stat().st_size, "sha256": _sha256(file)}


def _names(root: Path) -> list[str]:
    """Ids of the published versions, newest first: none newer than the pointer's."""
    version = current(root)
    newest = version.id if version else ""
    names = (file.parent.name for file in root.glob("[0-9]*/manifest.json"))
    return sorted((name for name in names if name <= newest), reverse=True)


def _remove(folder: Path) -> None:
    """Takes a version's name away first: half of it must not pass for the whole."""
    unnamed = folder.with_name(f"{_REMOVED}{folder.name}")
    folder.rename(unnamed)
    shutil.rmtree(unnamed)


def _remove_orphans(root: Path, previous: Version | None) -> None:
    for folder in [*root.glob(f"{_STAGING}*"), *root.glob(f"{_REMOVED}*")]:
        shutil.rmtree(folder)
    for folder in root.glob("[0-9]*"):
        if previous is None or folder.name > previous.id:
            shutil.rmtree(folder)


def _sha256(file: Path) -> str:
    stat = file.stat()
    key = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    if key not in _sums:
        with file.open("rb") as content:
            _sums[key] = hashlib.file_digest(content, "sha256").hexdigest()
    return _sums[key]


def _write(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1))
    _flush(file)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
