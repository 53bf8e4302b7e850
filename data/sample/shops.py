"""Shop hours: what each shop sells in each open hour of any day, past or to come.

A day's sales are a pure function of seed and day, so the history and the feed are one series.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from data.sample.chance import midnight, stream
from data.sample.drops import Drop, plan_day

OPEN, CLOSE = 8, 22
HOURS = CLOSE - OPEN
# Share of an average hour, 8 to 22 o'clock: a lunch peak and a higher one in the evening.
WORKDAY = np.array(
    [0.38, 0.52, 0.68, 1.05, 1.48, 1.22, 0.82, 0.74, 0.86, 1.18, 1.58, 1.62, 1.20, 0.67]
)
WEEKEND = np.array(
    [0.34, 0.58, 0.98, 1.34, 1.52, 1.45, 1.30, 1.24, 1.22, 1.32, 1.48, 1.40, 1.02, 0.61]
)
WEEKDAY_LEVEL = np.array([0.91, 0.90, 0.93, 0.96, 1.06, 1.24, 1.18])
REGION_LEVEL = {"E": 1.25, "S": 1.18, "N": 1.05, "C": 0.92, "W": 0.88, "B": 0.78}
REGION_WEEKEND = {"E": 0.98, "S": 1.06, "N": 0.97, "C": 1.03, "W": 1.10, "B": 0.94}
SPRING_FESTIVALS = {
    date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26),
}  # fmt: skip
GROWTH_A_YEAR = 0.05
_EPOCH = date(2026, 1, 1)


@dataclass(frozen=True)
class Shops:
    """What lasts about the shops, one entry a shop; `level` is CNY in an average hour."""

    seed: int
    ids: np.ndarray
    regions: np.ndarray
    level: np.ndarray
    noise: np.ndarray
    ticket: np.ndarray


@dataclass(frozen=True)
class Day:
    """One day of all shops, arrays of shop x open hour; CNY and counts."""

    day: date
    net_sales: np.ndarray
    tickets: np.ndarray
    units: np.ndarray
    is_open: np.ndarray
    pace: np.ndarray


def make_shops(seed: int, stores: pd.DataFrame) -> Shops:
    """The shops of the stores' frame, in its order."""
    many, rng = len(stores), stream(seed, "shops")
    regions = stores["org_unit_id"].str[3].to_numpy(object)
    region_level = np.array([REGION_LEVEL[region] for region in regions])
    level = np.clip(6200 * np.exp(rng.normal(0, 0.28, many)) * region_level, 3600, 11500)
    return Shops(
        seed,
        stores["store_id"].to_numpy(object),
        regions,
        level,
        rng.uniform(0.08, 0.12, many),
        rng.uniform(95, 190, many),
    )


def sell(shops: Shops, day: date, acted_before: date) -> Day:
    """What the shops sell on a whole day; interventions count only on days before the one given.

    Noise is 8 to 12 % an hour, by shop; drops and dips of drops.py are taken off.
    """
    rng, many = stream(shops.seed, "day", day.isoformat()), len(shops.ids)
    weekend = day.weekday() >= 5
    region = np.array([REGION_WEEKEND[name] if weekend else 1.0 for name in shops.regions])
    shape = WEEKEND if weekend else WORKDAY
    usual = np.outer(shops.level * region, shape) * WEEKDAY_LEVEL[day.weekday()] * season(day)
    noise = np.exp(rng.normal(0, 1, (many, HOURS)) * shops.noise[:, None])
    noise *= np.exp(rng.normal(0, 0.025, (many, 1)))
    left = remaining_share(plan_day(shops.seed, shops.regions, day), many, day < acted_before)
    is_open = np.repeat(rng.random((many, 1)) > 0.0008, HOURS, axis=1)
    net_sales = np.where(is_open, usual * noise * left, 0.0).round(2)
    tickets = np.rint(
        net_sales / (shops.ticket[:, None] * np.exp(rng.normal(0, 0.05, noise.shape)))
    )
    units = np.rint(tickets * rng.uniform(1.8, 2.6, noise.shape))
    return Day(day, net_sales, tickets, units, is_open, rng.uniform(-0.2, 0.2, noise.shape))


def season(day: date) -> float:
    """The level of a day in the year, growth and feasts included; 1 is an ordinary day."""
    level = 1 + GROWTH_A_YEAR * (day - _EPOCH).days / 365
    level *= 1 + 0.03 * np.cos(2 * np.pi * (day.timetuple().tm_yday - 340) / 365)
    if day.month == 10 and day.day <= 7:
        level *= 1.10
    if (day.month, day.day) in ((11, 11), (6, 18)):
        level *= 1.15
    if any(-2 <= (day - feast).days <= 5 for feast in SPRING_FESTIVALS):
        level *= 0.72
    return float(level)


def remaining_share(drops: list[Drop], many: int, acted: bool) -> np.ndarray:
    """What drops leave of ordinary sales, shop x open hour, 0..1."""
    left = np.ones((many, HOURS))
    for drop in drops:
        first, last = drop.first_hour - OPEN, drop.last_hour - OPEN
        left[drop.shop, first:last] *= 1 - drop.depth
        if acted and drop.helped_share and not drop.is_held_out:
            start = min(drop.acted_hour - OPEN, HOURS)
            left[drop.shop, start:last] = 1 - drop.depth * (1 - drop.helped_share)
    return left


def rows(shops: Shops, day: Day, until: datetime) -> pd.DataFrame:
    """pos_hours of one day as they stand at `until`: begun hours only, the last one so far."""
    start = midnight(day.day) + timedelta(hours=OPEN)
    elapsed = (until - start).total_seconds() / 3600
    begun = int(np.clip(np.ceil(elapsed), 0, HOURS))
    gone = np.clip(elapsed - np.arange(begun), 0, 1)
    pace = day.pace[:, :begun] * np.sin(np.pi * gone)
    share = gone + pace * np.minimum(gone, 1 - gone)
    starts = pd.date_range(start, periods=begun, freq="h").as_unit("us")
    return pd.DataFrame(
        {
            "store_id": np.repeat(shops.ids, begun),
            "hour_start": np.tile(starts, len(shops.ids)),
            "net_sales": (day.net_sales[:, :begun] * share).round(2).ravel(),
            "tickets": np.floor(day.tickets[:, :begun] * share).astype("int64").ravel(),
            "units": np.floor(day.units[:, :begun] * share).ravel(),
            "is_open": day.is_open[:, :begun].ravel(),
            "is_complete": np.tile(gone >= 1, len(shops.ids)),
        }
    )


def history(shops: Shops, first: date, end: date) -> pd.DataFrame:
    """pos_hours of whole days from `first` up to, not including, `end`."""
    days = [first + timedelta(number) for number in range((end - first).days)]
    sold = [sell(shops, day, end) for day in days]
    many = len(shops.ids)
    opens = pd.DatetimeIndex([midnight(day) + timedelta(hours=OPEN) for day in days])
    hours = np.tile(np.tile(np.arange(HOURS), many), len(days))
    return pd.DataFrame(
        {
            "store_id": np.tile(np.repeat(shops.ids, HOURS), len(days)),
            "hour_start": opens.as_unit("us").repeat(many * HOURS) + pd.to_timedelta(hours, "h"),
            "net_sales": np.concatenate([day.net_sales.ravel() for day in sold]),
            "tickets": np.concatenate([day.tickets.ravel() for day in sold]).astype("int64"),
            "units": np.concatenate([day.units.ravel() for day in sold]),
            "is_open": np.concatenate([day.is_open.ravel() for day in sold]),
            "is_complete": True,
        }
    )
