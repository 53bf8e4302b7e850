"""The worker: publishes what changed once it has settled, keeps the last version otherwise."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.heartbeat import last_beat
from data.versions import current
from settings import Settings
from watch import Worker, sources_of

SOURCE = """
name = "stub"
title = "One file"
[files.channels]
path = "channels.csv"
format = "csv"
[extracts.channels]
rows_of = "channels"
"""


@pytest.fixture
def worker(tmp_path: Path) -> Worker:
    (tmp_path / "source.toml").write_text(SOURCE)
    (tmp_path / "channels.csv").write_text("channel_id,name\nd,Direct\n")
    chosen = Settings(data=tmp_path / "extracts", sources=f"{tmp_path}={tmp_path}")
    return Worker(chosen, lambda: datetime(2026, 3, 1, tzinfo=UTC), say=lambda _: None)


def _version(worker: Worker) -> str:
    version = current(worker.settings.data)
    return version.id if version else ""


def test_a_file_is_loaded_once_it_has_stopped_changing(worker: Worker) -> None:
    worker.round()
    assert _version(worker) == ""
    worker.round()
    first = _version(worker)
    assert first
    worker.round()
    assert _version(worker) == first


def test_a_refused_file_leaves_the_last_version_and_is_told_with_the_heartbeat(
    worker: Worker, tmp_path: Path
) -> None:
    worker.round()
    worker.round()
    good = _version(worker)
    (tmp_path / "channels.csv").write_text("channel_id\n")
    worker.round()
    worker.round()
    assert _version(worker) == good
    beat = last_beat(worker.settings.data)
    assert beat and beat.problem and time.time() - beat.at < 5
    (tmp_path / "channels.csv").write_text("channel_id,name\nd,Direct\ns,Store\n")
    worker.round()
    worker.round()
    assert _version(worker) > good
    healed = last_beat(worker.settings.data)
    assert healed and healed.problem == ""


def test_what_was_imported_by_hand_is_watched_from_then_on(worker: Worker, tmp_path: Path) -> None:
    worker.round()
    worker.round()
    by_hand = worker.settings.model_copy(update={"sources": ""})
    assert sources_of(by_hand) == {str(tmp_path): tmp_path}
