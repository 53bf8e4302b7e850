"""A disk that is full fails a load in a sentence, at any file; the last version stays whole."""

import multiprocessing
import resource
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.loading import import_source
from data.versions import current, verify
from errors import BadInput, WarRoomError
from settings import Settings

NOW = datetime(2026, 4, 1, tzinfo=UTC)
SOURCE = """
name = "shop"
title = "Lines"
[files.lines]
path = "lines.csv"
format = "csv"
[extracts.order_lines]
rows_of = "lines"
"""
PROCESSES = multiprocessing.get_context("forkserver")


def _load(folder: Path) -> str:
    return import_source(
        folder, Settings(data=folder / "extracts"), raw_dir=folder, now=NOW
    ).version


def _load_with_room_for(folder: Path, most: int, said: multiprocessing.SimpleQueue) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond it fails as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        said.put(("loaded", _load(folder)))
    except WarRoomError as error:
        said.put((type(error).__name__, str(error)))


def _deliver(folder: Path, lines: int) -> None:
    rows = "".join(f"{number},2026-01-01,{number}\n" for number in range(lines))
    (folder / "lines.csv").write_text("order_line_id,invoice_date,net_revenue\n" + rows)


@pytest.mark.parametrize("most", [0, 100, 1000, 3000])
def test_a_full_disk_leaves_the_last_version(tmp_path: Path, most: int) -> None:
    (tmp_path / "source.toml").write_text(SOURCE)
    (tmp_path / "order_lines.sql").write_text("select * from raw.lines")
    _deliver(tmp_path, 1000)
    good = _load(tmp_path)
    _deliver(tmp_path, 1001)
    said = PROCESSES.SimpleQueue()
    child = PROCESSES.Process(target=_load_with_room_for, args=(tmp_path, most, said))
    child.start()
    kind, text = said.get()
    child.join()
    assert (kind, "could not be written" in text) == ("WarRoomError", True), text
    version = current(tmp_path / "extracts")
    assert version and version.id == good
    assert verify(version) == []
    assert _load(tmp_path) > good


def test_too_little_memory_is_told(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(SOURCE)
    (tmp_path / "order_lines.sql").write_text("select * from raw.lines")
    _deliver(tmp_path, 1000)
    chosen = Settings(data=tmp_path / "extracts", memory_limit="100KB")
    with pytest.raises(WarRoomError, match="more than 100KB of memory") as told:
        import_source(tmp_path, chosen, raw_dir=tmp_path, now=NOW)
    assert not isinstance(told.value, BadInput)
