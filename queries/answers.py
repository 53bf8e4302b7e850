"""Answers that were given before: in this process, then in the cache that processes share.

A version is immutable and is part of the key, so nothing is ever invalidated. A cache that is
down or damaged makes answers slower, never wrong or missing.
"""

from __future__ import annotations

import logging
import os
import pickle
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pandas as pd
from cachelib import BaseCache, FileSystemCache, RedisCache

_HOT_FRAMES = 128
_HOT_ROWS = 2000  # larger frames are not kept in the process
_KEPT_S = 15 * 60  # as_of moves on with every minute: an older answer is hardly asked for again
_SWEEP_EVERY = 200  # answers stored, between two looks for old files
_PAUSE_S = 10.0  # how long a cache that failed is left alone
_log = logging.getLogger(__name__)


class Answers:
    """Frames by key, computed once however many ask at the same time."""

    def __init__(self, shared: BaseCache | None, folder: Path | None = None) -> None:
        self._shared = shared
        self._folder = folder
        self._stored = 0
        self._resting_until = 0.0
        self._hot: OrderedDict[str, pd.DataFrame] = OrderedDict()
        self._flights: dict[str, Future[pd.DataFrame]] = {}
        self._lock = threading.Lock()

    def get(self, key: str, compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The frame of `key`. A shallow copy: pandas copies on write, so callers may change it."""
        with self._lock:
            if key in self._hot:
                self._hot.move_to_end(key)
                return self._hot[key].copy(deep=False)
            flight = self._flights.get(key)
            is_mine = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if is_mine:
            self._fly(key, compute, flight)
        return flight.result().copy(deep=False)

    def _fly(
        self, key: str, compute: Callable[[], pd.DataFrame], flight: Future[pd.DataFrame]
    ) -> None:
        try:
            frame = self._fetch(key)
            if frame is None:
                frame = compute()
                self._store(key, frame)
            with self._lock:
                if len(frame) <= _HOT_ROWS:
                    self._hot[key] = frame
                while len(self._hot) > _HOT_FRAMES:
                    self._hot.popitem(last=False)
            flight.set_result(frame)
        except BaseException as error:  # noqa: BLE001 - whoever waits must be told
            flight.set_exception(error)
        finally:
            with self._lock:
                del self._flights[key]

    def _fetch(self, key: str) -> pd.DataFrame | None:
        found = self._asked(lambda cache: cache.get(key))
        return found if isinstance(found, pd.DataFrame) else None

    def _store(self, key: str, frame: pd.DataFrame) -> None:
        self._asked(lambda cache: cache.set(key, frame))
        self._stored += 1
        if self._folder and self._stored % _SWEEP_EVERY == 0:
            _sweep(self._folder)

    def _asked(self, ask: Callable[[BaseCache], object]) -> object:
        if self._shared is None or time.monotonic() < self._resting_until:
            return None
        try:
            return ask(self._shared)
        except _failures() as error:
            self._resting_until = time.monotonic() + _PAUSE_S
            _log.warning("the cache failed and rests for %d s: %s", _PAUSE_S, error)
            return None


def _failures() -> tuple[type[Exception], ...]:
    """What a cache may raise: it is down, or what it holds is no frame of this release."""
    found = (
        *(OSError, EOFError, pickle.PickleError, ValueError, LookupError, RuntimeError),
        *(ImportError, AttributeError, TypeError),
    )
    try:
        from redis.exceptions import RedisError  # only there where a redis:// URL is used
    except ImportError:
        return found
    return (*found, RedisError)


@lru_cache(maxsize=2)
def answers_at(place: str, _pid: int) -> Answers:
    """The answers of this process over the cache at `place`: a folder or a redis:// URL."""
    try:
        if place.startswith(("redis://", "rediss://")):
            return Answers(_redis(place))
        return Answers(_files(Path(place)), Path(place))
    except (OSError, ImportError) as error:
        _log.warning("there is no cache at %s: %s", place.rpartition("@")[2], error)
        return Answers(None)


def _redis(url: str) -> BaseCache:
    import redis  # only there where a redis:// URL is used

    client = redis.Redis.from_url(url, socket_timeout=0.2, socket_connect_timeout=0.2)
    return RedisCache(client, default_timeout=_KEPT_S, key_prefix="warroom:")


def _files(folder: Path) -> BaseCache:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_uid != os.getuid():  # answers are pickles: nobody else may write them
        raise PermissionError(f"{folder} belongs to someone else")
    folder.chmod(0o700)
    # Without a threshold: at its own it would look into every file at every answer, 15 ms each.
    return FileSystemCache(str(folder), threshold=0, default_timeout=_KEPT_S, mode=0o600)


def _sweep(folder: Path) -> None:
    oldest = time.time() - _KEPT_S
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # another process sweeps too
            if file.stat().st_mtime < oldest:
                file.unlink()
