"""What the company sells, and through which channels."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd

from data.sample.chance import local_day

LINES = ("pump_trucks", "compressors", "power_tools", "consumables", "care", "finance")
LOSS_MAKING_OPTIONS = ("OPT-QUIET", "OPT-PAINT")

# id, English, Chinese, line, kind, base, unit, list price (CNY), unit cost (CNY), lead days, years
_PRODUCTS = (
    ("PT-38", "Pump truck 38 m", "38米泵车", "pump_trucks", "device", None, "pc", 980000, 560000, 45, 9),
    ("PT-52", "Pump truck 52 m", "52米泵车", "pump_trucks", "device", None, "pc", 1650000, 960000, 60, 9),
    ("PT-62", "Pump truck 62 m", "62米泵车", "pump_trucks", "device", None, "pc", 2380000, 1420000, 75, 9),
    ("OPT-REACH", "Long boom option", "加长臂架选装", "pump_trucks", "option", "PT-52", "pc", 135000, 54000, 11, None),
    ("OPT-REMOTE", "Remote control option", "遥控选装", "pump_trucks", "option", "PT-38", "pc", 42000, 19000, 4, None),
    ("OPT-QUIET", "Quiet pack option", "静音选装", "pump_trucks", "option", "PT-52", "pc", 38000, 46000, 9, None),
    ("OPT-PAINT", "House colours option", "企业色喷涂选装", "pump_trucks", "option", "PT-62", "pc", 15000, 21000, 6, None),
    ("AC-22", "Compressor 22 kW", "22kW空压机", "compressors", "device", None, "pc", 58000, 32000, 14, 8),
    ("AC-75", "Compressor 75 kW", "75kW空压机", "compressors", "device", None, "pc", 146000, 84000, 20, 8),
    ("AC-160", "Compressor 160 kW", "160kW空压机", "compressors", "device", None, "pc", 325000, 190000, 30, 8),
    ("OPT-HEAT", "Heat recovery option", "余热回收选装", "compressors", "option", "AC-160", "pc", 46000, 20000, 7, None),
    ("OPT-DRY", "Dryer option", "干燥机选装", "compressors", "option", "AC-75", "pc", 22000, 11500, 5, None),
    ("TL-DRILL", "Hammer drill", "冲击钻", "power_tools", "device", None, "pc", 1280, 690, 2, 4),
    ("TL-SAW", "Wall saw", "墙锯", "power_tools", "device", None, "pc", 4600, 2500, 3, 5),
    ("TL-LIFT", "Cordless set", "锂电套装", "power_tools", "device", None, "set", 2380, 1310, 2, 4),
    ("TL-CUT", "Cut-off machine", "切割机", "power_tools", "device", None, "pc", 1680, 930, 2, 5),
    ("CN-OIL", "Compressor oil 20 l", "空压机油20升", "consumables", "consumable", None, "can", 960, 480, 1, None),
    ("CN-FILT", "Filter kit", "滤芯套件", "consumables", "consumable", None, "set", 1450, 690, 1, None),
    ("CN-WEAR", "Wear plate set", "耐磨板套件", "consumables", "consumable", None, "set", 8600, 4300, 3, None),
    ("CN-HOSE", "Delivery hose", "输送软管", "consumables", "consumable", None, "pc", 3900, 2050, 2, None),
    ("CN-DISC", "Cutting discs", "切割片", "consumables", "consumable", None, "box", 260, 120, 1, None),
    ("SV-CARE", "Care contract year", "年度保养", "care", "service", None, "year", 26000, 13000, 1, None),
    ("SV-CALL", "Service call", "上门服务", "care", "service", None, "call", 2600, 1500, 1, None),
    ("SV-OVER", "Overhaul", "大修", "care", "service", None, "job", 68000, 39000, 10, None),
    ("FN-LOAN", "Equipment loan fee", "设备贷款服务费", "finance", "loan", None, "contract", 18000, 7500, 5, None),
    ("FN-POL", "Machine policy", "设备保险", "finance", "policy", None, "policy", 9800, 5600, 2, None),
)  # fmt: skip  # noqa: E501
_COLUMNS = [
    "product_id", "name", "x_name_zh", "product_line", "kind", "base_product_id", "uom",
    "list_price", "std_unit_cost", "std_lead_days", "replacement_cycle_years",
]  # fmt: skip


def products(now: datetime) -> pd.DataFrame:
    """The catalogue; two products were dearer to make before a price list of 240 days ago."""
    table = pd.DataFrame(_PRODUCTS, columns=_COLUMNS)
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
