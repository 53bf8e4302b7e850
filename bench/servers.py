"""Servers of this run only: gunicorn on a free port of 127.0.0.1, ended by its process id."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from settings import HOUSE

START_SECONDS = 60


@contextmanager
def served(app: str) -> Iterator[str]:
    """The address of bench.apps' `app`, in a process of its own that ends with the block."""
    port = _free_port()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", f"bench.apps:{app}()",
            "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1",
            "--threads", "8", "--keep-alive", "65", "--graceful-timeout", "3",
            "--no-control-socket", "--log-level", "warning",
        ],
        cwd=HOUSE,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(address, timeout=START_SECONDS).close()
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{address} did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
