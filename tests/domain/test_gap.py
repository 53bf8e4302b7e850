"""The gap to a target: one per owner, targets counted by their days."""

from datetime import date

import pandas as pd
import pytest

from domain.gap import gaps
from errors import BadInput
from tests.domain.margin_items import PROFILE

_FIRST, _LAST = date(2026, 10, 1), date(2026, 10, 31)
_ACTUALS = pd.DataFrame(
    {
        "owner_id": ["east", "west"],
        "net_revenue_amount": [1000.0, 500.0],
        "material_amount": [700.0, 300.0],
    }
)


def _targets(*rows: tuple[str, str, str, str, float | None]) -> pd.DataFrame:
    names = ["owner_id", "metric", "period_start", "period_end", "target_value"]
    return pd.DataFrame(list(rows), columns=names)


def _gaps(targets: pd.DataFrame, metric: str) -> dict[str, dict]:
    found = gaps(_ACTUALS, targets, metric, PROFILE, _FIRST, _LAST)
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    return {row.pop("owner_id"): row for row in rows}


def test_a_gap_in_money_is_actual_less_target() -> None:
    found = _gaps(
        _targets(("east", "gross_margin", "2026-10-01", "2026-10-31", 350.0)), "gross_margin"
    )
    assert found["east"] == {
        "actual": 300, "target": 350, "gap": -50, "gap_amount": -50,
        "net_revenue_amount": 1000, "margin_amount": 300,
    }  # fmt: skip


def test_a_gap_in_a_rate_is_in_points_and_in_money() -> None:
    # 30 % of 1000 against 35 %: 5 points, 50 of money
    found = _gaps(
        _targets(("east", "gross_margin_rate", "2026-10-01", "2026-10-31", 0.35)),
        "gross_margin_rate",
    )
    assert found["east"]["gap"] == pytest.approx(-0.05)
    assert found["east"]["gap_amount"] == pytest.approx(-50)


def test_a_target_of_a_quarter_counts_with_the_days_of_the_period() -> None:
    # October to December has 92 days, 31 of them in October
    found = _gaps(_targets(("east", "revenue", "2026-10-01", "2026-12-31", 920.0)), "revenue")
    assert found["east"]["target"] == pytest.approx(310)


def test_targets_of_several_periods_add_up_and_rates_are_meant_over_their_days() -> None:
    halves = (("2026-10-01", "2026-10-10"), ("2026-10-11", "2026-10-31"))
    money = _targets(*(("east", "revenue", *half, 100.0) for half in halves))
    assert _gaps(money, "revenue")["east"]["target"] == 200
    # 10 days at 20 %, 21 days at 51 %: (2 + 10.71)/31 = 41 %
    rates = _targets(
        ("east", "gross_margin_rate", *halves[0], 0.20),
        ("east", "gross_margin_rate", *halves[1], 0.51),
    )
    assert _gaps(rates, "gross_margin_rate")["east"]["target"] == pytest.approx(0.41)


def test_targets_of_other_days_metrics_or_without_value_do_not_count() -> None:
    found = _gaps(
        _targets(
            ("east", "revenue", "2026-09-01", "2026-09-30", 100.0),
            ("east", "gross_margin", "2026-10-01", "2026-10-31", 100.0),
            ("east", "revenue", "2026-10-01", "2026-10-31", None),
        ),
        "revenue",
    )
    assert (found["east"]["target"], found["east"]["gap"]) == (None, None)


def test_an_owner_without_sales_misses_the_whole_target_and_comes_first() -> None:
    targets = _targets(
        ("east", "revenue", "2026-10-01", "2026-10-31", 1100.0),
        ("north", "revenue", "2026-10-01", "2026-10-31", 400.0),
    )
    found = _gaps(targets, "revenue")
    assert list(found) == ["north", "east", "west"]  # west has no target: last
    assert found["north"]["gap_amount"] == -400


def test_a_rate_without_revenue_has_no_gap() -> None:
    targets = _targets(("north", "gross_margin_rate", "2026-10-01", "2026-10-31", 0.3))
    assert _gaps(targets, "gross_margin_rate")["north"]["gap"] is None


def test_without_targets_there_is_no_gap_and_without_owners_no_row() -> None:
    assert _gaps(_targets(), "revenue")["east"]["gap"] is None
    assert gaps(_ACTUALS[:0], _targets(), "revenue", PROFILE, _FIRST, _LAST).empty


def test_a_metric_that_is_no_margin_is_refused() -> None:
    with pytest.raises(BadInput, match="renewal_rate"):
        _gaps(_targets(), "renewal_rate")
