"""Targets, set so that the company has something to do: neither all green nor all red."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from data.sample.chance import local_day, stream
from data.sample.company import Company
from data.sample.service import quarter_ends

COVERAGE = (2.1, 3.9)  # open amount of the quarter / (target - won), by region
GAP = (-0.03, 0.02)  # margin rate less its target, by region; the fit of a month is +-0.004
GROSS_COSTS = ("material", "labor", "manufacturing")
_COLUMNS = [
    "period_start", "period_end", "owner_type", "owner_id", "metric", "target_value", "unit",
]  # fmt: skip


def make_targets(
    company: Company,
    opportunities: pd.DataFrame,
    lines: pd.DataFrame,
    costs: pd.DataFrame,
) -> pd.DataFrame:
    """targets of quarters and months, for units, reps, profit units and value validators."""
    rng = stream(company.seed, "targets")
    quarters = _quarters(local_day(company.now))
    rows = _revenue(company, opportunities, quarters, rng)
    rows += _margin_rates(company, lines, costs, rng)
    units = company.org_units["org_unit_id"]
    for start, end in quarters:
        rows += [
            (start, end, "org_unit", unit, "renewal_rate", round(float(rate), 3), "share")
            for unit, rate in zip(units, rng.uniform(0.78, 0.88, len(units)), strict=True)
        ]
        rows += [
            (start, end, "rep", rep, "cobuild_deliverables", float(rng.integers(12, 30)), "count")
            for rep in company.rep_ids("value_validator")
        ]
    rows += _profit_units(company, lines, quarters, rng)
    return pd.DataFrame(rows, columns=_COLUMNS)


def _quarters(today: date) -> list[tuple[date, date]]:
    """The four whole quarters before today's, today's and the next."""
    ends = quarter_ends(today + timedelta(200), 8)
    spans = [(before + timedelta(1), end) for before, end in pairwise(ends)]
    now_at = next(n for n, (start, end) in enumerate(spans) if start <= today <= end)
    return spans[max(now_at - 4, 0) : now_at + 2]


def _revenue(
    company: Company,
    opportunities: pd.DataFrame,
    quarters: list[tuple[date, date]],
    rng: np.random.Generator,
) -> list[tuple[object, ...]]:
    """By district, so that regions and the company are sums; and the same split by rep."""
    today, deals = local_day(company.now), opportunities[opportunities["amount"].notna()]
    closed_on = (deals["closed_at"] + timedelta(hours=8)).dt.date
    won, is_open = deals["is_won"].fillna(False).astype(bool), deals["is_won"].isna()
    regions = company.org_units.loc[company.org_units["level"] == "region", "org_unit_id"]
    coverage = dict(
        zip(regions, rng.permutation(np.linspace(*COVERAGE, len(regions))), strict=True)
    )
    rows: list[tuple[object, ...]] = []
    for start, end in quarters:
        won_here = deals[won & (closed_on >= start) & (closed_on <= end)]
        due = pd.to_datetime(deals["expected_close_date"]).dt.date
        open_here = deals[is_open & (due >= start) & (due <= end)]
        if end < today:
            factor = rng.uniform(0.92, 1.12)
            by_owner = {unit: won_here.groupby(unit)["amount"].sum() * factor for unit in _OWNERS}
        else:
            by_owner = {unit: _covered(won_here, open_here, unit, coverage) for unit in _OWNERS}
        target = by_owner["org_unit_id"].reindex(company.districts["org_unit_id"]).fillna(0)
        target = target.clip(lower=1000).round(-3)
        by_unit = pd.concat([target, target.groupby(target.index.str[:4]).sum()])
        by_unit["CN"] = target.sum()
        rows += [
            (start, end, "org_unit", unit, "revenue", value, "CNY")
            for unit, value in by_unit.items()
        ]
        rows += [
            (start, end, "rep", rep, "revenue", round(value, -3), "CNY")
            for rep, value in by_owner["owner_rep_id"].items()
        ]
    return rows


_OWNERS = ("org_unit_id", "owner_rep_id")


def _covered(
    won: pd.DataFrame, still_open: pd.DataFrame, owner: str, coverage: dict[str, float]
) -> pd.Series:
    needed = still_open["amount"] / still_open["org_unit_id"].str[:4].map(coverage)
    parts = pd.concat([won.groupby(owner)["amount"].sum(), needed.groupby(still_open[owner]).sum()])
    return parts.groupby(level=0).sum()


def _margin_rates(
    company: Company, lines: pd.DataFrame, costs: pd.DataFrame, rng: np.random.Generator
) -> list[tuple[object, ...]]:
    """Monthly targets near the actual rate; a month without sales keeps the last rate."""
    gross = costs[costs["cost_type"].isin(GROSS_COSTS)].groupby("order_line_id")["amount"].sum()
    margin = lines["net_revenue"] - lines["order_line_id"].map(gross).fillna(0)
    table = lines[["net_revenue"]].assign(
        margin=margin, month=pd.to_datetime(lines["invoice_date"]).dt.to_period("M")
    )
    rows: list[tuple[object, ...]] = []
    parts = {"CN": table}
    for length in (4, 8):
        parts |= dict(list(table.groupby(lines["org_unit_id"].str[:length])))
    now_month = pd.Period(local_day(company.now), "M")
    for unit, part in parts.items():
        gap = rng.uniform(*GAP) if unit != "CN" else -0.006
        sums = part.groupby("month")[["margin", "net_revenue"]].sum()
        months = pd.period_range(sums.index[0], now_month + 1, freq="M")
        rates = (sums["margin"] / sums["net_revenue"]).reindex(months).ffill()
        for month, rate in zip(months, rates, strict=True):
            target = round(float(rate - gap + rng.uniform(-0.004, 0.004)), 4)
            rows.append((month.start_time.date(), month.end_time.date(), "org_unit", unit,
                         "gross_margin_rate", target, "share"))  # fmt: skip
    return rows


def _profit_units(
    company: Company,
    lines: pd.DataFrame,
    quarters: list[tuple[date, date]],
    rng: np.random.Generator,
) -> list[tuple[object, ...]]:
    revenue = lines.groupby("profit_unit_id")["net_revenue"].sum() * 92 / 425
    rows: list[tuple[object, ...]] = []
    for start, end in quarters:
        for unit in company.profit_units["profit_unit_id"]:
            rate = round(float(rng.uniform(0.30, 0.38)), 3)
            margin = round(float(revenue.get(unit, 0.0)) * rate, -3)
            rows.append((start, end, "profit_unit", unit, "gross_margin_rate", rate, "share"))
            rows.append((start, end, "profit_unit", unit, "gross_margin", margin, "CNY"))
    return rows
