"""Tickets, and the quarterly indicators of customers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.sample.chance import DAYS_OF_HISTORY, count, local_day, stream
from data.sample.company import Company

QUARTERS = 9
INDICATORS = {"tax_paid": ("CNY", 12.8), "power_kwh": ("kWh", 12.2), "deposit_avg": ("CNY", 14.2)}


def make_tickets(company: Company) -> pd.DataFrame:
    """tickets of 14 months; a handful of complaints of the last days are still unanswered."""
    rng, many = stream(company.seed, "tickets"), count(company.scale, 2500, 150)
    age_h = np.sort(rng.uniform(0.5, DAYS_OF_HISTORY * 24, many))[::-1]
    waiting = many - 6
    age_h[waiting:] = [70, 52, 31, 26, 12, 3]
    kind = rng.choice(["complaint", "service", "policy_service"], many, p=[0.2, 0.65, 0.15])
    kind[waiting:] = "complaint"
    opened = pd.Timestamp(company.now) - pd.to_timedelta(np.rint(age_h * 3600), unit="s")
    response_h = np.exp(rng.normal(1.5, 0.9, many))
    response_h[waiting:] = np.inf
    resolve_h = response_h + np.exp(rng.normal(3.2, 0.9, many))
    sla_h = np.where(kind == "complaint", 24.0, rng.choice([4.0, 8.0, 24.0], many))
    answered, resolved = response_h < age_h, resolve_h < age_h
    buyers = company.customers.iloc[rng.integers(0, len(company.customers), many)]
    late = response_h > sla_h
    csm = company.rep_ids("csm")
    region = buyers["org_unit_id"].str[3].map({"E": 0, "S": 1, "N": 2, "C": 3, "W": 4, "B": 5})
    table = pd.DataFrame(
        {
            "ticket_id": [f"T{number:06d}" for number in range(1, many + 1)],
            "customer_id": buyers["customer_id"].to_numpy(object),
            "ticket_type": kind,
            "severity": rng.choice([1, 2, 3, 4], many, p=[0.08, 0.22, 0.45, 0.25]),
            "opened_at": opened,
            "first_response_at": _after(opened, response_h, answered),
            "resolved_at": _after(opened, resolve_h, resolved),
            "owner_rep_id": csm[region.to_numpy()],
            "status": np.select([resolved, answered], ["resolved", "in_progress"], "open"),
            "sla_due_at": opened + pd.to_timedelta(sla_h, unit="h"),
            "sla_met": pd.Series(~late, dtype="boolean").where(answered | (age_h > sla_h)),
            "reopened_count": rng.binomial(2, 0.06, many) * resolved,
            "escalated_at": _after(opened, sla_h + 2, late & (sla_h + 2 < age_h) & (age_h > 96)),
        }
    )
    return table.sort_values("opened_at", ignore_index=True)


def _after(opened: pd.DatetimeIndex, hours: np.ndarray, is_known: np.ndarray) -> pd.DatetimeIndex:
    seconds = np.rint(np.where(is_known, hours, 0) * 3600)
    return (opened + pd.to_timedelta(seconds, unit="s")).where(is_known)


def falling_customers(company: Company) -> list[str]:
    """Who pays 18 to 30 % less tax than a year ago, in each of the last two quarters."""
    watched = _watched(company)
    many = max(2, len(watched) // 16)
    chosen = stream(company.seed, "falling").choice(len(watched), many, replace=False)
    return sorted(watched[chosen])


def make_indicators(company: Company) -> pd.DataFrame:
    """indicators: three a customer over the last nine whole quarters, with a season."""
    rng, watched = stream(company.seed, "indicators"), _watched(company)
    ends = quarter_ends(local_day(company.now), QUARTERS)
    falling = np.isin(watched, falling_customers(company))
    tables = []
    for indicator, (unit, level) in INDICATORS.items():
        start = np.exp(rng.normal(level, 0.7, len(watched)))[:, None]
        quarter = np.array([(end.month - 1) // 3 for end in ends])
        season = np.array([0.92, 1.0, 1.03, 1.08])[quarter][None, :]
        value = start * season * np.linspace(1, 1.12, QUARTERS)[None, :]
        value = value * np.exp(rng.normal(0, 0.025, value.shape))
        if indicator == "tax_paid":
            value[falling, -2:] = value[falling, -6:-4] * rng.uniform(
                0.70, 0.82, (falling.sum(), 2)
            )
        tables.append(
            pd.DataFrame(
                {
                    "customer_id": np.repeat(watched, QUARTERS),
                    "indicator": indicator,
                    "period_end": np.tile(np.array(ends, object), len(watched)),
                    "period": "quarter",
                    "value": value.round(2).ravel(),
                    "unit": unit,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def _watched(company: Company) -> np.ndarray:
    return company.customers["customer_id"].to_numpy(object)[: count(company.scale, 150, 30)]


def quarter_ends(today: date, many: int) -> list[date]:
    """The last days of the `many` whole quarters before today, oldest first."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    ends = []
    for _ in range(many):
        ends.append(first - timedelta(1))
        first = date(ends[-1].year, ends[-1].month - 2, 1)
    return ends[::-1]
