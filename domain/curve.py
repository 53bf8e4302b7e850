"""A score that is piecewise linear in what was attained, with a cap."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from errors import BadInput


@dataclass(frozen=True)
class Curve:
    """`points` are (attainment, score): 1 is the target met, and a score of 1 the full part.

    Between two points the score lies on their line, before the first and after the last it stays;
    it never passes `cap`. Raises BadInput unless there are two points or more with rising
    attainments, scores that never fall or go below 0, and a cap of 0 or more.
    """

    points: tuple[tuple[float, float], ...]
    cap: float

    def __post_init__(self) -> None:
        numbers = [self.cap, *(number for point in self.points for number in point)]
        if not all(math.isfinite(number) for number in numbers) or self.cap < 0:
            raise BadInput("A curve's points or cap is no number.", "Write a cap such as 1.5.")
        rises = all(one[0] < two[0] and one[1] <= two[1] for one, two in pairwise(self.points))
        if len(self.points) < 2 or not rises or self.points[0][1] < 0:
            raise BadInput(
                "A curve needs two or more points whose attainments rise and whose scores do not "
                "fall.",
                "Write [[0.8, 0.0], [1.0, 1.0], [1.2, 1.5]].",
            )

    def score(self, attained: Fraction) -> Fraction:
        """The score, exact in the numbers given."""
        return min(self.uncapped(attained), Fraction(self.cap))

    def uncapped(self, attained: Fraction) -> Fraction:
        """The score as it would be without a cap."""
        points = [(Fraction(x), Fraction(y)) for x, y in self.points]
        if attained <= points[0][0]:
            return points[0][1]
        for (x0, y0), (x1, y1) in pairwise(points):
            if attained <= x1:
                return y0 + (y1 - y0) * (attained - x0) / (x1 - x0)
        return points[-1][1]

    def slope(self, start: Fraction, end: Fraction) -> Fraction:
        """Score gained per attainment on the way from start to end; at a point, to its right."""
        if start != end:
            return (self.score(end) - self.score(start)) / (end - start)
        if self.uncapped(start) >= self.cap:
            return Fraction(0)
        for (x0, y0), (x1, y1) in pairwise(self.points):
            if x0 <= start < x1:
                return (Fraction(y1) - Fraction(y0)) / (Fraction(x1) - Fraction(x0))
        return Fraction(0)
