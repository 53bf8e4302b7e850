"""The feed: what happened since the sample was made, written as small files of a day each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from data.sample import live, touchpoints
from data.sample.chance import local_day, midnight
from data.sample.company import Company, make_company
from data.sample.files import MADE, parquet, write
from data.sample.pipeline import as_it_stands, with_old_values
from data.sample.shops import Shops, make_shops, rows, sell
from errors import BadInput

POS_SECONDS = 10  # tills report this often
EVENT_SECONDS = 300  # touchpoints arrive this often


@dataclass(frozen=True)
class Sample:
    """What the feed must know of a sample in a folder."""

    company: Company
    shops: Shops
    plan: pd.DataFrame
    was_open: np.ndarray


def feed(raw_dir: Path, since: datetime, until: datetime, seed: int | None = None) -> bool:
    """Writes into `raw_dir` what happened up to `until`; True if a file changed.

    `since` and `until` are aware. A gap before `since` is filled too. Nothing but `until` and
    the sample decides the content, so a span may be fed again. Raises BadInput where
    `raw_dir` holds no sample, or one of another seed.
    """
    sample = _open(raw_dir)
    if seed is not None and seed != sample.company.seed:
        raise BadInput(
            f"The sample in {raw_dir.name} was made with seed {sample.company.seed}, not {seed}.",
            "Make it anew with manage.py sample --seed, or feed it without a seed.",
        )
    if until < sample.company.now:
        return False
    first = min(local_day(since), _last_day(raw_dir, sample))
    wrote = write_days(raw_dir, sample, max(first, local_day(sample.company.now)), until)
    return _write_deals(raw_dir, sample, until) or wrote


def write_days(raw_dir: Path, sample: Sample, first: date, until: datetime) -> bool:
    """pos_hours and touchpoints of each local day from `first` to `until`."""
    wrote, made_on = False, local_day(sample.company.now)
    so_far = _floor(until, EVENT_SECONDS)
    for number in range((local_day(until) - first).days + 1):
        day = first + timedelta(number)
        sold = rows(sample.shops, sell(sample.shops, day, made_on), _floor(until, POS_SECONDS))
        events = touchpoints.of_day(sample.company, sample.plan, sample.was_open, day)
        events = events[events["occurred_at"] <= pd.Timestamp(so_far)]
        for extract, table in (("pos_hours", sold), ("touchpoints", events)):
            if len(table):
                wrote |= write(raw_dir / extract / f"live-{day}.parquet", parquet(table))
    return wrote


def _write_deals(raw_dir: Path, sample: Sample, until: datetime) -> bool:
    """Changes first, then the deals as they stand by them: a crash between is mended next time."""
    seed, made_at = sample.company.seed, pd.Timestamp(sample.company.now)
    folder = raw_dir / "opportunity_changes"
    files = [folder / "history.parquet", *sorted(folder.glob("live-*.parquet"))]
    changes = pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
    last = max(changes["changed_at"].max(), made_at)
    days = range((local_day(until) - local_day(last)).days + 1)
    times = [slot for n in days for slot in live.slots(seed, local_day(last) + timedelta(n))]
    times = [slot for slot in times if last < pd.Timestamp(slot) and slot <= until]
    deals = as_it_stands(_plan_with(sample, changes), changes)
    if times:
        events = live.move(seed, times, deals, sample.plan)
        columns = ["opp_id", "changed_at", "field", "new_value", "changed_by"]
        new = pd.DataFrame(events, columns=columns)
        new["changed_at"] = pd.to_datetime(new["changed_at"], utc=True).dt.as_unit("us")
        changes = with_old_values(pd.concat([changes[columns], new], ignore_index=True))
        deals = as_it_stands(_plan_with(sample, changes), changes)
    wrote = False
    since_made = changes[changes["changed_at"] > made_at]
    for day, table in since_made.groupby((since_made["changed_at"] + timedelta(hours=8)).dt.date):
        wrote |= write(folder / f"live-{day}.parquet", parquet(table))
    return write(raw_dir / "opportunities" / "history.parquet", parquet(deals)) or wrote


def _plan_with(sample: Sample, changes: pd.DataFrame) -> pd.DataFrame:
    created = changes[
        (changes["field"] == "created") & (changes["changed_at"] > pd.Timestamp(sample.company.now))
    ]
    added = [
        live.new_deal(sample.company.seed, at.to_pydatetime(), sample.plan)
        for at in created["changed_at"]
    ]
    return pd.concat([sample.plan, *added], ignore_index=True)


def _last_day(raw_dir: Path, sample: Sample) -> date:
    fed = sorted((raw_dir / "pos_hours").glob("live-*.parquet"))
    return date.fromisoformat(fed[-1].stem[5:]) if fed else local_day(sample.company.now)


def _floor(instant: datetime, seconds: int) -> datetime:
    start = midnight(local_day(instant))
    whole = int((instant - start).total_seconds()) // seconds * seconds
    return start + timedelta(seconds=whole)


def _open(raw_dir: Path) -> Sample:
    try:
        made = json.loads((raw_dir / MADE / "made.json").read_text())
    except FileNotFoundError:
        raise BadInput(f"{raw_dir.name} holds no sample.", "Run manage.py sample first.") from None
    return _sample(raw_dir, made["seed"], made["scale"], datetime.fromisoformat(made["now"]))


@lru_cache(maxsize=2)
def _sample(raw_dir: Path, seed: int, scale: float, now: datetime) -> Sample:
    company = make_company(seed, scale, now)
    plan = pd.read_parquet(raw_dir / MADE / "plan.parquet")
    was_open = plan.pop("is_open").to_numpy(bool)
    return Sample(company, make_shops(seed, company.stores), plan, was_open)
