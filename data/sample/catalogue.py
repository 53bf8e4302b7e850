"""What the company sells, and through which channels."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd

from data.sample.chance import local_day

LINES = ("pump_trucks", "compressors", "power_tools", "consumables", "care", "finance")
LOSS_MAKING_OPTIONS = ("OPT-QUIET", "OPT-PAINT")

_PRODUCTS = Path(__file__).with_name("products.csv")  # CNY, days, years


def products(now: datetime) -> pd.DataFrame:
    """The catalogue; two products were dearer to make before a price list of 240 days ago."""
    table = pd.read_csv(_PRODUCTS)
    table["name"] = table["name"] + " " + table["x_name_zh"]
    table["codefined_sandbox_id"] = None
    table["valid_from"] = local_day(now) - timedelta(1200)
    table["valid_to"] = None
    changed = table["product_id"].isin(["CN-FILT", "TL-SAW"])
    on = local_day(now) - timedelta(240)
    before = table[changed].copy()
    before["list_price"] = (before["list_price"] * 0.96).round(2)
    before["valid_to"] = on - timedelta(1)
    table.loc[changed, "valid_from"] = on
    return pd.concat([before, table], ignore_index=True)


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
