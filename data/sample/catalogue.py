"""What the company sells, and through which channels."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

from data.sample.chance import local_day

LINES = ("pump_trucks", "compressors", "power_tools", "consumables", "care", "finance")
LOSS_MAKING_OPTIONS = ("OPT-QUIET", "OPT-PAINT")

# Material that became dearer to buy a few days ago; what is still to be invoiced is re-priced.
DEARER = {"CN-WEAR": 1.08, "CN-HOSE": 1.05}
DEARER_DAYS = 12

_PRODUCTS = Path(__file__).with_name("products.csv")  # CNY, days, years


def products(now: datetime) -> pd.DataFrame:
    """The catalogue: two list prices rose 240 days ago, two purchase prices DEARER_DAYS ago."""
    table = pd.read_csv(_PRODUCTS)
    table["name"] = table["name"] + " " + table["x_name_zh"]
    table["codefined_sandbox_id"] = None
    table["valid_from"] = local_day(now) - timedelta(1200)
    table["valid_to"] = None
    listed = _until(table, ["CN-FILT", "TL-SAW"], local_day(now) - timedelta(240))
    listed["list_price"] = (listed["list_price"] * 0.96).round(2)
    cheaper = _until(table, list(DEARER), local_day(now) - timedelta(DEARER_DAYS))
    rise = cheaper["product_id"].map(DEARER)
    cheaper["std_unit_cost"] = (cheaper["std_unit_cost"] / rise).round(2)
    return pd.concat([listed, cheaper, table], ignore_index=True)


def _until(table: pd.DataFrame, product_ids: list[str], on: date) -> pd.DataFrame:
    """The products as they were up to the day before `on`; in `table` they hold from then."""
    changed = table["product_id"].isin(product_ids)
    before = table[changed].assign(valid_to=on - timedelta(1))
    table.loc[changed, "valid_from"] = on
    return before


def channels() -> pd.DataFrame:
    """One channel of every type."""
    rows = [
        ("CH-DIRECT", "Direct sales 直销", "direct"),
        ("CH-DEALER", "Dealers 经销商", "dealer"),
        ("CH-STORE", "Shops 门店", "store"),
        ("CH-ONLINE", "Online 线上", "online"),
        ("CH-BRANCH", "Branches 分公司", "branch"),
    ]
    return pd.DataFrame(rows, columns=["channel_id", "name", "channel_type"])
