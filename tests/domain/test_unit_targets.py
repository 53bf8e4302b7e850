"""The target of a period, made of those of the spans it touches."""

from datetime import date
from typing import Any

import pytest

from domain.unit_targets import Target, unit_target

JANUARY, QUARTER = (date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 1, 1), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def row(span: tuple[date, date], value: float | None, metric: str = "revenue") -> dict[str, Any]:
    start, end = span
    return {
        "profit_unit_id": "a", "metric": metric, "target_value": value,
        "period_start": start, "period_end": end,
    }  # fmt: skip


def test_the_target_of_just_this_period_holds() -> None:
    rows = [row(QUARTER, 900), row(JANUARY, 310)]
    assert unit_target(rows, "a", "revenue", *QUARTER) == Target(900)
    assert unit_target(rows, "a", "revenue", *JANUARY) == Target(310)


def test_money_counts_by_the_days_that_lie_in_the_period() -> None:
    # 45 of the quarter's 90 days
    found = unit_target([row(QUARTER, 900)], "a", "revenue", date(2026, 1, 1), date(2026, 2, 14))
    assert found == Target(450)


def test_spans_are_put_together_and_none_counts_twice() -> None:
    rows = [row(QUARTER, 900), row(APRIL, 300)]
    assert unit_target(rows, "a", "revenue", QUARTER[0], APRIL[1]) == Target(1200)
    february = (date(2026, 2, 1), date(2026, 2, 28))
    months = [row(JANUARY, 400), row(february, 280)]
    found = unit_target([row(QUARTER, 900), *months], "a", "revenue", JANUARY[0], february[1])
    assert found == Target(680)  # the months, and not the quarter besides


def test_a_rate_is_the_mean_weighted_by_days() -> None:
    rows = [row(QUARTER, 0.30, "gross_margin_rate"), row(APRIL, 0.34, "gross_margin_rate")]
    found = unit_target(rows, "a", "gross_margin_rate", QUARTER[0], APRIL[1])
    assert found.value == pytest.approx((0.30 * 90 + 0.34 * 30) / 120)


def test_where_a_day_has_no_target_there_is_none() -> None:
    found = unit_target([row(QUARTER, 900)], "a", "revenue", QUARTER[0], APRIL[0])
    assert found == Target(None, "part_of_period")


@pytest.mark.parametrize("rows", [[], [row(QUARTER, None)], [row(APRIL, 1)]])
def test_without_any_target_that_is_said(rows: list[dict[str, Any]]) -> None:
    assert unit_target(rows, "a", "revenue", *QUARTER) == Target(None, "no_target")


def test_the_target_of_another_unit_or_metric_is_not_taken() -> None:
    assert unit_target([row(QUARTER, 900)], "b", "revenue", *QUARTER).value is None
    assert unit_target([row(QUARTER, 900)], "a", "gross_margin", *QUARTER).value is None
