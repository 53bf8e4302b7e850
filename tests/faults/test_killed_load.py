"""kill -9 at any moment of a load leaves the old version or the new one, whole.

Killed at random moments, and before each single step of publishing. The check can fail:
publishing in the wrong order, pointer first, is caught by it (last test).
"""

import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data import loading, versions
from data.versions import current, verify
from settings import Settings

NOW = datetime(2026, 4, 1, tzinfo=UTC)
KILLS = 20
SOURCE = """
name = "shop"
title = "Lines that grow by one at each load"
[files.lines]
path = "lines.csv"
format = "csv"
[files.channels]
path = "channels.csv"
format = "csv"
[extracts.channels]
[extracts.order_lines]
rows_of = "lines"
"""
FIRST = 2000
PROCESSES = multiprocessing.get_context("forkserver")  # DuckDB does not survive a plain fork


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "source.toml").write_text(SOURCE)
    (tmp_path / "order_lines.sql").write_text("select * from raw.lines")
    (tmp_path / "channels.csv").write_text("channel_id,name\na,Direct\n")
    _deliver(tmp_path, FIRST)
    return tmp_path


def _deliver(folder: Path, lines: int) -> None:
    rows = "".join(f"{number},2026-01-01,{number}\n" for number in range(lines))
    (folder / "lines.csv").write_text("order_line_id,invoice_date,net_revenue\n" + rows)


def _load(folder: Path) -> None:
    chosen = Settings(data=folder / "extracts", keep_versions=2)
    loading.import_source(folder, chosen, raw_dir=folder, now=NOW)


def _load_pointer_first(folder: Path) -> None:
    def publish(staging: versions.Staging, keep: int) -> None:
        (staging.path.parent / versions.POINTER).write_text(f'{{"version": "{staging.id}"}}')
        os.kill(os.getpid(), signal.SIGKILL)

    loading.publish = publish  # type: ignore[assignment]
    _load(folder)


def _load_until(folder: Path, step: int) -> None:
    """Dies before the nth flush or renaming."""
    left = iter(range(step))
    flush, rename = versions._flush, Path.rename

    def count() -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted_flush(path: Path) -> None:
        count()
        flush(path)

    def counted_rename(path: Path, target: Path) -> Path:
        count()
        return rename(path, target)

    versions._flush = counted_flush
    Path.rename = counted_rename  # type: ignore[assignment,method-assign]
    _load(folder)


def _lines(root: Path) -> int:
    version = current(root)
    return (
        version.manifest["sources"]["shop"]["extracts"]["order_lines"]["rows_on"] if version else 0
    )


def _orphans(root: Path) -> list[str]:
    version = current(root)
    known = version.id if version else ""
    names = [folder.name for folder in root.iterdir() if folder.is_dir()]
    return [name for name in names if name.startswith(".") or name > known]


def _ensure_whole(root: Path, allowed: set[int]) -> None:
    version = current(root)
    assert version
    assert verify(version, afresh=True) == []
    assert _lines(root) in allowed
    assert len(_orphans(root)) <= 1


def test_a_load_killed_at_any_moment_leaves_a_whole_version(shop: Path) -> None:
    root, chance = shop / "extracts", random.Random(7)
    PROCESSES.set_forkserver_preload(["data.loading"])
    warm = PROCESSES.Process(target=_load, args=(shop,))
    warm.start()
    warm.join()
    _deliver(shop, FIRST + 1)
    began = time.monotonic()
    second = PROCESSES.Process(target=_load, args=(shop,))
    second.start()
    second.join()
    takes = time.monotonic() - began
    assert _lines(root) == FIRST + 1
    killed = 0
    for number in range(2, KILLS + 2):
        _deliver(shop, FIRST + number)
        child = PROCESSES.Process(target=_load, args=(shop,))
        child.start()
        child.join(chance.uniform(0.2, 1.0) * takes)
        killed += child.is_alive()
        child.kill()
        child.join()
        _ensure_whole(root, {FIRST + number - 1, FIRST + number})
        _load(shop)
        assert _lines(root) == FIRST + number
        assert _orphans(root) == []
    assert killed > KILLS / 3  # else the moments were too late to prove anything


def test_a_load_killed_before_any_step_of_publishing_leaves_a_whole_version(shop: Path) -> None:
    root, seen = shop / "extracts", []
    _load(shop)
    for step in range(100):
        _deliver(shop, FIRST + step + 1)
        child = PROCESSES.Process(target=_load_until, args=(shop, step))
        child.start()
        child.join()
        _ensure_whole(root, {FIRST + step, FIRST + step + 1})
        seen.append(_lines(root) - FIRST - step)
        if child.exitcode == 0:
            break
        _load(shop)
        assert _lines(root) == FIRST + step + 1
        assert _orphans(root) == []
    assert seen == sorted(seen)  # old, old, ..., new, new: it changes at one step
    assert 8 < len(seen) < 100


def test_the_check_finds_a_pointer_that_moved_too_early(shop: Path) -> None:
    _load(shop)
    _deliver(shop, FIRST + 1)
    child = PROCESSES.Process(target=_load_pointer_first, args=(shop,))
    child.start()
    child.join()
    with pytest.raises(Exception, match="is not kept here"):
        _ensure_whole(shop / "extracts", {FIRST, FIRST + 1})
