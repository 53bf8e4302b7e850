"""Cost that hangs on no order line, brought to the micro profit units as the profile says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from domain.exact import micro
from domain.profile import MarginProfile

NO_UNIT = ""


@dataclass(frozen=True)
class Allocation:
    """Millionths of the reporting currency by unit.

    `direct` was posted on the unit itself, `driven` is spread by the profile's driver. `undriven`
    has no driver, or nothing to be driven by: it belongs to no unit and stays a bar of its own.
    """

    direct: Mapping[str, int] = field(default_factory=dict)
    driven: Mapping[str, int] = field(default_factory=dict)
    undriven: int = 0


def allocate(
    rows: Iterable[Mapping[str, Any]],
    measures: Mapping[str, Mapping[str, int]],
    profile: MarginProfile,
    level: str | None = None,
) -> Allocation:
    """Brings the unallocated cost of the level's cost types to units; closes exactly.

    `rows`: cost_type, profit_unit_id, amount (reporting currency). `measures`: by unit, the lines
    of no unit among them, each driver's measure in millionths; a negative one weighs nothing.
    """
    counted, direct = profile.level(level).cost_types, defaultdict[str, int](int)
    shared = dict.fromkeys(counted, 0)
    for row in rows:
        if row["cost_type"] not in counted or pd.isna(row["amount"]):
            continue
        unit = row["profit_unit_id"]
        if pd.isna(unit) or unit == NO_UNIT:
            shared[row["cost_type"]] += micro(row["amount"])
        else:
            direct[str(unit)] += micro(row["amount"])
    driven, undriven = defaultdict[str, int](int), 0
    for cost_type, whole in shared.items():
        parts = _by_driver(whole, profile.drivers.get(cost_type), measures)
        undriven += whole - sum(parts.values())
        for name, part in parts.items():
            driven[name] += part
    return Allocation(dict(direct), dict(driven), undriven)


def apportion(whole: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Splits a whole by weights (>= 0, not all 0) into integers that add up to it.

    What rounding leaves goes to the largest remainders, among equals to the first name.
    """
    total = sum(weights.values())
    split = {name: divmod(whole * weight, total) for name, weight in weights.items()}
    parts = {name: floor for name, (floor, _) in split.items()}
    left = whole - sum(parts.values())
    for name in sorted(split, key=lambda each: (-split[each][1], each))[:left]:
        parts[name] += 1
    return parts


def _by_driver(
    whole: int, driver: str | None, measures: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    if driver is None:
        return {}
    weights = {unit: max(measure[driver], 0) for unit, measure in measures.items()}
    return apportion(whole, weights) if any(weights.values()) else {}
