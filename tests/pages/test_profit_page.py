"""The profit page's callbacks over a company small enough to work out by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from dash import no_update
from plotly.utils import PlotlyJSONEncoder

from tests.queries.stubs import Rows

HOSTILE = '"><script>x</script> =1+1 \u202eRTL 😀'
Company = Callable[..., None]


def line(number: int, day: str, customer: str, revenue: float, **more: Any) -> dict[str, object]:
    return {
        "order_line_id": f"l{number}", "order_id": f"o{number}",
        "invoice_date": date.fromisoformat(day), "customer_id": customer, "product_id": "p",
        "qty": 1, "net_revenue": revenue, "currency": "CNY", "fx_rate": 1, **more,
    }  # fmt: skip


def cost(number: int, line_number: int, amount: float, kind: str = "material") -> dict[str, object]:
    return {"cost_item_id": f"c{number}", "posted_at": date(2026, 2, 10), "cost_type": kind,
            "order_line_id": f"l{line_number}", "amount": amount}  # fmt: skip


LINES: Rows = [
    line(1, "2026-02-10", "k1", 100, list_amount=120, discount_amount=20),
    line(2, "2026-02-11", "k2", 300.01, list_amount=300.01),
    line(3, "2026-02-26", "k2", -50, list_amount=-50),
    line(4, "2026-01-10", "k1", 80, list_amount=80),
]
COSTS: Rows = [cost(1, 1, 60), cost(2, 2, 150), cost(3, 4, 40)]
CUSTOMERS: Rows = [{"customer_id": "k1", "name": HOSTILE}, {"customer_id": "k2", "name": "Second"}]


@pytest.fixture
def small(company: Company) -> None:
    company(order_lines=LINES, cost_items=COSTS, customers=CUSTOMERS)


def drawn(profit: ModuleType, **query: str) -> dict[str, Any]:
    """What the page shows, by `id.property`."""
    # By customer and product: this company has nothing else to drill by.
    names = ["nav", "header", *(f"{name}.{prop}" for name, prop, _ in profit.PANELS), "seen"]
    found = dict(zip(names, profit.draw(query, None, {}), strict=True))
    names = [*(f"{name}.{prop}" for name, prop, _ in profit.THOUGHT), "explained"]
    return found | dict(zip(names, profit.explain(query, None, {}), strict=True))


def text(shown: Any) -> str:
    return json.dumps(shown, cls=PlotlyJSONEncoder, ensure_ascii=False)


def rows(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return shown["profit-table.rowData"]


def total(shown: dict[str, Any]) -> dict[str, Any]:
    return shown["profit-table.dashGridOptions"]["pinnedBottomRowData"][0]


@pytest.mark.usefixtures("small")
def test_the_last_month_is_shown_with_its_margin_and_rate_as_ratio_of_sums(
    profit: ModuleType,
) -> None:
    shown = drawn(profit)
    # 100 + 300.01 - 50 = 350.01; costs 60 + 150 = 210; 140.01 of 350.01 is 40.0 %
    assert (total(shown)["revenue"], total(shown)["margin"], total(shown)["rate"]) == (
        "350.0", "140.0", "40.0%",
    )  # fmt: skip
    assert [row["name"] for row in rows(shown)] == ["Second", HOSTILE]
    assert shown["profit-waterfall.figure"]["data"][0]["text"][-1] == "140.0"


@pytest.mark.usefixtures("small")
def test_without_a_year_ago_the_month_before_is_the_base_and_the_bridge_closes(
    profit: ModuleType,
) -> None:
    shown = drawn(profit)
    bars = shown["profit-bridge.figure"]["data"][0]
    assert next(iter(bars["text"])) == "40.0"  # k1 in January: 80 - 40
    assert bars["base"][-1] + bars["y"][-1] == pytest.approx(140.01)
    assert bars["base"][-2] + bars["y"][-2] == pytest.approx(140.01)


@pytest.mark.usefixtures("small")
def test_a_row_that_is_unfolded_shows_the_next_dimension_below_it(profit: ModuleType) -> None:
    shown = drawn(profit, expanded='[["k1"]]')
    assert [row["look"] for row in rows(shown)] == ["row-0 closed", "row-0 open", "row-1 leaf"]
    assert json.loads(rows(shown)[2]["into"]) == [["customer", ["k1"]], ["product", ["p"]]]


@pytest.mark.usefixtures("small")
def test_a_filter_changes_every_number_and_the_next_dimension_is_drilled(
    profit: ModuleType,
) -> None:
    shown = drawn(profit, where='[["customer",["k1"]]]')
    assert total(shown)["revenue"] == "100.0"
    assert shown["profit-table-title.children"] == "Product"
    assert shown["profit-waterfall.figure"]["data"][0]["text"][0] == "120.0"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"where": '[["salary",["x"]]]'}, "cannot be filtered by salary"),
        ({"where": "nonsense"}, "filter of this link cannot be read"),
        ({"as_of": "yesterday"}, "yesterday is no moment"),
        ({"period": "2026-99"}, "2026-99 is no period"),
        ({"unit": "nowhere"}, "no unit nowhere"),
    ],
)
def test_a_question_that_cannot_be_answered_shows_a_sentence_and_no_number(
    profit: ModuleType, query: dict[str, str], sentence: str
) -> None:
    shown = drawn(profit, **query)
    assert sentence in shown["profit-told.children"]
    assert rows(shown) == []
    assert shown["profit-waterfall.figure"]["data"] == shown["profit-bridge.figure"]["data"] == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"by": "customer,salary"}, "nothing to drill by under salary"),
        ({"where": '[["customer",["gone"]]]'}, "gone has no order lines"),
        ({"period": "2019-05"}, "no order lines in this period; data run from 2026-01-10"),
        ({"level": "cm9"}, "no margin level cm9"),
    ],
)
def test_what_of_a_link_is_not_there_any_more_is_said(
    profit: ModuleType, query: dict[str, str], sentence: str
) -> None:
    assert sentence in drawn(profit, **query)["profit-told.children"]


@pytest.mark.parametrize(
    "extracts",
    [
        {},
        {"order_lines": LINES[:1]},
        {"order_lines": LINES, "customers": CUSTOMERS},
        {"order_lines": [line(1, "2026-02-10", "k1", 0)], "cost_items": COSTS[:1]},
        {"order_lines": [line(1, "2026-02-10", "k1", -5)], "cost_items": COSTS[:1]},
    ],
    ids=["nothing", "one line", "no costs, no list prices", "no revenue", "less than nothing"],
)
@pytest.mark.parametrize("bridge", ["money", "rate", "target"])
def test_whatever_is_missing_nothing_is_nan_and_nothing_fails(
    profit: ModuleType, company: Company, extracts: dict[str, Rows], bridge: str
) -> None:
    company(**extracts)
    shown = text(drawn(profit, bridge=bridge))
    assert not re.search(r"\bnan\b|\binf\b|Infinity|NaN|None", shown)


@pytest.mark.usefixtures("small")
def test_what_has_not_changed_is_not_sent_again(profit: ModuleType) -> None:
    first = profit.draw({}, None, {})
    again = profit.draw({"expanded": '[["k1"]]'}, None, first[-1])
    sent = [name for (name, prop, _), part in zip(profit.PANELS, again[2:-1], strict=True)
            if part is not no_update]  # fmt: skip
    assert sent == ["profit-table"]  # its rows, and nothing else


@pytest.mark.usefixtures("small")
def test_the_order_lines_of_a_row_add_up_to_it_to_the_cent(profit: ModuleType) -> None:
    from pages import profit_drawer

    shown = text(profit_drawer.show({"open": '{"lines":["k2"]}'}))
    # 300.01 - 50 = 250.01, less 150 is 100.01; 40.00 %
    assert "Revenue 250.01 − costs 150.00 = Gross margin 100.01 (40.00%)" in shown
    assert "l2" in shown and "l3" in shown and '"l1"' not in shown


@pytest.mark.usefixtures("small")
def test_a_hostile_name_is_text_wherever_it_stands(profit: ModuleType) -> None:
    from pages import profit_drawer

    shown = drawn(profit, where='[["customer",["k1"]]]')
    assert HOSTILE in text(shown["profit-filters.children"]).encode().decode("unicode_escape") or (
        json.dumps(HOSTILE, ensure_ascii=False)[1:-1] in text(shown["profit-filters.children"])
    )
    found = text(profit_drawer.show({"open": '{"pick":"customer"}'}))
    assert json.dumps(HOSTILE, ensure_ascii=False)[1:-1] in found


@pytest.mark.usefixtures("small")
def test_a_link_that_opens_nothing_says_so(profit: ModuleType) -> None:
    from pages import profit_drawer

    assert "opens nothing" in text(profit_drawer.show({"open": '{"salaries":[]}'}))


@pytest.mark.usefixtures("small")
def test_chinese_has_every_text(profit: ModuleType) -> None:
    shown = drawn(profit, lang="zh")
    assert shown["profit-table-title.children"] == "客户"
    assert total(shown)["name"] == "合计"
