"""The one clock: the real one, one that stands still, or one that replays history."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from errors import BadInput

Clock = Callable[[], datetime]


def make_clock(spec: str, started: float, wall: Callable[[], float] = time.time) -> Clock:
    """A clock from WARROOM_NOW: "", "<instant>" or "replay:<instant>@<speed>".

    `started` is the real time in epoch seconds at which a replay began. An instant without a
    zone is UTC. Gives aware datetimes in UTC; raises BadInput for anything else.
    """
    if not spec:
        return lambda: datetime.fromtimestamp(wall(), UTC)
    if not spec.startswith("replay:"):
        instant = _instant(spec)
        return lambda: instant
    begin, _, speed = spec.removeprefix("replay:").partition("@")
    origin, factor = _instant(begin), _speed(speed or "1")
    return lambda: origin + timedelta(seconds=(wall() - started) * factor)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"WARROOM_NOW has no instant in {text!r}.", "Write it as 2017-12-20T08:00+00:00."
        ) from None
    return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(UTC)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 100_000:
        raise BadInput(f"WARROOM_NOW replays at {text!r}, which is no speed.", "Write 60 for 60x.")
    return speed
