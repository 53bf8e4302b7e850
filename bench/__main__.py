"""Measures everything once and writes bench/results.md: `make bench`.

`python -m bench --lines 1 10 100` says at how many million order lines drills are measured, `--only
drills` leaves out the rest and prints instead of writing.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import callbacks, cold, drills, imports, queries, refresh, sample
from bench.browser import chromium
from bench.company import BOARD, NOW, publish, write_source
from bench.servers import served
from bench.table import Row, table
from settings import HOUSE

RESULTS = HOUSE / "bench" / "results.md"
NAMED = ("dash", "plotly", "duckdb", "pandas", "gunicorn")


def main() -> int:
    """Prints the table and keeps it; the exit status does not depend on the figures."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--lines", type=float, nargs="*", default=[1, 10], metavar="MILLIONS")
    parser.add_argument("--only", choices=["drills"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="warroom-bench-") as temporary:
        folder = Path(temporary)
        _own_installation(folder)
        rows = [] if chosen.only else _board(folder)
        for millions in chosen.lines:
            print(f"measuring drills at {millions:g} million lines", file=sys.stderr)
            rows += drills.measure(folder, round(millions * 1e6))
    text = f"{_heading()}\n\n{table(rows)}\n"
    if not chosen.only:
        RESULTS.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _own_installation(folder: Path) -> None:
    """Settings of this run and of the servers that it starts; none of the machine's are used."""
    for name in [name for name in os.environ if name.startswith("WARROOM_")]:
        if name != "WARROOM_REAL_DATA":
            del os.environ[name]
    os.environ |= {
        "WARROOM_DATA": str(folder / "extracts"),
        "WARROOM_RAW": str(folder / "raw"),
        "WARROOM_CACHE": str(folder / "cache"),
        "WARROOM_STATE": f"sqlite:///{folder / 'state.sqlite'}",
        "WARROOM_NOW": NOW,
    }


def _board(folder: Path) -> list[Row]:
    """All but the drills."""
    publish(write_source(folder / "raw" / "made_up", BOARD))
    rows: list[Row] = []

    def take(subject: str, measured: Callable[[], list[Row]]) -> None:
        print(f"measuring {subject}", file=sys.stderr)
        rows.extend(measured())

    with chromium() as browser, served("board") as board:
        take("callbacks", lambda: callbacks.measure(browser, board))
        take("cold load", lambda: cold.measure(browser, board))
        take("queries", queries.measure)
        take("refresh", lambda: refresh.measure(browser, board, folder))
    take("imports", lambda: imports.measure(folder))
    take("sample", lambda: sample.measure(folder))
    return rows


def _heading() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in NAMED)
    return (
        "# What was measured\n\n"
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {versions}.\n"
        f"Medians of n runs; floors are of the same run, in turns with what is measured. The line "
        f"of a cold load is {cold.MBIT} Mbit/s with {cold.LATENCY_MS} ms, by Chromium's throttle."
    )


if __name__ == "__main__":
    sys.exit(main())
