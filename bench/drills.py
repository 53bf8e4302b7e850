"""Twenty drills in any order through the door, beside the same questions on the raw Parquet.

A size is made, asked and measured in processes of its own, so that memory is that of the size.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from bench.company import NOW
from bench.raw_drills import connect, raw_sql
from bench.table import Row
from data.sample import SEED
from data.sample.many import make_many
from data.versions import Version, current
from domain.dimensions import MEASURES
from domain.scope import Scope
from queries import read
from queries.engines.duckdb import build
from settings import HOUSE, settings

ROUNDS = 5
MOST_P50, MOST_P95 = 5, 50  # ms
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
QUARTER = (date(2025, 7, 1), date(2025, 9, 30))
MONTH = (date(2025, 11, 1), date(2025, 11, 30))


@dataclass(frozen=True)
class Drill:
    """One question: by 0 to 3 dimensions with 0 to 3 filters over whole months."""

    by: tuple[str, ...]
    days: tuple[date, date]
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


_CUSTOMER = ("customer", ("C000007",))
_PRODUCT = ("product", ("P00011",))
_CHANNEL = ("channel", ("CH-2",))
_REP = ("rep", ("R0003",))
_CLUSTER = ("customer_cluster", ("CLUSTER-3", "CLUSTER-5"))
_LINE = ("product_line", ("LINE-7",))
_REGION = ("region", ("REGION-2",))
DRILLS = (
    Drill((), YEAR),
    Drill(("channel",), YEAR),
    Drill(("month",), YEAR),
    Drill(("customer",), YEAR),
    Drill(("product",), QUARTER),
    Drill(("rep",), QUARTER),
    Drill(("product_line", "channel"), QUARTER),
    Drill(("customer_cluster", "month"), YEAR),
    Drill(("region",), MONTH),
    Drill(("profit_unit",), QUARTER),
    Drill(("org_unit",), QUARTER, (_REGION,)),
    Drill(("rep",), YEAR, (_CUSTOMER,)),
    Drill(("product",), YEAR, (_CUSTOMER,)),
    Drill(("customer",), QUARTER, (_REP,)),
    Drill(("month",), YEAR, (_CUSTOMER, _CHANNEL)),
    Drill(("product",), QUARTER, (_CHANNEL, _LINE)),
    Drill(("customer",), MONTH, (_PRODUCT, _CHANNEL)),
    Drill(("rep", "channel"), YEAR, (_PRODUCT,)),
    Drill(("product", "channel", "month"), QUARTER, (_REP,)),
    Drill(("rep",), YEAR, (_CHANNEL, _CLUSTER, _LINE)),
)


def measure(folder: Path, lines: int) -> list[Row]:
    """Rows of one size; RuntimeError where an answer differs from that on the raw files."""
    place = folder / f"drills-{lines}"
    made, asked = (_in_a_process(step, lines, place) for step in ("make", "ask"))
    size = f"{lines / 1e6:g} M order lines"
    raw = "DuckDB on the Parquet"
    return [
        Row(f"{size}: made as Parquet", "s", made["parquet_s"], n=1),
        Row(f"{size}: Parquet", "MB", made["parquet_mb"], n=1),
        Row(f"{size}: marts built", "s", made["marts_s"], n=1),
        Row(f"{size}: marts", "MB", made["marts_mb"], made["parquet_mb"], "Parquet", n=1),
        Row(f"{size}: peak memory of making", "MB", made["memory_mb"], n=1),
        Row(f"{size}: peak memory of the drills", "MB", asked["memory_mb"], n=1),
        Row(f"{size}: {len(DRILLS)} drills, not cached, p50", "ms", asked["p50"],
            asked["raw_p50"], raw, asked["n"], most=MOST_P50),
        Row(f"{size}: {len(DRILLS)} drills, not cached, p95", "ms", asked["p95"],
            asked["raw_p95"], raw, asked["n"], most=MOST_P95),
    ]  # fmt: skip


def _in_a_process(step: str, lines: int, place: Path) -> dict[str, Any]:
    own = {"DATA": str(place), "CACHE": str(place / "cache"), "SCREEN_SECONDS": "600"}
    env = {**os.environ, **{f"WARROOM_{name}": value for name, value in own.items()}}
    words = [sys.executable, "-m", "bench.drills", step, str(lines)]
    done = subprocess.run(words, cwd=HOUSE, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words[1:])} failed")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def make(lines: int) -> dict[str, float]:
    """Publishes the sample of `lines`; seconds, megabytes and peak memory of it."""
    began, built = time.perf_counter(), []

    def timed(folder: Path) -> None:
        start = time.perf_counter()
        build(folder)
        built.extend([start - began, time.perf_counter() - start])

    now = datetime.fromisoformat(NOW)
    version = make_many(settings(), now, lines, SEED, partial(print, file=sys.stderr), timed)
    marts = _megabytes(version.path / "marts")
    return {
        "parquet_s": built[0],
        "marts_s": built[1],
        "parquet_mb": _megabytes(version.path) - marts,
        "marts_mb": marts,
        "memory_mb": _peak_megabytes(),
    }


def ask(_: int) -> dict[str, float]:
    """Milliseconds of the drills by both ways, with answers that are compared."""
    version = current(settings().data)
    if version is None:
        raise RuntimeError("nothing was made")
    answers = [_through_the_door(version, drill, 0) for drill in DRILLS]  # to warm up
    of_each = [
        [
            _milliseconds(partial(_through_the_door, version, drill, number))
            for number in range(1, ROUNDS + 1)
        ]
        for drill in DRILLS
    ]
    spent = [milliseconds for times in of_each for milliseconds in times]
    for drill, times in zip(DRILLS, of_each, strict=True):
        print(f"{statistics.median(times):8.1f} ms {drill.by} {drill.where}", file=sys.stderr)
    memory = _peak_megabytes()
    con, of_raw = connect(version), []
    has_postings = "cost_items" in version.extracts
    for drill, answer in zip(DRILLS, answers, strict=True):
        began = time.perf_counter()
        bare = con.execute(raw_sql(drill.by, drill.where, has_postings), list(drill.days)).df()
        of_raw.append((time.perf_counter() - began) * 1000)
        _ensure_equal(drill, answer, bare)
    return {
        "p50": statistics.median(spent),
        "p95": p95(spent),
        "n": len(spent),
        "raw_p50": statistics.median(of_raw),
        "raw_p95": p95(of_raw),
        "memory_mb": memory,
    }


def _through_the_door(version: Version, drill: Drill, number: int) -> pd.DataFrame:
    """Known another microsecond later each time, so that no answer is one that was kept."""
    as_of = datetime.fromisoformat(NOW) + timedelta(microseconds=number)
    first_day, last_day = drill.days
    return read("margin_by", Scope(version.id, as_of), by=drill.by, first_day=first_day,
                last_day=last_day, where=drill.where)  # fmt: skip


def _milliseconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return (time.perf_counter() - began) * 1000


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def _ensure_equal(drill: Drill, ours: pd.DataFrame, bare: pd.DataFrame) -> None:
    """Same members, same sums to the last bit, in whatever order."""
    by, columns = list(drill.by), [*drill.by, *MEASURES]
    left, right = (
        (frame.sort_values(by) if by else frame)[columns].reset_index(drop=True)
        for frame in (ours, bare)
    )
    if not left.equals(right.astype(left.dtypes)):
        raise RuntimeError(f"{drill} is not what the raw files say")


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    step, lines = sys.argv[1:]
    print(json.dumps({"make": make, "ask": ask}[step](int(lines))))
