"""Status: the state of an obligation. Grey is never drawn as green."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["red", "yellow", "green", "grey"]
ORDER: dict[Status, int] = {"red": 0, "yellow": 1, "grey": 2, "green": 3}


@dataclass(frozen=True)
class Limits:
    """Yellow and red: "below" is strict."""

    yellow: float
    red: float


SALES_SHARE = Limits(yellow=0.95, red=0.85)  # of expected by now
STORE_SHARE = Limits(yellow=0.80, red=0.70)
MARGIN_POINTS = Limits(yellow=-0.005, red=-0.02)  # against the 90 days before, 0..1
LEAST_TICKETS = 30  # under so many tickets a share is noise


def judge(value: float | None, limits: Limits, is_readable: bool = True) -> Status:
    """The status of a value where low is bad; grey without a value or a readable sample."""
    if value is None or not is_readable or value != value:
        return "grey"
    if value < limits.red:
        return "red"
    return "yellow" if value < limits.yellow else "green"


def ratio(part: float | None, whole: float | None) -> float | None:
    """part / whole; None where there is nothing to divide by."""
    return part / whole if part is not None and whole else None
