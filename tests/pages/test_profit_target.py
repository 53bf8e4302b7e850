"""The gap to target on the profit page: one bar an owner, closing to the margin."""

from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from tests.queries.stubs import Rows

FEBRUARY = {"period_start": date(2026, 2, 1), "period_end": date(2026, 2, 28)}


def line(number: int, unit: str, revenue: float) -> dict[str, object]:
    return {
        "order_line_id": f"l{number}", "order_id": "o", "invoice_date": date(2026, 2, 26),
        "customer_id": "k", "product_id": "p", "qty": 1, "net_revenue": revenue,
        "profit_unit_id": unit,
    }  # fmt: skip


@pytest.fixture
def units(company: Callable[..., None]) -> None:
    lines: Rows = [line(1, "north", 1000), line(2, "south", 500), line(3, "new", 100)]
    costs: Rows = [
        {"cost_item_id": f"c{number}", "posted_at": date(2026, 2, 26), "cost_type": "material",
         "order_line_id": f"l{number}", "amount": amount}
        for number, amount in ((1, 700), (2, 300), (3, 40))
    ]  # fmt: skip
    targets: Rows = [
        {"owner_type": "profit_unit", "owner_id": unit, "metric": "gross_margin_rate",
         "target_value": rate, **FEBRUARY}
        for unit, rate in (("north", 0.40), ("south", 0.35))
    ]  # fmt: skip
    company(order_lines=lines, cost_items=costs, targets=targets)


def shown(profit: ModuleType, **query: str) -> dict[str, Any]:
    drawn = profit.explain({"bridge": "target", "period": "2026-02", **query}, None, {})
    return dict(zip([f"{name}.{prop}" for name, prop, _ in profit.THOUGHT], drawn, strict=False))


@pytest.mark.usefixtures("units")
def test_every_owner_has_its_gap_and_what_has_no_target_is_a_bar_of_its_own(
    profit: ModuleType,
) -> None:
    found = shown(profit)
    bars = found["profit-bridge.figure"]["data"][0]
    # asked: 40 % of 1000 and 35 % of 500 = 575; north 300 - 400 = -100, south 200 - 175 = +25,
    # new 60 without a target; 575 - 100 + 25 + 60 = 560
    assert [round(height) for height in bars["y"]] == [575, -100, 25, 60, 560]
    assert round(bars["base"][3] + bars["y"][3]) == 560
    assert found["profit-bridge-right.children"] == "−75.0"


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"where": '[["customer",["k"]]]'}, "belong to whole profit units"),
        ({"period": "2026-01"}, "No profit unit has a margin target"),
        ({"level": "cm2"}, "gross margin only"),
    ],
)
def test_where_there_is_no_target_to_hold_against_it_is_said(
    profit: ModuleType, query: dict[str, str], sentence: str
) -> None:
    figure = shown(profit, **query)["profit-bridge.figure"]
    assert figure["data"] == []
    assert sentence in figure["layout"]["annotations"][0]["text"].replace("<br>", " ")
