"""Order lines with their costs, and costs that belong to no line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from data.sample.catalogue import DEARER, DEARER_DAYS
from data.sample.chance import DAYS_OF_HISTORY, count, local_day, stream
from data.sample.company import CLUSTERS_WITH_UNIT, PROJECTS, Company

LINES_AT_ONE = 30_000
QUANTITY = {"device": 1.3, "consumable": 14, "service": 1.8, "option": 1.1, "policy": 1, "loan": 1}
WEIGHT = {"device": 2.2, "consumable": 6, "service": 3, "option": 1.6, "policy": 0.8, "loan": 0.6}
# What regions take off the list price on average: a reason for margins to differ.
DISCOUNT = {"E": 0.07, "S": 0.08, "N": 0.10, "C": 0.12, "W": 0.09, "B": 0.13}
AWAITED_DAYS = 14  # so long the invoices for consumables of a project take to come
PRICE_CUT = 0.12  # in the last 90 days: compressors to exporters through dealers


def loss_makers(company: Company) -> list[str]:
    """The customers who get such discounts that they cost money; about 4 %."""
    many = max(2, round(len(company.customers) * 0.04))
    chosen = stream(company.seed, "loss makers").choice(len(company.customers), many, replace=False)
    return sorted(company.customers["customer_id"].iloc[chosen])


def make_order_lines(company: Company) -> pd.DataFrame:
    """order_lines of 14 months up to the day before now, ordered by day and customer."""
    rng, many = stream(company.seed, "orders"), count(company.scale, LINES_AT_ONE, 1500)
    today = local_day(company.now)
    ago = np.floor(DAYS_OF_HISTORY * rng.random(many) ** 1.08).astype(int) + 1
    lines = _who_buys_what(company, rng, many)
    lines["invoice_date"] = pd.to_datetime(
        pd.Timestamp(today) - pd.to_timedelta(ago, unit="D")
    ).as_unit("us")
    lines = lines.sort_values(["invoice_date", "customer_id"], kind="stable", ignore_index=True)
    lines["order_line_id"] = [f"L{number:07d}" for number in range(1, many + 1)]
    day = lines["invoice_date"].dt.strftime("%y%m%d")
    lines["order_id"] = "SO" + day + "-" + lines["customer_id"].str[1:]
    was_cheaper = lines["invoice_date"] < pd.Timestamp(today - timedelta(DEARER_DAYS))
    lines["unit_cost"] /= lines["product_id"].map(DEARER).fillna(1.0).where(was_cheaper, 1.0)
    recent = lines["invoice_date"] >= pd.Timestamp(today - timedelta(90))
    _set_prices(company, lines, recent.to_numpy(), rng)
    _set_profit_units(company, lines)
    lines["invoice_date"] = lines["invoice_date"].dt.date
    return lines


def _who_buys_what(company: Company, rng: np.random.Generator, many: int) -> pd.DataFrame:
    sold = company.products[company.products["valid_to"].isna()]
    weights = sold["kind"].map(WEIGHT).to_numpy()
    pumps = (sold["product_line"] == "pump_trucks") & (sold["kind"] == "device")
    weights = np.where(pumps, 0.25, weights)
    item = sold.iloc[rng.choice(len(sold), many, p=weights / weights.sum())].reset_index(drop=True)
    popular = rng.permutation(len(company.customers))
    chosen = popular[(len(popular) * rng.random(many) ** 1.7).astype(int)]
    buyer = company.customers.iloc[chosen].reset_index(drop=True)
    channel = rng.choice(
        ["CH-DIRECT", "CH-DEALER", "CH-BRANCH", "CH-ONLINE", "CH-STORE"],
        many,
        p=[0.42, 0.25, 0.13, 0.1, 0.1],
    ).astype(object)
    store_of = company.stores.drop_duplicates("org_unit_id").set_index("org_unit_id")["store_id"]
    store = buyer["org_unit_id"].map(store_of)
    in_shop = (channel == "CH-STORE") & store.notna().to_numpy()
    project = rng.choice(
        np.array([None, *PROJECTS], object), many, p=[0.92, 0.03, 0.02, 0.02, 0.01]
    )
    quantity = item["kind"].map(QUANTITY).to_numpy()
    return pd.DataFrame(
        {
            "customer_id": buyer["customer_id"],
            "product_id": item["product_id"],
            "channel_id": np.where((channel == "CH-STORE") & ~in_shop, "CH-DIRECT", channel),
            "rep_id": buyer["owner_rep_id"],
            "store_id": store.where(in_shop, None),
            "org_unit_id": buyer["org_unit_id"],
            "project_id": project,
            "contract_id": None,
            "qty": 1.0 + rng.poisson(quantity - 1.0 + 1e-9),
            "cluster": buyer["customer_cluster"],
            "line": item["product_line"],
            "kind": item["kind"],
            "list_price": item["list_price"].astype(float),
            "unit_cost": item["std_unit_cost"].astype(float),
        }
    )


def _set_prices(
    company: Company, lines: pd.DataFrame, recent: np.ndarray, rng: np.random.Generator
) -> None:
    many = len(lines)
    usual = lines["org_unit_id"].str[3].map(DISCOUNT).to_numpy()
    discount = np.clip(usual + rng.normal(0, 0.03, many), 0, 0.3)
    losing = lines["customer_id"].isin(loss_makers(company)).to_numpy()
    discount = np.where(losing, rng.uniform(0.44, 0.56, many), discount)
    cut = recent & (lines["line"] == "compressors") & (lines["cluster"] == "exporters")
    discount = discount + np.where(cut & (lines["channel_id"] == "CH-DEALER"), PRICE_CUT, 0)
    lines["list_amount"] = (lines["list_price"] * lines["qty"]).round(2)
    lines["discount_amount"] = (lines["list_amount"] * discount).round(2)
    rebate = np.where(lines["channel_id"] == "CH-DEALER", 0.02, 0.0)
    lines["rebate_amount"] = (lines["list_amount"] * rebate).round(2)
    net = lines["list_amount"] - lines["discount_amount"] - lines["rebate_amount"]
    lines["net_revenue"] = net.round(2)
    abroad = (lines["cluster"] == "exporters").to_numpy() & (rng.random(many) < 0.2)
    lines["currency"] = np.where(abroad, "USD", "CNY")
    lines["fx_rate"] = np.where(abroad, rng.uniform(7.0, 7.25, many).round(4), 1.0)


def _set_profit_units(company: Company, lines: pd.DataFrame) -> None:
    """A project's unit takes a line first, then a cluster's, then the product line's."""
    unit_of = company.profit_units.set_index("match_value")["profit_unit_id"]
    clusters = lines["cluster"].where(lines["cluster"].isin(CLUSTERS_WITH_UNIT), None)
    match = lines["project_id"].fillna(clusters).fillna(lines["line"])
    lines["profit_unit_id"] = match.map(unit_of)


@dataclass(frozen=True)
class Cost:
    """One cost type of order lines: a share of the standard cost, or of net revenue."""

    cost_type: str
    kinds: tuple[str, ...]
    of_cost: float = 0.0
    of_revenue: float = 0.0
    spread: float = 0.05
    is_variable: bool = True
    driver: str = ""


COSTS = (
    Cost("material", ("device", "option"), of_cost=0.62),
    Cost("material", ("consumable",), of_cost=0.88),
    Cost("labor", ("device", "option"), of_cost=0.15),
    Cost("labor", ("consumable",), of_cost=0.05),
    Cost("labor", ("service",), of_cost=0.86),
    Cost("labor", ("policy", "loan"), of_cost=0.3),
    Cost("manufacturing", ("device", "option"), of_cost=0.23, driver="machine_hours"),
    Cost("manufacturing", ("consumable",), of_cost=0.07, driver="machine_hours"),
    Cost("freight", ("device", "consumable"), of_revenue=0.022, spread=0.3),
    Cost("commission", ("device", "option", "service"), of_revenue=0.025, spread=0.02),
    Cost("service", ("service",), of_cost=0.14, spread=0.2),
    Cost("warranty", ("device",), of_revenue=0.012, spread=0.4),
    Cost("finance", ("loan", "policy"), of_cost=0.7),
)
# Monthly costs of no line, as shares of a month's revenue; with whom they are booked, if at all.
UNALLOCATED = (
    ("allocated", 0.030, ""),
    ("selling", 0.022, ""),
    ("selling", 0.004, "customer_id"),
    ("finance", 0.006, ""),
    ("service", 0.005, "customer_id"),
    ("manufacturing", 0.002, ""),
    ("warranty", 0.002, "project_id"),
    ("allocated", 0.003, "profit_unit_id"),
)


def make_cost_items(company: Company, lines: pd.DataFrame) -> pd.DataFrame:
    """cost_items: every cost of every line once, and the monthly costs of no line."""
    rng = stream(company.seed, "costs")
    tables = [_of_lines(cost, lines, rng) for cost in COSTS]
    tables += [_quantities_only(lines, rng), _of_no_line(company, lines, rng)]
    items = pd.concat([table.astype(object) for table in tables], ignore_index=True)
    _await_invoices(company, lines, items)
    items = items.sort_values(["posted_at", "order_line_id"], kind="stable", ignore_index=True)
    items.insert(0, "cost_item_id", [f"K{number:07d}" for number in range(1, len(items) + 1)])
    numbers = {"amount": float, "quantity": float, "is_variable": bool, "is_estimate": bool}
    return items.astype(numbers)


def _of_lines(cost: Cost, lines: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    of = lines[lines["kind"].isin(cost.kinds)]
    standard = of["unit_cost"] * of["qty"] * cost.of_cost
    amount = (standard + of["net_revenue"] * cost.of_revenue) * np.exp(
        rng.normal(0, cost.spread, len(of))
    )
    is_hours = cost.cost_type == "labor"
    return pd.DataFrame(
        {
            "posted_at": of["invoice_date"],
            "order_line_id": of["order_line_id"],
            "customer_id": of["customer_id"],
            "project_id": of["project_id"],
            "profit_unit_id": of["profit_unit_id"],
            "cost_type": cost.cost_type,
            "amount": amount.round(2),
            "quantity": (amount / 95).round(2) if is_hours else np.nan,
            "quantity_uom": "h" if is_hours else None,
            "is_variable": cost.is_variable,
            "is_estimate": cost.cost_type == "warranty",
            "driver": cost.driver or None,
        }
    )


def _quantities_only(lines: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Hours of service calls of the last days whose money is not known yet."""
    recent = lines[lines["kind"] == "service"].tail(max(3, len(lines) // 1500))
    table = _of_lines(Cost("service", ("service",), of_cost=0.05), recent, rng)
    hours = rng.integers(1, 9, len(table)).astype(float)
    return table.assign(amount=np.nan, quantity=hours, quantity_uom="h", is_estimate=True)


def _await_invoices(company: Company, lines: pd.DataFrame, items: pd.DataFrame) -> None:
    """Of consumables that projects took lately only the quantity is known, and labor estimated."""
    since = local_day(company.now) - timedelta(AWAITED_DAYS)
    taken = lines[
        lines["project_id"].notna()
        & (lines["kind"] == "consumable")
        & (lines["invoice_date"] >= since)
    ].set_index("order_line_id")
    is_taken = items["order_line_id"].isin(taken.index)
    items.loc[is_taken, "is_estimate"] = True
    awaited = is_taken & (items["cost_type"] == "material")
    items.loc[awaited, "amount"] = np.nan
    items.loc[awaited, "quantity"] = items.loc[awaited, "order_line_id"].map(taken["qty"])
    items.loc[awaited, "quantity_uom"] = "unit"


def _of_no_line(company: Company, lines: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    month = pd.to_datetime(lines["invoice_date"]).dt.to_period("M")
    revenue = lines.groupby(month)["net_revenue"].sum()
    yesterday = local_day(company.now) - timedelta(1)
    owners = {
        "customer_id": company.customers["customer_id"].to_numpy(object),
        "project_id": np.array(PROJECTS, object),
        "profit_unit_id": company.profit_units["profit_unit_id"].to_numpy(object),
    }
    rows = []
    for period, total in zip(revenue.index, revenue, strict=True):
        for cost_type, share, owner in UNALLOCATED:
            row = {
                "posted_at": min(period.end_time.date(), yesterday),
                "cost_type": cost_type,
                "amount": round(total * share * float(np.exp(rng.normal(0, 0.05))), 2),
                "is_variable": False,
                "is_estimate": False,
                "driver": "net_revenue",
            }
            if owner:
                row[owner] = rng.choice(owners[owner])
            rows.append(row)
    return pd.DataFrame(rows)
