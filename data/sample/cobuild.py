"""Co-build sandboxes: milestones, confirmations, and the value modules that they reuse."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from data.sample.chance import count, local_day, midnight, stream
from data.sample.company import Company

PARTIES = ("it", "production", "finance")
# name, track, usual days after the start, weight, may a value module serve it
MILESTONES = (
    ("Workspace and access 环境与权限", "env", 2, 1, False),
    ("Data delivered 数据交付", "it", 4, 2, True),
    ("Interfaces connected 接口打通", "it", 6, 2, True),
    ("Baseline measured 基线测量", "production", 7, 1, True),
    ("Downtime scenario 停机场景", "production", 9, 3, True),
    ("Energy scenario 能耗场景", "production", 11, 3, True),
    ("Payback agreed 回报确认", "finance", 12, 2, True),
    ("Approval flow 审批流程", "finance", 13, 1, False),
    ("Users trained 用户培训", "env", 14, 1, False),
    ("Go-live 上线", "it", 15, 2, False),
)
MODULES = (
    ("VM-DOWN", "Downtime cost", "manufacturing", "lost_hours * margin_per_hour", "CNY/month"),
    ("VM-ENERGY", "Energy per unit", "chemicals", "kwh / units", "kWh/unit"),
    ("VM-PAYBACK", "Payback time", "construction", "investment / saving_per_month", "months"),
    ("VM-FILL", "Fleet use", "logistics", "used_hours / available_hours", "share"),
    ("VM-WASTE", "Scrap rate", "food", "scrap / output", "share"),
)


def make_modules(company: Company) -> pd.DataFrame:
    """value_modules: each with two versions."""
    owner = company.rep_ids("value_validator")
    rows = []
    for number, (module, name, industry, formula, unit) in enumerate(MODULES):
        tree = {"cause": name, "because": [{"cause": "process"}, {"cause": "machine"}]}
        rows += [
            (module, version, name, industry, f"{module.lower()}_{version}.csv", name, formula,
             unit, json.dumps(tree), owner[number % len(owner)])
            for version in ("1.0", "1.1")
        ]  # fmt: skip
    columns = [
        "module_id", "version", "name", "industry", "data_template", "kpi_name", "kpi_formula",
        "kpi_unit", "root_cause_tree", "owner_rep_id",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def make_sandboxes(company: Company, opportunities: pd.DataFrame) -> pd.DataFrame:
    """sandboxes; `pace` (days taken per day planned) is for make_milestones, above 1.3 it slips."""
    rng, many = stream(company.seed, "sandboxes"), count(company.scale, 25, 10)
    deals = opportunities[opportunities["pipeline"] == "sales"].tail(many * 2).iloc[::2]
    deals = deals.head(many).reset_index(drop=True)
    many, today = len(deals), local_day(company.now)
    age = np.concatenate([rng.integers(25, 330, many // 2), rng.integers(3, 19, many - many // 2)])
    pace = np.where(
        np.arange(many) % 7 < 2, rng.uniform(1.5, 2.1, many), rng.uniform(0.8, 1.1, many)
    )
    planned_days = MILESTONES[-1][2]
    took = np.ceil(planned_days * pace).astype(int)
    is_live = age > took
    stopped = is_live & (np.arange(many) % 9 == 8)
    share_done = age / took
    validators = company.rep_ids("value_validator")
    started = [today - timedelta(int(days)) for days in age]
    return pd.DataFrame(
        {
            "sandbox_id": [f"SB{number:03d}" for number in range(1, many + 1)],
            "customer_id": deals["customer_id"],
            "opp_id": deals["opp_id"],
            "validator_rep_id": validators[np.arange(many) % len(validators)],
            "sandbox_type": np.where(np.arange(many) % 4 == 3, "product_prototype", "solution"),
            "started_on": started,
            "planned_go_live": [day + timedelta(planned_days) for day in started],
            "expected_go_live": [
                day + timedelta(int(days)) for day, days in zip(started, took, strict=True)
            ],
            "went_live_on": [
                day + timedelta(int(days)) if done and not stop else None
                for day, days, done, stop in zip(started, took, is_live, stopped, strict=True)
            ],
            "customer_approval_days": rng.uniform(3, 9, many).round(1),
            "baseline_approval_days": rng.uniform(12, 30, many).round(1),
            "status": np.select(
                [stopped, is_live, share_done > 0.6], ["stopped", "live", "verifying"], "building"
            ),
            "pace": pace,
        }
    )


def slipping_sandboxes(sandboxes: pd.DataFrame) -> list[str]:
    """Open sandboxes whose expected go-live lies over 3 days behind the plan."""
    late = pd.to_datetime(sandboxes["expected_go_live"]) - pd.to_datetime(
        sandboxes["planned_go_live"]
    )
    is_open = sandboxes["status"].isin(["building", "verifying"])
    return sorted(sandboxes.loc[is_open & (late.dt.days > 3), "sandbox_id"])


def make_milestones(company: Company, sandboxes: pd.DataFrame) -> pd.DataFrame:
    """sandbox_milestones: ten a sandbox, each after the one before; done by the sandbox's pace."""
    rng, today, rows = stream(company.seed, "milestones"), local_day(company.now), []
    for sandbox in sandboxes.to_dict("records"):
        for number, (name, track, days, weight, may_reuse) in enumerate(MILESTONES, 1):
            done = sandbox["started_on"] + timedelta(int(np.ceil(days * sandbox["pace"])))
            is_done = done <= today and (sandbox["status"] != "stopped" or number < 6)
            reused = may_reuse and rng.random() < 0.55
            module = MODULES[int(rng.integers(len(MODULES)))][0] if may_reuse else None
            target = round(float(rng.uniform(5, 30)), 1)
            rows.append(
                {
                    "sandbox_id": sandbox["sandbox_id"],
                    "milestone_id": f"M{number:02d}",
                    "track": track,
                    "scenario": name.split(" ")[0].lower(),
                    "name": name,
                    "weight": float(weight),
                    "depends_on": f"M{number - 1:02d}" if number > 1 else None,
                    "module_id": module,
                    "module_version": str(rng.choice(["1.0", "1.1"])) if module else None,
                    "is_reused": bool(reused),
                    "criterion": f"at least {target} % better than the baseline",
                    "criterion_defined_by": str(
                        rng.choice(["customer", "joint", "vendor"], p=[0.3, 0.45, 0.25])
                    ),
                    "target_value": target,
                    "actual_value": round(target * float(rng.normal(1.02, 0.12)), 1)
                    if is_done
                    else None,
                    "unit": "%",
                    "planned_on": sandbox["started_on"] + timedelta(days),
                    "done_on": done if is_done else None,
                }
            )
    return pd.DataFrame(rows)


def make_confirmations(company: Company, milestones: pd.DataFrame) -> pd.DataFrame:
    """sandbox_confirmations: each party is asked when a milestone is done; a refusal is asked
    again, so at most one request of a party stands pending or confirmed.
    """
    rng, rows = stream(company.seed, "confirmations"), []
    for milestone in milestones[milestones["done_on"].notna()].to_dict("records"):
        for party in PARTIES:
            for asked, decided, decision in _requests(milestone["done_on"], company.now, rng):
                rows.append(
                    {
                        "sandbox_id": milestone["sandbox_id"],
                        "milestone_id": milestone["milestone_id"],
                        "party": party,
                        "requested_at": asked,
                        "decided_at": decided,
                        "decision": decision,
                        "confirmer": f"{party} lead" if decided else None,
                        "comment": "Please measure again" if decision == "rejected" else None,
                    }
                )
    table = pd.DataFrame(rows)
    for name in ("requested_at", "decided_at"):
        table[name] = pd.to_datetime(table[name], utc=True).dt.as_unit("us")
    return table.sort_values("requested_at", kind="stable", ignore_index=True)


def _requests(
    done: date, now: datetime, rng: np.random.Generator
) -> list[tuple[datetime, datetime | None, str]]:
    asked = midnight(done) + timedelta(hours=1)
    requests: list[tuple[datetime, datetime | None, str]] = []
    if rng.random() < 0.1:
        refused = asked + timedelta(hours=float(rng.integers(4, 30)))
        if refused >= now:
            return [(asked, None, "pending")] if asked < now else []
        requests.append((asked, refused, "rejected"))
        asked = refused + timedelta(hours=20)
    decided = asked + timedelta(hours=float(rng.integers(3, 60)))
    if decided < now:
        return [*requests, (asked, decided, "confirmed")]
    return [*requests, (asked, None, "pending")] if asked < now else requests
