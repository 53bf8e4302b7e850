"""Leads and deals: what is fixed about each, and every change of what is not."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.sample.chance import DAYS_OF_HISTORY, count, local_day, stream
from data.sample.company import Company
from data.sample.stages import LOST, OPEN_STAGES, WON, category, probability

FIELDS = (
    "stage_id", "amount", "expected_close_date", "forecast_category", "owner_rep_id",
    "rep_probability",
)  # fmt: skip
PLANNING = ["wins", "ends_at", "pace", "first_owner", "first_amount", "is_quiet"]
WIN_RATE = {"leads": 0.45, "sales": 0.38, "renewals": 0.8}
CYCLE_DAYS = {"leads": 18, "sales": 78, "renewals": 55}
QUARTER_END_SHARE = 0.35
LOST_REASONS = ("price", "competitor", "no budget", "timing", "no decision")
NEXT_STEPS = ("Send the quote", "Visit the plant", "Call the buyer", "Agree the clauses", "Demo")


@dataclass(frozen=True)
class Pipeline:
    """`plan` has one row a deal with what never changes and what is meant to happen (PLANNING).

    `is_quiet` marks the open A-leads to whom nobody has spoken for 80 h or more.
    """

    plan: pd.DataFrame
    changes: pd.DataFrame
    opportunities: pd.DataFrame


def make_pipeline(company: Company, contracts: pd.DataFrame) -> Pipeline:
    """Leads and deals of 14 months; `contracts` that end give the renewal deals."""
    plan = _plan(company, contracts)
    rng = stream(company.seed, "changes")
    events: list[tuple[str, datetime, str, str, str]] = []
    for deal in plan.to_dict("records"):
        events += _life(deal, rng, company.now)
    table = pd.DataFrame(events, columns=["opp_id", "changed_at", "field", "new_value", "by"])
    changes = with_old_values(table.rename(columns={"by": "changed_by"}))
    return Pipeline(plan, changes, as_it_stands(plan, changes))


def with_old_values(events: pd.DataFrame) -> pd.DataFrame:
    """opportunity_changes: each event with the value that it replaced, in order of time."""
    events["changed_at"] = pd.to_datetime(events["changed_at"], utc=True).dt.as_unit("us")
    events = events.sort_values(["changed_at", "opp_id", "field"], ignore_index=True)
    last = events.groupby(["opp_id", "field"], sort=False)["new_value"]
    events["old_value"] = last.shift()
    columns = ["opp_id", "changed_at", "field", "old_value", "new_value", "changed_by"]
    return events[columns]


def as_it_stands(plan: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """opportunities: the plan's rows with the last value of every field."""
    last = changes.drop_duplicates(["opp_id", "field"], keep="last")
    wide = last.pivot(index="opp_id", columns="field", values="new_value")
    stage_at = last[last["field"] == "stage_id"].set_index("opp_id")["changed_at"]
    deals = plan.drop(columns=PLANNING).set_index("opp_id")
    for name in FIELDS:
        deals[name] = wide[name]
    deals["amount"] = deals["amount"].astype(float)
    deals["rep_probability"] = deals["rep_probability"].astype(float)
    deals["expected_close_date"] = pd.to_datetime(deals["expected_close_date"]).dt.date
    is_won, is_lost = deals["stage_id"].isin(WON.values()), deals["stage_id"].isin(LOST.values())
    closed = is_won | is_lost
    deals["is_won"] = is_won.astype("boolean").where(closed)
    deals["closed_at"] = stage_at.reindex(deals.index).where(closed)
    deals["lost_reason"] = deals["lost_reason"].where(is_lost, None)
    for name in ("next_step", "next_step_due"):
        deals[name] = deals[name].where(~closed, None)
    return deals.reset_index()


def _plan(company: Company, contracts: pd.DataFrame) -> pd.DataFrame:
    rng = stream(company.seed, "plan")
    leads, sales = count(company.scale, 600, 150), count(company.scale, 650, 160)
    renewing = contracts[contracts["has_renewal_deal"]]
    many = leads + sales + len(renewing)
    kind = np.repeat(["leads", "sales", "renewals"], [leads, sales, len(renewing)])
    customer = rng.integers(0, len(company.customers), many)
    by_id = pd.Series(range(len(company.customers)), index=company.customers["customer_id"])
    customer[leads + sales :] = by_id[renewing["customer_id"]].to_numpy()
    of = company.customers.iloc[customer].reset_index(drop=True)
    sellable = company.products[
        company.products["valid_to"].isna() & company.products["kind"].isin(["device", "service"])
    ]
    product = sellable.iloc[rng.integers(0, len(sellable), many)].reset_index(drop=True)
    is_sale = kind == "sales"
    plan = pd.DataFrame(
        {
            "opp_id": [f"O{number:05d}" for number in range(1, many + 1)],
            "name": of["name"] + ": " + product["name"],
            "pipeline": kind,
            "opp_type": np.select(
                [kind == "renewals", is_sale & (rng.random(many) < 0.12), rng.random(many) < 0.45],
                ["renewal", "loan", "expansion"],
                "new",
            ),
            "is_lead": kind == "leads",
            "lead_grade": rng.choice(["A", "B", "C", "D"], many, p=[0.2, 0.3, 0.3, 0.2]),
            "customer_id": of["customer_id"],
            "first_owner": of["owner_rep_id"],
            "org_unit_id": of["org_unit_id"],
            "product_id": product["product_id"],
            "product_line": product["product_line"],
            "channel_id": rng.choice(["CH-DIRECT", "CH-DEALER", "CH-BRANCH"], many),
            "contract_id": None,
        }
    )
    plan["currency"] = "CNY"
    plan["contract_id"] = [None] * (leads + sales) + renewing["contract_id"].tolist()
    plan["lead_grade"] = plan["lead_grade"].where(plan["is_lead"], None)
    line_unit = company.profit_units.set_index("match_value")["profit_unit_id"]
    plan["profit_unit_id"] = plan["product_line"].map(line_unit)
    _set_times(plan, company, renewing, rng)
    plan["first_amount"] = _sizes(plan, renewing, rng)
    plan["lost_reason"] = rng.choice(LOST_REASONS, many)
    plan["next_step"] = rng.choice(NEXT_STEPS, many)
    due = rng.integers(-3, 14, many)
    plan["next_step_due"] = [local_day(company.now) + timedelta(int(days)) for days in due]
    plan["decision_maker_known"] = rng.random(many) < 0.6
    plan["contacts_engaged"] = rng.integers(1, 8, many)
    return plan


def _set_times(
    plan: pd.DataFrame, company: Company, renewing: pd.DataFrame, rng: np.random.Generator
) -> None:
    many = len(plan)
    cycle = plan["pipeline"].map(CYCLE_DAYS).to_numpy() * np.exp(rng.normal(0, 0.45, many))
    age = DAYS_OF_HISTORY * rng.random(many) ** 1.45 + 0.05
    renewals = (plan["pipeline"] == "renewals").to_numpy()
    ends_in = (
        pd.to_datetime(renewing["end_date"]) - pd.Timestamp(local_day(company.now))
    ).dt.days.to_numpy()
    age[renewals] = np.clip(60 - ends_in + rng.integers(0, 20, len(renewing)), 0.5, None)
    cycle[renewals] = np.maximum(age[renewals] + ends_in - rng.integers(-3, 10, len(renewing)), 5)
    plan["created_at"] = _instants(company.now, -age)
    plan["ends_at"] = _instants(company.now, cycle - age)
    win_rate = plan["pipeline"].map(WIN_RATE).to_numpy()
    plan["wins"] = rng.random(many) < win_rate
    plan.loc[renewals, "wins"] = renewing["is_renewed"].to_numpy(bool)
    now = pd.Timestamp(company.now)
    waits = (plan["lead_grade"] == "A") & (plan["ends_at"] > now)
    waits &= plan["created_at"] < now - timedelta(days=4)
    plan["is_quiet"] = waits & (waits.cumsum() % 3 != 0)
    plan["pace"] = rng.uniform(0.5, 1.15, many)


def _instants(now: datetime, days: np.ndarray) -> pd.Series:
    whole = pd.to_timedelta(np.rint(days * 86400), unit="s")
    return pd.Series(pd.Timestamp(now) + whole).dt.as_unit("us")


def _sizes(plan: pd.DataFrame, renewing: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    size = np.exp(rng.normal(12.6, 0.9, len(plan)))
    renewals = (plan["pipeline"] == "renewals").to_numpy()
    growth = rng.uniform(0.95, 1.12, len(renewing))
    size[renewals] = renewing["annual_value"].to_numpy() * growth
    size[plan["is_lead"].to_numpy()] = np.nan
    return np.clip(np.round(size, -2), 8_000, 6_000_000)


def _life(
    deal: dict[Hashable, Any], rng: np.random.Generator, now: datetime
) -> list[tuple[str, datetime, str, str, str]]:
    """Every change of one deal up to now, from its creation to its end."""
    opp, start, end = deal["opp_id"], deal["created_at"], deal["ends_at"]
    owner, line, amount = deal["first_owner"], deal["pipeline"], deal["first_amount"]
    stages = OPEN_STAGES[line]
    reached = len(stages) if deal["wins"] else int(rng.integers(1, len(stages) + 1))
    planned = _promised((start + (end - start) * deal["pace"]).date(), rng)
    events = [(start, "created", stages[0]), (start, "owner_rep_id", owner)]
    events += [(start, "expected_close_date", str(max(planned, start.date())))]
    if amount == amount:
        events.append((start, "amount", f"{amount:.2f}"))
        for share in rng.uniform(0.15, 0.95, rng.binomial(2, 0.25)):
            amount = max(round(amount * float(rng.uniform(0.8, 1.2)), -2), 8000.0)
            events.append((_at(start, end, share), "amount", f"{amount:.2f}"))
    for number in range(reached):
        share = number / (reached + 0.4) if number else 0.0
        events += _stage(_at(start, end, share), stages[number])
    events += _pushes(start, end, planned, rng, now)
    final = WON[line] if deal["wins"] else LOST[line]
    events += [*_stage(end, final), (end, "expected_close_date", str(end.date()))]
    return [(opp, at, field, value, owner) for at, field, value in events if at <= now]


def _promised(due: date, rng: np.random.Generator) -> date:
    """A close date as reps put it down: often simply the end of the quarter."""
    if rng.random() > QUARTER_END_SHARE:
        return due
    return date(due.year + due.month // 10, (due.month + 2) // 3 * 3 % 12 + 1, 1) - timedelta(1)


def _at(start: pd.Timestamp, end: pd.Timestamp, share: float) -> pd.Timestamp:
    return (start + (end - start) * share).floor("s")


def _stage(at: pd.Timestamp, stage: str) -> list[tuple[pd.Timestamp, str, str]]:
    return [
        (at, "stage_id", stage),
        (at, "forecast_category", category(stage)),
        (at, "rep_probability", f"{probability(stage):.2f}"),
    ]


def _pushes(
    start: pd.Timestamp, end: pd.Timestamp, planned: date, rng: np.random.Generator, now: datetime
) -> list[tuple[pd.Timestamp, str, str]]:
    """The close date is put off when it has come and the deal is still open."""
    pushes, due = [], max(planned, start.date())
    while due < end.date() and due < local_day(now):
        at = pd.Timestamp(due, tz="UTC") + timedelta(hours=4, seconds=int(rng.integers(0, 9000)))
        if rng.random() < 0.2 or not start < at < end:
            break
        due = _promised(due + timedelta(int(rng.integers(10, 35))), rng)
        pushes.append((at, "expected_close_date", str(due)))
    return pushes
