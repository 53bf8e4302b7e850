"""Planted drops of shops: real ones, soft ones, dips that pass, and what acting does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from data.sample.chance import stream

OPEN, CLOSE = 8, 22
# How likely a shop of the region is to be hit: the North-East and Centre have the worse time.
WEAKNESS = {"E": 0.7, "S": 0.8, "N": 1.0, "C": 1.6, "W": 1.0, "B": 1.8}
ACTIONS = {"coach_call": 0.6, "local_promotion": 0.0}  # share of a drop that acting takes away
HELD_OUT_SHARE = 0.3


@dataclass(frozen=True)
class Drop:
    """Sales of one shop fall by `depth` (0..1) from first_hour to last_hour (local, exclusive).

    drop: real, seen by nobody; acted_drop: real, answered `acted_hour` unless held out;
    soft: between the warning and the critical line; dip: passes by itself within two hours.
    """

    shop: int
    first_hour: int
    last_hour: int
    depth: float
    kind: Literal["drop", "acted_drop", "soft", "dip"]
    action: str = ""
    acted_hour: int = 0
    helped_share: float = 0.0
    is_held_out: bool = False


def plan_day(seed: int, regions: np.ndarray, day: date) -> list[Drop]:
    """The drops of one day: about 3 real ones all day for 60 shops, never fewer than 2."""
    rng = stream(seed, "drops", day.isoformat())
    many = len(regions)
    weights = np.array([WEAKNESS[region] for region in regions])
    shops = iter(rng.choice(many, many, replace=False, p=weights / weights.sum()).tolist())
    drops = [
        Drop(next(shops), OPEN, CLOSE, _depth(rng, 0.42, 0.58), "drop")
        for _ in range(max(2, round(many / 22)))
    ]
    drops += [
        Drop(next(shops), OPEN, CLOSE, _depth(rng, 0.17, 0.22), "soft")
        for _ in range(max(2, round(many / 18)))
    ]
    drops += [_acted(rng, next(shops)) for _ in range(rng.binomial(max(1, many // 40), 0.7))]
    for _ in range(rng.binomial(max(1, many // 30), 0.6)):
        first = int(rng.integers(OPEN + 1, CLOSE - 2))
        last = first + int(rng.integers(1, 3))
        drops.append(Drop(next(shops), first, last, _depth(rng, 0.33, 0.45), "dip"))
    return drops


def _acted(rng: np.random.Generator, shop: int) -> Drop:
    first = int(rng.integers(OPEN + 1, 15))
    action = str(rng.choice(list(ACTIONS)))
    held_out = bool(rng.random() < HELD_OUT_SHARE)
    last = min(CLOSE, first + int(rng.integers(6, 12)))
    depth = _depth(rng, 0.4, 0.55)
    return Drop(
        shop, first, last, depth, "acted_drop", action, first + 3, ACTIONS[action], held_out
    )


def _depth(rng: np.random.Generator, low: float, high: float) -> float:
    return round(float(rng.uniform(low, high)), 3)
