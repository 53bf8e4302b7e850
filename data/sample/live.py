"""Deals that move while the feed runs: slots of 5 to 10 minutes in office hours, one deal each."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.sample.chance import midnight, stream
from data.sample.pipeline import FIELDS
from data.sample.stages import LOST, OPEN_STAGES, WON, category, probability

KINDS = ("push", "amount", "stage", "new")
_CHANCES = (0.38, 0.20, 0.32, 0.10)
_WIN_CHANCE = 0.55  # of a deal that leaves the last open stage; others may be lost at any
_LOSS_CHANCE = 0.12
Event = tuple[str, datetime, str, str, str]


def slots(seed: int, day: date) -> list[datetime]:
    """The instants of one local day at which a deal changes, 9 to 19 o'clock."""
    gaps = stream(seed, "slots", day.isoformat()).integers(300, 601, 130).cumsum()
    opens = midnight(day) + timedelta(hours=9)
    return [opens + timedelta(seconds=int(gap)) for gap in gaps if gap < 36_000]


def new_deal(seed: int, slot: datetime, plan: pd.DataFrame) -> pd.DataFrame:
    """The plan's row (one) of the deal that a slot creates: like one of the plan's sales."""
    sales = np.flatnonzero((plan["pipeline"] == "sales").to_numpy())
    row = plan.iloc[[int(stream(seed, "new", slot.isoformat()).choice(sales))]]
    return row.assign(opp_id=f"O{slot:%y%m%d%H%M%S}", created_at=pd.Timestamp(slot))


def move(seed: int, times: list[datetime], deals: pd.DataFrame, plan: pd.DataFrame) -> list[Event]:
    """Changes at the given slots, in order; `deals` are the opportunities as they stand."""
    still_open = deals[deals["is_won"].isna()].set_index("opp_id")
    columns = ["pipeline", *FIELDS]
    state = dict(zip(still_open.index, still_open[columns].to_dict("records"), strict=True))
    events: list[Event] = []
    for slot in times:
        rng = stream(seed, "deal", slot.isoformat())
        kind = str(rng.choice(KINDS, p=_CHANCES))
        if kind == "new" or not state:
            opp, happened = _create(seed, slot, plan, state)
        else:
            opp = sorted(state)[int(rng.integers(len(state)))]
            happened = _change(kind, state[opp], slot, rng)
        state[opp].update(happened)
        owner = state[opp]["owner_rep_id"]
        events += [(opp, slot, field, value, owner) for field, value in happened.items()]
        if state[opp]["stage_id"] in (*WON.values(), *LOST.values()):
            del state[opp]
    return events


def _create(
    seed: int, slot: datetime, plan: pd.DataFrame, state: dict[str, dict[Hashable, Any]]
) -> tuple[str, dict[str, str]]:
    deal = new_deal(seed, slot, plan).iloc[0]
    first = OPEN_STAGES["sales"][0]
    state[deal["opp_id"]] = {"pipeline": "sales"}
    return deal["opp_id"], {
        "created": first,
        "amount": f"{deal['first_amount']:.2f}",
        "expected_close_date": str((slot + timedelta(70)).date()),
        "owner_rep_id": deal["first_owner"],
        **_stage(first),
    }


def _change(
    kind: str, deal: dict[Hashable, Any], slot: datetime, rng: np.random.Generator
) -> dict[str, str]:
    amount = float(deal["amount"])
    if kind == "amount" and amount == amount:
        changed = max(round(amount * float(rng.uniform(0.85, 1.18)), -2), 8000.0)
        return {"amount": f"{changed:.2f}"}
    if kind == "stage":
        return _next_stage(deal, slot, rng)
    due = max(pd.Timestamp(str(deal["expected_close_date"])).date(), slot.date())
    return {"expected_close_date": str(due + timedelta(int(rng.integers(3, 25))))}


def _next_stage(
    deal: dict[Hashable, Any], slot: datetime, rng: np.random.Generator
) -> dict[str, str]:
    line = str(deal["pipeline"])
    stages = OPEN_STAGES[line]
    number = stages.index(str(deal["stage_id"]))
    is_last = number == len(stages) - 1
    if is_last or rng.random() < _LOSS_CHANCE:
        final = WON[line] if is_last and rng.random() < _WIN_CHANCE else LOST[line]
        return {**_stage(final), "expected_close_date": str(slot.date())}
    return _stage(stages[number + 1])


def _stage(stage: str) -> dict[str, str]:
    return {
        "stage_id": stage,
        "forecast_category": category(stage),
        "rep_probability": f"{probability(stage):.2f}",
    }
