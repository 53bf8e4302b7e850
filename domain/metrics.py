"""The metrics of the board: each a view that gives sums, and what divides and judges them.

Every metric's view (queries/screens/<id>.sql) has one row per org unit and local day, for the
scope's unit (null: the whole company) and each of its direct children:
org_unit_id, day, numerator, denominator, reference_value (or null), case_count,
at_stake_amount (reporting currency, what the breach may cost, null where that has no meaning).
Its rows view (<id>_rows.sql) gives what adds up to the last day's numerator and denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.status import Limits, Status, judge, ratio


@dataclass(frozen=True)
class Metric:
    """One number worth a place on the board.

    `shows` is the big number: the numerator as money, or the ratio as share, times or hours.
    `judged_by` is what the limits apply to: the ratio, or its gap to reference_value.
    `unit` is the unit of the limits. Under `least_cases` the sample is too small to judge.
    """

    id: str
    shows: Literal["money", "share", "times", "hours"]
    judged_by: Literal["ratio", "gap"]
    unit: Literal["share", "points", "times", "hours"]
    limits: Limits
    least_cases: int
    has_tile: bool = True

    @property
    def rows_view(self) -> str:
        return f"{self.id}_rows"

    def value(self, numerator: float | None, denominator: float | None) -> float | None:
        """The ratio of sums; None where it cannot be formed."""
        return ratio(numerator, denominator)

    def judged(
        self, numerator: float | None, denominator: float | None, reference: float | None
    ) -> float | None:
        """What the limits apply to, in `unit` (points: 0.01 is one point)."""
        value = self.value(numerator, denominator)
        if self.judged_by == "ratio" or value is None:
            return value
        return value - reference if reference is not None else None

    def status(self, judged: float | None, cases: int, limits: Limits) -> Status:
        return judge(judged, limits, cases >= self.least_cases)


METRICS = (
    Metric("sales_since_open", "money", "ratio", "share", Limits(0.95, 0.85), 30),
    Metric("next_72h", "money", "ratio", "share", Limits(0.95, 0.85), 30),
    Metric("gross_margin_mtd", "share", "gap", "points", Limits(-0.005, -0.02), 30),
    Metric("pipeline_coverage", "times", "ratio", "times", Limits(3.0, 2.5), 5),
    Metric("renewals_in_quarter", "share", "ratio", "share", Limits(0.90, 0.85), 10),
    Metric(
        "response_h", "hours", "ratio", "hours", Limits(12, 18, is_low_bad=False), 5, has_tile=False
    ),
)
# One store's sales since open, of what was expected of it by now; its cases are the tickets of
# the baseline's weeks. No column of the board: its breaches stand in the list of decisions.
STORE_METRIC = Metric(
    "store_sales_since_open", "money", "ratio", "share", Limits(0.80, 0.70), 30, has_tile=False
)
METRIC = {metric.id: metric for metric in (*METRICS, STORE_METRIC)}
