"""An installation on one machine: its data, its worker and its app, started and ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from clock import make_clock
from data.loading import LoadReport, import_source
from data.sample import SEED, Made, generate
from data.sample.many import make_many
from data.sample.orders import LINES_AT_ONE
from data.versions import Version, current
from errors import WarRoomError
from queries.engines.duckdb import build
from settings import HOUSE, Settings, refuse_public

THREADS = 16  # of the one web process; every open board asks every second, each for milliseconds
_START_S = 60.0
LARGEST_WHOLE = 20  # scale; above it a sample has only order lines with their costs


def make_sample(
    chosen: Settings, say: Callable[[str], None], seed: int = SEED, scale: float = 1.0
) -> tuple[Made, LoadReport]:
    """Makes the sample's raw files up to now and loads them."""
    now = make_clock(chosen.now, chosen.now_started)()
    say("sample: making raw files")
    made = generate(chosen.raw / "sample", now, seed, scale)
    report = import_source(
        HOUSE / "data" / "sources" / "sample",
        chosen,
        raw_dir=made.raw_dir,
        now=now,
        not_after=latest_event(now),
        progress=say,
        allow_shrink=True,
        build=build,
    )
    return made, report


def make_large_sample(
    chosen: Settings, say: Callable[[str], None], seed: int, scale: float
) -> Version:
    """Publishes order lines with their costs by the million, and nothing else."""
    now = make_clock(chosen.now, chosen.now_started)()
    return make_many(chosen, now, round(scale * LINES_AT_ONE), seed, say, build)


def latest_event(now: datetime) -> datetime:
    """No event lies after this. A replay may load all of a history that its clock is within."""
    return max(now, datetime.now(UTC)) + timedelta(days=1)


def run(chosen: Settings, say: Callable[[str], None]) -> int:
    """Serves until interrupted; gives the exit status of whatever ended first.

    Makes the sample where there is no data. Raises WarRoomError on a public address.
    """
    refuse_public(chosen)
    if current(chosen.data) is None:
        say("There is no data yet: making a sample company (once, some seconds)")
        make_sample(chosen, say)
    env = {**os.environ, "WARROOM_NOW_STARTED": str(chosen.now_started)}
    commands = {"worker": [sys.executable, "watch.py"], "app": _gunicorn(chosen)}
    children = [subprocess.Popen(words, cwd=HOUSE, env=env) for words in commands.values()]
    try:
        _wait_for(chosen, children)
        say(f"The board is at http://{chosen.host}:{chosen.port} (a wall: /?wall). Ctrl-C ends it.")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        return next(status for child in children if (status := child.poll()) is not None)
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=10)


def _gunicorn(chosen: Settings) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "app:make_server()"),
        *("--bind", f"{chosen.host}:{chosen.port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)),
        *("--keep-alive", "65", "--graceful-timeout", "3"),
        *("--no-control-socket", "--log-level", "warning"),
    ]


def _wait_for(chosen: Settings, children: list[subprocess.Popen[bytes]]) -> None:
    """Returns when the app answers; WarRoomError when a child ends before that."""
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children):
            break
        try:
            urllib.request.urlopen(f"http://{chosen.host}:{chosen.port}/live", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise WarRoomError(
        f"The app did not start on {chosen.host}:{chosen.port}.",
        "See the lines above; another program may use the port: set WARROOM_PORT.",
    )
