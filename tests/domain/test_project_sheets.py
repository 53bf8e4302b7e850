"""Project cost sheets: margins now, expected and after a new price, worked out by hand."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.exact import micro
from domain.projects import ProjectSheet, project_sheets
from tests.domain.unit_frames import PROFILE


def row(
    cost_type: str, project: str = "p", revenue: float = 1000.0, **given: Any
) -> dict[str, Any]:
    nothing = {
        "actual_amount": 0.0, "estimated_amount": 0.0, "to_come_amount": None,
        "priced_before_amount": None, "unpriced_count": 0,
    }  # fmt: skip
    place = {"project_id": project, "cost_type": cost_type, "net_revenue_amount": revenue}
    return place | nothing | given


# material went from 250 to 300 for what is still to come
MATERIAL = row(
    "material", actual_amount=200.0, estimated_amount=50.0,
    to_come_amount=300.0, priced_before_amount=250.0,
)  # fmt: skip
LABOR = row("labor", actual_amount=100.0)
FREIGHT = row("freight", actual_amount=40.0, to_come_amount=10.0, priced_before_amount=10.0)


def sheet(*rows: dict[str, Any], level: str | None = None) -> ProjectSheet:
    return project_sheets(rows, PROFILE, level)[0]


def test_margin_now_is_revenue_less_what_is_posted_and_estimated() -> None:
    found = sheet(MATERIAL, LABOR)
    assert (found.actual_amount, found.estimated_amount) == (300, 50)
    assert (found.margin_now_amount, found.margin_now_rate) == (650, 0.65)


def test_a_new_price_of_material_changes_the_expected_margin_by_its_money() -> None:
    found = sheet(MATERIAL, LABOR)
    assert (found.expected_before_amount, found.expected_amount) == (400, 350)  # 650 - 250, - 300
    assert found.repricing_amount == -50
    assert found.expected_rate == 0.35
    assert found.costs[0].repricing_amount == 50  # 50 more cost is 50 less margin


def test_costs_stand_by_type_and_only_those_of_the_level_count() -> None:
    found = sheet(FREIGHT, LABOR, MATERIAL)
    assert [(cost.cost_type, cost.is_counted) for cost in found.costs] == [
        ("material", True), ("labor", True), ("freight", False),
    ]  # fmt: skip
    assert found.margin_now_amount == 650
    assert sheet(MATERIAL, LABOR, FREIGHT, level="cm3").margin_now_amount == 610
    assert sheet(MATERIAL, LABOR, FREIGHT, level="cm3").expected_amount == 300


def test_while_a_quantity_has_no_price_nothing_is_expected() -> None:
    found = sheet(MATERIAL | {"unpriced_count": 2}, LABOR)
    assert (found.unpriced_count, found.margin_now_amount) == (2, 650)
    assert (found.expected_before_amount, found.expected_amount, found.expected_rate) == (
        None, None, None,
    )  # fmt: skip
    assert sheet(MATERIAL, FREIGHT | {"unpriced_count": 1}).expected_amount == 450  # not counted


def test_what_has_no_price_at_all_is_no_zero() -> None:
    hours = sheet(row("labor", revenue=0.0, unpriced_count=102))
    assert (hours.to_come_amount, hours.repricing_amount) == (None, None)
    assert (hours.costs[0].to_come_amount, hours.costs[0].repricing_amount) == (None, None)
    partly = sheet(MATERIAL | {"unpriced_count": 2}, LABOR)
    assert (partly.to_come_amount, partly.costs[0].to_come_amount) == (None, 300)
    assert partly.repricing_amount == -50


def test_a_project_with_revenue_only_and_one_with_cost_only() -> None:
    only_revenue = sheet(row("", revenue=70.0))
    assert (only_revenue.margin_now_amount, only_revenue.costs) == (70, ())
    only_cost = sheet(row("labor", revenue=0.0, actual_amount=5.0))
    assert (only_cost.margin_now_amount, only_cost.margin_now_rate) == (-5, None)
    assert only_cost.expected_rate is None


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan")])
def test_nothing_to_come_is_nothing(missing: object) -> None:
    found = sheet(MATERIAL | {"to_come_amount": missing, "priced_before_amount": missing})
    assert (found.to_come_amount, found.repricing_amount, found.expected_amount) == (0, 0, 750)


def test_each_project_has_a_sheet_of_its_own() -> None:
    found = project_sheets([LABOR, row("labor", "a", 10.0), MATERIAL], PROFILE)
    assert [(each.project_id, each.margin_now_amount) for each in found] == [("a", 10), ("p", 650)]


money = st.integers(-(10**12), 10**12).map(lambda millionths: millionths / 10**6)


@settings(deadline=None)
@given(money, st.lists(st.tuples(money, money, money, money), max_size=3))
def test_the_margins_close_exactly(
    revenue: float, given: list[tuple[float, float, float, float]]
) -> None:
    names = ("actual_amount", "estimated_amount", "to_come_amount", "priced_before_amount")
    rows = [
        row(cost_type, revenue=revenue, **dict(zip(names, amounts, strict=True)))
        for cost_type, amounts in zip(("material", "labor", "allocated"), given, strict=False)
    ]
    found = sheet(*(rows or [row("", revenue=revenue)]), level="cm3")
    whole = found.expected_amount
    assert whole is not None and found.expected_before_amount is not None
    assert found.repricing_amount is not None
    costs = sum(micro(amount) for amounts in given for amount in amounts[:3])
    assert micro(whole) == micro(revenue) - costs
    moved = micro(found.expected_before_amount) + micro(found.repricing_amount)
    assert moved == micro(whole)
