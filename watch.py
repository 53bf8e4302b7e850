"""The worker, one per installation: watches the sources and publishes what has changed."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from clock import make_clock
from data.heartbeat import Beat, beat
from data.loading import import_source
from data.sample.feed import feed
from data.source import read_source
from data.versions import current
from errors import WarRoomError
from queries.engines.duckdb import build
from running import latest_event
from settings import HOUSE, Settings, settings

LOOK_S = 0.5  # how often the files are looked at
FEED_S = 20.0  # how often the sample's shops report
Signature = tuple[tuple[str, int, int], ...]


@dataclass
class Watched:
    """One source: its folder, its raw files, and how they looked when they were last loaded."""

    folder: Path
    raw_dir: Path | None
    loaded: Signature | None = None
    seen: Signature = ()
    problem: str = ""


@dataclass
class Worker:
    """Everything that a round needs; `say` tells a person what happened."""

    settings: Settings
    now: Callable[[], datetime]
    say: Callable[[str], None] = print
    sources: dict[str, Watched] = field(default_factory=dict)
    fed_at: float = float("-inf")

    def round(self) -> None:
        """One look at everything: feed the sample, load what changed, say that we live."""
        self._find_sources()
        self._feed_sample()
        for watched in self.sources.values():
            self._load_if_changed(watched)
        problem = next((w.problem for w in self.sources.values() if w.problem), "")
        beat(self.settings.data, Beat(time.time(), problem))

    def _find_sources(self) -> None:
        for name, raw_dir in sources_of(self.settings).items():
            self.sources.setdefault(name, Watched(source_folder(name), raw_dir))

    def _feed_sample(self) -> None:
        raw = self.settings.raw / "sample"
        if "sample" in self.sources and raw.is_dir() and time.monotonic() - self.fed_at > FEED_S:
            self.fed_at = time.monotonic()
            feed(raw, self.now(), self.now())

    def _load_if_changed(self, watched: Watched) -> None:
        """Loads a source whose files look new, once they have stopped changing."""
        found = signature(watched)
        settled, watched.seen = found == watched.seen, found
        if not settled or found == watched.loaded:
            return
        watched.loaded = found
        try:
            report = import_source(
                watched.folder,
                self.settings,
                raw_dir=watched.raw_dir,
                now=self.now(),
                not_after=latest_event(self.now()),
                build=build,
            )
        except WarRoomError as error:
            watched.problem = str(error)
            self.say(f"{watched.folder.name} is refused, the last version stays: {error}")
            return
        watched.problem = ""
        if not report.is_unchanged:
            self.say(f"published {report.version} from {report.source}")


def sources_of(chosen: Settings) -> dict[str, Path | None]:
    """What is watched: WARROOM_SOURCES, or whatever the current version was loaded from."""
    if chosen.sources:
        pairs = (item.partition("=") for item in chosen.sources.split(","))
        return {name.strip(): Path(folder) if folder else None for name, _, folder in pairs}
    version = current(chosen.data)
    loaded = version.manifest["sources"] if version else {}
    return {
        source["folder"]: Path(source["raw_dir"])
        for source in loaded.values()
        if "folder" in source
    }


def source_folder(name: str) -> Path:
    """A ready source by its name, or any folder."""
    ready = HOUSE / "data" / "sources" / name
    return ready if ready.is_dir() else Path(name)


def signature(watched: Watched) -> Signature:
    """Name, size and time of every raw file; empty where the source cannot be read."""
    try:
        source = read_source(watched.folder, watched.raw_dir)
        paths = [path for file in source.files for path in sorted(source.raw_dir.glob(file.path))]
        stats = [(str(path), path.stat()) for path in paths]
    except (WarRoomError, OSError):
        return ()
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def main(words: list[str] | None = None) -> int:
    """Rounds until it is told to stop, or until who started it is gone."""
    parser = argparse.ArgumentParser(prog="watch.py", description=__doc__)
    parser.add_argument("--once", action="store_true", help="load what changed and end")
    arguments = parser.parse_args(words)
    chosen = settings()
    worker = Worker(chosen, make_clock(chosen.now, chosen.now_started))
    if arguments.once:
        worker.round()
        worker.round()  # the second look tells that files have settled
        return 1 if any(watched.problem for watched in worker.sources.values()) else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parent = os.getppid()
    while os.getppid() == parent:
        worker.round()
        time.sleep(LOOK_S)
    return 0


if __name__ == "__main__":
    sys.exit(main())
