"""A company with two profit units, one that sold nothing, and lines in none of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

from pages.unit_panels import books
from tests.queries.stubs import LATER, Rows

Company = Callable[..., None]
HOSTILE = '"><script>x</script> =1+1 \u202eRTL 😀'
LONG_AGO = date(2020, 1, 1)


def line(number: int, day: str, customer: str, product: str, revenue: float, rep: str) -> Any:
    return {
        "order_line_id": f"l{number}", "order_id": f"o{number}", "product_id": product,
        "invoice_date": date.fromisoformat(day), "customer_id": customer, "rep_id": rep, "qty": 1,
        "list_amount": revenue, "net_revenue": revenue, "currency": "CNY", "fx_rate": 1,
        "org_unit_id": "n" if number == 1 else "s",
    }  # fmt: skip


def cost(number: int, line_number: int | None, amount: float, unit: str | None = None) -> Any:
    return {
        "cost_item_id": f"c{number}", "posted_at": date(2026, 2, 10), "cost_type": "material",
        "order_line_id": f"l{line_number}" if line_number else None, "amount": amount,
        "profit_unit_id": unit,
    }  # fmt: skip


def unit(key: str, kind: str, match: str, name: str) -> dict[str, object]:
    return {"profit_unit_id": key, "unit_type": kind, "match_value": match, "name": name,
            "owner_rep_id": "r1", "valid_from": LONG_AGO, "bonus_margin_weight": 0.6}  # fmt: skip


def target(key: str, metric: str, value: float) -> dict[str, object]:
    return {"period_start": date(2026, 1, 1), "period_end": date(2026, 3, 31), "metric": metric,
            "owner_type": "profit_unit", "owner_id": key, "target_value": value}  # fmt: skip


def clause(scenario: str, kind: str, price: float, costs: float, days: float) -> dict[str, object]:
    return {
        "opp_id": "d1", "scenario_id": f"d1-{scenario}", "clause_id": f"d1-{kind}",
        "clause_type": kind, "is_selected": True, "delta_price": price, "delta_cost": costs,
        "delta_lead_days": days, "penalty_per_day": 5.0 if kind == "base" else None,
    }  # fmt: skip


# The cluster's unit earns 1000 - 600, the product line's 500.01 - 300; 200 - 150 is in no unit.
COMPANY: dict[str, Rows] = {
    "org_units": [
        {"org_unit_id": "c", "level": "company", "name": "Co", "tz": "UTC"},
        {"org_unit_id": "n", "parent_id": "c", "level": "region", "name": "North", "tz": "UTC"},
        {"org_unit_id": "s", "parent_id": "c", "level": "region", "name": "South", "tz": "UTC"},
    ],
    "reps": [
        {"rep_id": "r1", "valid_from": LONG_AGO, "name": "One", "is_key_talent": True},
        {"rep_id": "r2", "valid_from": LONG_AGO, "name": "Two", "is_key_talent": False},
    ],
    "customers": [
        {"customer_id": "k1", "name": "First", "customer_cluster": "A"},
        {"customer_id": "k2", "name": "Second"},
    ],
    "products": [
        {"product_id": "p", "valid_from": LONG_AGO, "name": "Pump", "product_line": "pumps"},
        {"product_id": "q", "valid_from": LONG_AGO, "name": "Other", "product_line": "others"},
    ],
    "profit_units": [unit("U1", "customer_cluster", "A", HOSTILE),
                     unit("U2", "product_line", "pumps", "Pumps"),
                     unit("U3", "project", "never", "Nothing yet")],
    "order_lines": [
        line(1, "2026-01-10", "k1", "p", 1000, "r1"),
        line(2, "2026-02-10", "k2", "p", 500.01, "r1"),
        line(3, "2026-02-12", "k2", "q", 200, "r2"),
        line(4, "2025-11-10", "k1", "p", 100, "r1"),
    ],
    "cost_items": [cost(1, 1, 600), cost(2, 2, 300), cost(3, 3, 150), cost(4, 4, 50),
                   cost(5, None, 10, "U1"), cost(6, None, 5)],
    "targets": [target("U1", "gross_margin_rate", 0.35), target("U1", "gross_margin", 600)],
    "opportunities": [{"opp_id": "d1", "name": "Deal", "pipeline": "sales", "customer_id": "k1",
                       "amount": 1000, "rep_probability": 0.5, "stage_id": "open",
                       "created_at": LATER.replace(year=2026, month=2)}],
    "contract_clauses": [clause("plain", "base", 1000, 600, 30),
                         clause("more", "base", 1000, 600, 30),
                         clause("more", "option", 100, 67.2, 11)],
}  # fmt: skip


def installed(company: Company, page: str, extracts: dict[str, Rows] = COMPANY) -> ModuleType:
    """The page's module over these extracts; nothing of another company is remembered."""
    company(**extracts)
    books._read.cache_clear()
    return sys.modules[page]
