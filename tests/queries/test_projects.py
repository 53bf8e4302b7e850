"""Project costs: posted, estimated, and what a quantity will cost at which price."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.scope import Scope
from queries import read, totals

LINE = {"order_line_id": "l", "invoice_date": date(2026, 3, 5), "net_revenue": 1000,
        "project_id": "j", "product_id": "p"}  # fmt: skip
PRODUCTS = [
    {"product_id": "p", "name": "Steel", "valid_from": day,
     "std_unit_cost": price, "known_at": known}
    for day, price, known in (
        (date(2025, 1, 1), 8, datetime(2025, 1, 1, tzinfo=UTC)),
        (date(2026, 1, 1), 10, datetime(2025, 12, 1, tzinfo=UTC)),
        (date(2026, 4, 1), 13, datetime(2026, 3, 20, tzinfo=UTC)),
    )
]  # fmt: skip


def item(key: str, kind: str, amount: float | None, **columns: object) -> dict[str, object]:
    usual = {"posted_at": date(2026, 3, 6), "is_estimate": False}
    return {"cost_item_id": key, "cost_type": kind, "amount": amount, **usual, **columns}


ITEMS = [
    item("1", "material", 70, order_line_id="l"),
    item("2", "material", 30, order_line_id="l", is_estimate=True),
    item("3", "material", None, order_line_id="l", quantity=5, quantity_uom="t"),
    item("4", "labor", None, project_id="j", quantity=3, quantity_uom="h"),
    item("5", "labor", None, project_id="j", quantity=2, quantity_uom="day"),
    item("6", "labor", 100, quantity=2, quantity_uom="h"),
    item("7", "labor", 80, quantity=2, quantity_uom="h"),
    item("8", "labor", 900, quantity=2, quantity_uom="h"),
    item("9", "labor", 1, quantity=2, quantity_uom="h", is_estimate=True),
    item("10", "freight", 55, project_id="k"),
]


@pytest.fixture
def scope(given: Callable[..., Scope]) -> Scope:
    made = given(order_lines=[LINE], products=PRODUCTS, cost_items=ITEMS)
    return replace(made, as_of=datetime(2026, 5, 1, tzinfo=UTC))


def test_what_is_to_come_is_priced_as_of_now_and_as_before_the_latest_change(scope: Scope) -> None:
    """Material: 5 t at 13, before at 10. Labor: 3 h at the median of 50, 40 and 450; of days
    nothing is known."""
    found = read("project_costs", scope).set_index(["project_id", "cost_type"])
    material, labor = found.loc[("j", "material")], found.loc[("j", "labor")]
    assert (material["actual_amount"], material["estimated_amount"]) == (70, 30)
    assert (material["to_come_amount"], material["priced_before_amount"]) == (65, 50)
    assert (labor["actual_amount"], labor["to_come_amount"]) == (0, 150)
    assert labor["priced_before_amount"] == 150
    assert (labor["to_come_count"], labor["unpriced_count"]) == (2, 1)
    assert found["net_revenue_amount"].to_dict() == {
        ("j", "labor"): 1000, ("j", "material"): 1000, ("k", "freight"): 0,
    }  # fmt: skip
    assert found.loc[("k", "freight")].isna()[["to_come_amount", "priced_before_amount"]].all()


@pytest.mark.parametrize(
    ("as_of", "now", "before"),
    [
        (datetime(2026, 3, 15, tzinfo=UTC), 50, 40),  # 13 is not known yet
        (datetime(2026, 3, 25, tzinfo=UTC), 50, 40),  # known, not valid yet
        (datetime(2026, 4, 2, tzinfo=UTC), 65, 50),
    ],
)
def test_a_price_counts_from_the_day_it_is_known_and_valid(
    as_of: datetime, now: float, before: float, scope: Scope
) -> None:
    found = read("project_costs", replace(scope, as_of=as_of)).set_index("cost_type")
    assert found.loc["material", "to_come_amount"] == now
    assert found.loc["material", "priced_before_amount"] == before


def test_a_projects_items_add_up_to_it(scope: Scope) -> None:
    rows = read("project_cost_rows", scope, project_id="j").set_index("cost_item_id")
    assert rows["state"].to_dict() == {
        "1": "actual", "2": "estimated", "3": "to_come", "4": "to_come", "5": "to_come",
    }  # fmt: skip
    assert rows.loc["3", ["now_price", "before_price"]].tolist() == [13, 10]
    assert str(rows.loc["3", "price_since"].date()) == "2026-04-01"
    assert rows["price_since"].notna().sum() == 1
    found = totals("project_cost_rows", scope, project_id="j")
    assert (found["numerator"], found["denominator"]) == (70 + 30 + 65 + 150, 70 + 30 + 50 + 150)
