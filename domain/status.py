"""Status: the state of an obligation. Grey is never drawn as green."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from errors import BadInput

Status = Literal["red", "yellow", "green", "grey"]
ORDER: dict[Status, int] = {"red": 0, "yellow": 1, "grey": 2, "green": 3}


@dataclass(frozen=True)
class Limits:
    """Where a number turns yellow and red; "below" (or "above") is strict.

    `is_low_bad` says which side is the bad one. Raises BadInput where red would be reached
    before yellow, or a limit is no finite number.
    """

    yellow: float
    red: float
    is_low_bad: bool = True

    def __post_init__(self) -> None:
        if not (math.isfinite(self.yellow) and math.isfinite(self.red)):
            raise BadInput("A threshold is missing or not a number.", "Enter yellow and red.")
        if (self.red > self.yellow) if self.is_low_bad else (self.red < self.yellow):
            side = "below" if self.is_low_bad else "above"
            raise BadInput(f"Red must lie {side} yellow.", "Change one of the two.")


def judge(value: float | None, limits: Limits, is_readable: bool = True) -> Status:
    """The status of a value; grey without a finite value or a readable sample."""
    if value is None or not is_readable or not math.isfinite(value):
        return "grey"
    sign = 1 if limits.is_low_bad else -1
    if sign * value < sign * limits.red:
        return "red"
    return "yellow" if sign * value < sign * limits.yellow else "green"


def ratio(part: float | None, whole: float | None) -> float | None:
    """part / whole; None where either is missing or there is nothing to divide by."""
    if part is None or whole is None or not whole:
        return None
    found = part / whole
    return found if math.isfinite(found) else None
