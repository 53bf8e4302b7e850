"""Contracts with their renewals, quotes and clauses, and the machines installed."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from data.sample.chance import count, local_day, stream
from data.sample.company import Company

RENEWAL_RATE = 0.82
MODULE = "OPT-DISPATCH"  # so new that it was only quoted: the quote that the field talks about
MODULE_GAIN = 0.082  # more margin, in money, on one open pump truck
MODULE_DAYS = 11.0  # for this much later a delivery
_MODULE_PRICE = 0.055  # of the truck's price
_PLANNING = ["has_renewal_deal", "is_renewed"]


def plan_contracts(company: Company) -> pd.DataFrame:
    """Service, policy and loan contracts that ended in the last 11 months or end in the next 13.

    `has_renewal_deal` and `is_renewed` say what the pipeline will make of them.
    """
    rng, many = stream(company.seed, "contracts"), count(company.scale, 420, 70)
    today = local_day(company.now)
    ends_in = rng.integers(-330, 400, many)
    buyers = company.customers.iloc[rng.integers(0, len(company.customers), many)]
    kinds = rng.choice(["service", "policy", "loan"], many, p=[0.65, 0.2, 0.15])
    renewed = rng.random(many) < RENEWAL_RATE
    has_deal = (ends_in < 70) & (renewed | (rng.random(many) < 0.55))
    has_deal &= (ends_in < 0) | (rng.random(many) < 0.85)
    return pd.DataFrame(
        {
            "contract_id": [f"CT{number:05d}" for number in range(1, many + 1)],
            "customer_id": buyers["customer_id"].to_numpy(object),
            "opp_id": None,
            "contract_kind": kinds,
            "start_date": [today + timedelta(int(days) - 364) for days in ends_in],
            "end_date": [today + timedelta(int(days)) for days in ends_in],
            "annual_value": np.round(np.exp(rng.normal(11.2, 0.6, many)), -2),
            "response_sla_h": rng.choice([4.0, 8.0, 24.0], many),
            "covered_units": rng.integers(1, 25, many),
            "has_renewal_deal": has_deal,
            "is_renewed": renewed,
        }
    )


def make_contracts(
    company: Company, planned: pd.DataFrame, opportunities: pd.DataFrame
) -> pd.DataFrame:
    """contracts: the planned ones, their successors, and those that came of deals won."""
    won = opportunities[opportunities["is_won"].fillna(False).astype(bool)]
    renewals = won[won["contract_id"].notna()].set_index("contract_id")
    before = planned[planned["contract_id"].isin(renewals.index)]
    deals = renewals.loc[before["contract_id"]]
    after = before.assign(
        contract_id=(before["contract_id"] + "-R").to_numpy(),
        opp_id=deals["opp_id"].to_numpy(),
        start_date=[day + timedelta(1) for day in before["end_date"]],
        end_date=[day + timedelta(365) for day in before["end_date"]],
        annual_value=deals["amount"].to_numpy(),
    )
    successor = pd.Series(after["contract_id"].to_numpy(), index=before["contract_id"])
    contracts = pd.concat([planned, after, _of_deals(won)], ignore_index=True)
    contracts["renewed_by_contract_id"] = contracts["contract_id"].map(successor)
    today = local_day(company.now)
    ended = np.array([day < today for day in contracts["end_date"]])
    renewed = contracts["renewed_by_contract_id"].notna().to_numpy()
    contracts["status"] = np.select([ended & renewed, ended], ["renewed", "expired"], "active")
    return contracts.drop(columns=_PLANNING)


def _of_deals(won: pd.DataFrame) -> pd.DataFrame:
    sales = won[won["pipeline"] == "sales"]
    closed = (sales["closed_at"] + timedelta(hours=8)).dt.date
    return pd.DataFrame(
        {
            "contract_id": "CT-" + sales["opp_id"],
            "customer_id": sales["customer_id"],
            "opp_id": sales["opp_id"],
            "contract_kind": np.where(sales["opp_type"] == "loan", "loan", "sale"),
            "start_date": closed,
            "end_date": [day + timedelta(730) for day in closed],
            "annual_value": (sales["amount"] / 2).round(2),
            "response_sla_h": 24.0,
            "covered_units": 1,
        }
    )


def make_clauses(
    company: Company, opportunities: pd.DataFrame, contracts: pd.DataFrame
) -> pd.DataFrame:
    """contract_clauses: three scenarios for each quoted deal, and clauses of signed contracts.

    The base row carries the quote's own price, cost and lead days.
    """
    rng = stream(company.seed, "clauses")
    quoted = opportunities[
        opportunities["stage_id"].isin(["sales_proposal", "sales_negotiation", "sales_won"])
    ].tail(count(company.scale, 160, 20))
    options = company.products[company.products["kind"] == "option"]
    products = company.products[company.products["valid_to"].isna()].set_index("product_id")
    rows = []
    for deal in quoted.to_dict("records"):
        product = products.loc[deal["product_id"]]
        share = product["std_unit_cost"] / product["list_price"]
        fitting = options[options["product_line"] == deal["product_line"]]
        rows += _quote(deal["opp_id"], float(deal["amount"]), float(share), product, fitting, rng)
    rows += _module_quote(quoted, rows)
    signed = contracts[contracts["contract_kind"] == "service"].head(len(quoted))
    for contract in signed.to_dict("records"):
        rows += _signed(contract["contract_id"], float(contract["annual_value"]))
    columns = [
        "opp_id", "contract_id", "scenario_id", "clause_id", "clause_type", "product_id",
        "is_selected", "delta_price", "delta_cost", "delta_lead_days", "penalty_per_day",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _quote(
    opp: str,
    price: float,
    cost_share: float,
    product: pd.Series,
    options: pd.DataFrame,
    rng: np.random.Generator,
) -> list[tuple[object, ...]]:
    cost = round(price * cost_share * float(rng.uniform(1.05, 1.25)), 2)
    lead, item = float(product["std_lead_days"]), product.name
    rows: list[tuple[object, ...]] = []
    for scenario, discount, late_fee in (("plain", 0.0, 0.002), ("fast", 0.02, 0.004),
                                         ("rich", 0.05, 0.002)):  # fmt: skip
        many = {"plain": 0, "fast": 1, "rich": len(options)}[scenario]
        name = f"{opp}-{scenario}"
        rows.append((opp, None, name, f"{opp}-base", "base", item, True, price, cost, lead,
                     round(price * late_fee, 2)))  # fmt: skip
        rows += [
            (opp, None, name, f"{opp}-{option.product_id}", "option", option.product_id,
             number < many, option.list_price, option.std_unit_cost, option.std_lead_days, None)
            for number, option in enumerate(options.itertuples(index=False))
        ]  # fmt: skip
        for kind, is_selected, delta_price, delta_cost, days in (
            ("discount", discount > 0, -round(price * discount, 2), 0.0, 0.0),
            ("payment_terms", scenario == "rich", 0.0, round(price * 0.006, 2), 0.0),
            ("delivery", scenario == "fast", round(price * 0.01, 2), round(price * 0.018, 2), -10),
            ("warranty", scenario == "rich", round(price * 0.02, 2), round(price * 0.011, 2), 0.0),
        ):
            rows.append((opp, None, name, f"{opp}-{kind}", kind, None, is_selected, delta_price,
                         delta_cost, days, None))  # fmt: skip
    return rows


def _module_quote(quoted: pd.DataFrame, rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The largest open quote of a pump truck once more, with the dispatch module besides."""
    is_open = quoted["is_won"].isna() & (quoted["product_line"] == "pump_trucks")
    if not is_open.any():
        return []
    largest = int(quoted["amount"].where(is_open).argmax())
    deal = quoted["opp_id"].iloc[largest]
    plain = [row for row in rows if row[2] == f"{deal}-plain"]
    price, cost = (float(str(plain[0][place])) for place in (7, 8))
    extra = round(price * _MODULE_PRICE, 2)
    module = (deal, None, "", f"{deal}-{MODULE}", "option", MODULE, True, extra,
              round(extra - MODULE_GAIN * (price - cost), 2), MODULE_DAYS, None)  # fmt: skip
    name = f"{deal}-dispatch"
    return [(*row[:2], name, *row[3:]) for row in (*plain, module)]


def with_module(products: pd.DataFrame) -> pd.DataFrame:
    """The catalogue with the dispatch module, which nobody has bought yet."""
    like = products[products["product_id"] == "OPT-REACH"].assign(
        product_id=MODULE,
        name="Smart dispatch module 智能调度模块",
        x_name_zh="智能调度模块",
        base_product_id=None,
        list_price=59000.0,
        std_unit_cost=34000.0,
        std_lead_days=MODULE_DAYS,
    )
    return pd.concat([products, like], ignore_index=True)


def _signed(contract: str, value: float) -> list[tuple[object, ...]]:
    penalty = round(value * 0.001, 2)
    base = (None, contract, "signed", f"{contract}-base", "base", None, True, value,
            round(value * 0.55, 2), 0.0, None)  # fmt: skip
    late = (None, contract, "signed", f"{contract}-penalty", "penalty", None, True, 0.0, 0.0, 0.0,
            penalty)  # fmt: skip
    level = (None, contract, "signed", f"{contract}-level", "service_level", None, True,
             round(value * 0.05, 2), round(value * 0.03, 2), 0.0, None)  # fmt: skip
    return [base, late, level]


def make_assets(company: Company, contracts: pd.DataFrame) -> pd.DataFrame:
    """installed_assets: machines of 0 to 10 years; those under a live service contract name it."""
    rng, many = stream(company.seed, "assets"), count(company.scale, 1600, 120)
    machines = company.products[
        (company.products["kind"] == "device") & company.products["valid_to"].isna()
    ]
    machine = machines.iloc[rng.integers(0, len(machines), many)]
    owner = company.customers["customer_id"].iloc[rng.integers(0, len(company.customers), many)]
    active = contracts[
        (contracts["status"] == "active") & (contracts["contract_kind"] == "service")
    ]
    contract = active.drop_duplicates("customer_id").set_index("customer_id")["contract_id"]
    today, age = local_day(company.now), rng.integers(20, 3650, many)
    retired = age > machine["replacement_cycle_years"].to_numpy() * 365
    covered = owner.map(contract).where(~retired & (rng.random(many) < 0.75), None)
    return pd.DataFrame(
        {
            "asset_id": [f"A{number:06d}" for number in range(1, many + 1)],
            "customer_id": owner.to_numpy(object),
            "product_id": machine["product_id"].to_numpy(object),
            "installed_on": [today - timedelta(int(days)) for days in age],
            "retired_on": [
                today - timedelta(int(days)) if gone else None
                for days, gone in zip(rng.integers(1, 300, many), retired, strict=True)
            ],
            "service_contract_id": covered.to_numpy(object),
        }
    )
