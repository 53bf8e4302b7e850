"""Chance that can be had again: every subject and every day has a stream of its own."""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime, time, timedelta, timezone

import numpy as np

TIME_ZONE = "Asia/Shanghai"  # no clock change since 1991, so an offset says the same
LOCAL = timezone(timedelta(hours=8))
DAYS_OF_HISTORY = 425  # 14 months


def stream(seed: int, *subject: str | int) -> np.random.Generator:
    """The generator of one subject; the same seed and subject give the same numbers."""
    return np.random.default_rng([seed, *(zlib.crc32(str(word).encode()) for word in subject)])


def local_day(instant: datetime) -> date:
    """The local day of an aware instant."""
    return instant.astimezone(LOCAL).date()


def midnight(day: date) -> datetime:
    """The instant (UTC) at which a local day begins."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def count(scale: float, at_one: int, least: int) -> int:
    """How many there are at a scale: `at_one` at scale 1, never under `least`."""
    return max(least, round(at_one * scale))
