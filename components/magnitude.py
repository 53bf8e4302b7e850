"""One magnitude for a whole table or chart, so that its numbers can be compared by their length."""

from __future__ import annotations

import math
from dataclasses import dataclass

from babel.numbers import format_decimal

from components.words import DASH, MINUS

_STEPS = {
    "en": ((1e9, "B"), (1e6, "M"), (1e3, "K"), (1.0, "")),
    "zh": ((1e8, "亿"), (1e4, "万"), (1.0, "")),
}


@dataclass(frozen=True)
class Magnitude:
    """What amounts are counted in: `size` currency units, written as `word` (M, 万)."""

    size: float
    word: str
    digits: int

    def text(self, amount: float | None, sign: bool = False) -> str:
        """The amount without currency and word: 18.4, −1,204; an en dash for none."""
        if amount is None or not math.isfinite(amount):
            return DASH
        pattern = f"#,##0.{'0' * self.digits}" if self.digits else "#,##0"
        shown = format_decimal(abs(amount) / self.size, format=pattern, locale="en")
        is_nothing = not shown.strip("0.,")
        before = MINUS if amount < 0 else "+" if sign else ""
        return shown if is_nothing else f"{before}{shown}"


def magnitude(largest: float, language: str) -> Magnitude:
    """The magnitude for amounts of which `largest` is the largest: it has two digits or more."""
    size = abs(largest) if math.isfinite(largest) else 0.0
    step, word = next(
        ((step, word) for step, word in _STEPS[language] if size >= 10 * step), (1.0, "")
    )
    return Magnitude(step, word, 1 if size < 1000 * step else 0)
