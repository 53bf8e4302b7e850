"""One measured figure beside its floor, and the table of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A median of `n` runs in `unit`, and what it is measured against in the same run.

    `most` bounds the figure, `most_ratio` its ratio to the floor; `skipped` says why there is
    no figure.
    """

    name: str
    unit: str = ""
    measured: float | None = None
    floor: float | None = None
    floor_name: str = ""
    n: int = 0
    most: float | None = None
    most_ratio: float | None = None
    skipped: str = ""

    @property
    def ratio(self) -> float | None:
        if self.measured is None or not self.floor:
            return None
        return self.measured / self.floor

    @property
    def is_ok(self) -> bool | None:
        """Whether all targets are met, None where there is none or nothing was measured."""
        pairs = [(self.measured, self.most), (self.ratio, self.most_ratio)]
        met = [value <= most for value, most in pairs if value is not None and most is not None]
        return all(met) if met else None

    @property
    def target(self) -> str:
        bounds = [f"<= {self.most:,g} {self.unit}"] if self.most is not None else []
        bounds += [f"<= {self.most_ratio:g}x"] if self.most_ratio is not None else []
        return ", ".join(bounds)

    def cells(self) -> list[str]:
        if self.measured is None:
            return [self.name, self.skipped, "", "", self.target, "skipped", ""]
        floor = "" if self.floor is None else f"{_number(self.floor)} ({self.floor_name})"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}x"
        verdict = {True: "yes", False: "NO", None: ""}[self.is_ok]
        figure = f"{_number(self.measured)} {self.unit}"
        return [self.name, figure, floor, ratio, self.target, verdict, str(self.n)]


HEAD = ["name", "measured", "floor", "ratio", "target", "ok?", "n"]


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table that also reads well as plain text."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    lines.insert(1, ["-" * width for width in widths])
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
              for line in lines]  # fmt: skip
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def taking_turns(n: int, *jobs: Callable[[], object]) -> list[float]:
    """Median milliseconds of each job over n rounds after one to warm up.

    They take turns, so that a busy moment of the machine hits all of them.
    """
    spent: list[list[float]] = [[] for _ in jobs]
    for number in range(n + 1):
        for job, times in zip(jobs, spent, strict=True):
            began = time.perf_counter()
            job()
            if number:
                times.append((time.perf_counter() - began) * 1000)
    return [statistics.median(times) for times in spent]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
