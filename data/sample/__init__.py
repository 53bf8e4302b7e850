"""A seeded company of 24 extracts with planted truth, and the feed that keeps it alive."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd

from data.contract import EXTRACTS, FLEXIBLE_PREFIX
from data.sample import cobuild, contracts, orders, service, shops, targets, touchpoints
from data.sample.chance import DAYS_OF_HISTORY, local_day
from data.sample.company import Company, make_company
from data.sample.dirt import Dirt, plant
from data.sample.feed import Sample, feed, write_days
from data.sample.files import MADE, csv, parquet, write
from data.sample.pipeline import Pipeline, make_pipeline
from data.sample.stages import stages
from data.sample.truth import interventions_of, truth_of
from errors import BadInput

__all__ = ["SEED", "Made", "feed", "generate"]

SEED = 20261
# Delivered as text, in the encoding named; everything else comes as Parquet.
AS_CSV = {
    "org_units": "utf-8",
    "channels": "utf-8",
    "stages": "utf-8",
    "stores": "utf-8",
    "customers": "gb18030",
    "targets": "utf-8",
    "tickets": "utf-8",
    "indicators": "utf-8",
}


@dataclass(frozen=True)
class Made:
    """A sample on disk: rows delivered and, of them, planted for the quarantine, by extract."""

    raw_dir: Path
    truth: Path
    rows: dict[str, int]
    quarantined: dict[str, int]


def generate(raw_dir: Path, now: datetime, seed: int = SEED, scale: float = 1.0) -> Made:
    """Writes 14 months of raw files up to `now` (aware) into `raw_dir`, replacing a sample there.

    The planted truth goes beside it, <name>-truth.json, and what people did about drops,
    <name>-interventions.json. Same seed, scale and now: the same bytes. Raises BadInput when
    `raw_dir` holds files that are not a sample.
    """
    if raw_dir.exists() and any(raw_dir.iterdir()) and not (raw_dir / MADE).is_dir():
        raise BadInput(f"{raw_dir} holds files that are not a sample.", "Name another folder.")
    aside = raw_dir.with_name(f".{raw_dir.name}-making")
    shutil.rmtree(aside, ignore_errors=True)
    (aside / MADE).mkdir(parents=True)
    now = now.replace(microsecond=0)
    company = make_company(seed, scale, now)
    pipeline, frames = _frames(company)
    dirt = plant(frames)
    for name, table in frames.items():
        _deliver(aside, name, "history", table)
    for name, planted in dirt.items():
        _deliver(aside, name, "late", planted.rows)
    lasting = shops.make_shops(seed, company.stores)
    was_open = pipeline.opportunities["is_won"].isna().to_numpy()
    plan = pipeline.plan.assign(is_open=was_open)
    write(aside / MADE / "plan.parquet", parquet(plan))
    made = {"seed": seed, "scale": scale, "now": now.isoformat()}
    write(aside / MADE / "made.json", json.dumps(made).encode())
    write_days(aside, Sample(company, lasting, pipeline.plan, was_open), local_day(now), now)
    _swap(aside, raw_dir)
    slipping = cobuild.slipping_sandboxes(frames["sandboxes"])
    truth = raw_dir.with_name(f"{raw_dir.name}-truth.json")
    _write_json(truth, truth_of(company, lasting, dirt, slipping))
    beside = raw_dir.with_name(f"{raw_dir.name}-interventions.json")
    _write_json(beside, interventions_of(company, lasting))
    return Made(raw_dir, truth, _rows(frames, dirt), {n: d.quarantined for n, d in dirt.items()})


def _frames(company: Company) -> tuple[Pipeline, dict[str, pd.DataFrame]]:
    planned = contracts.plan_contracts(company)
    pipeline = make_pipeline(company, planned)
    deals = pipeline.opportunities
    signed = contracts.make_contracts(company, planned, deals)
    lines = orders.make_order_lines(company)
    costs = orders.make_cost_items(company, lines)
    sandboxes = cobuild.make_sandboxes(company, deals)
    milestones = cobuild.make_milestones(company, sandboxes)
    lasting = shops.make_shops(company.seed, company.stores)
    today = local_day(company.now)
    prototype = sandboxes.loc[sandboxes["sandbox_type"] == "product_prototype", "sandbox_id"].iloc[
        0
    ]
    products = contracts.with_module(company.products)
    products["codefined_sandbox_id"] = products["product_id"].map({"AC-160": prototype})
    return pipeline, {
        "org_units": company.org_units,
        "reps": company.reps,
        "customers": company.customers,
        "products": products,
        "channels": company.channels,
        "stores": company.stores,
        "stages": stages(),
        "profit_units": company.profit_units,
        "value_modules": cobuild.make_modules(company),
        "opportunities": deals,
        "opportunity_changes": pipeline.changes,
        "touchpoints": touchpoints.history(company, pipeline.plan),
        "pos_hours": shops.history(lasting, today - timedelta(DAYS_OF_HISTORY), today),
        "order_lines": lines,
        "cost_items": costs,
        "contracts": signed,
        "contract_clauses": contracts.make_clauses(company, deals, signed),
        "installed_assets": contracts.make_assets(company, signed),
        "tickets": service.make_tickets(company),
        "indicators": service.make_indicators(company),
        "targets": targets.make_targets(company, deals, lines, costs),
        "sandboxes": sandboxes,
        "sandbox_milestones": milestones,
        "sandbox_confirmations": cobuild.make_confirmations(company, milestones),
    }


def _deliver(folder: Path, name: str, file: str, table: pd.DataFrame) -> None:
    known = {column.name for column in EXTRACTS[name].columns}
    table = table[[c for c in table.columns if c in known or c.startswith(FLEXIBLE_PREFIX)]]
    if name in AS_CSV:
        write(folder / name / f"{file}.csv", csv(table, AS_CSV[name]))
    else:
        write(folder / name / f"{file}.parquet", parquet(table))


def _swap(aside: Path, raw_dir: Path) -> None:
    old = raw_dir.with_name(f".{raw_dir.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if raw_dir.exists():
        raw_dir.rename(old)
    aside.rename(raw_dir)
    shutil.rmtree(old, ignore_errors=True)


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _rows(frames: dict[str, pd.DataFrame], dirt: dict[str, Dirt]) -> dict[str, int]:
    late = {name: len(planted.rows) for name, planted in dirt.items()}
    return {name: len(table) + late.get(name, 0) for name, table in frames.items()}
