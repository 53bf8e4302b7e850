"""Margin rule profile: which cost types count at which margin level, and what drives the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from domain.dimensions import COST_TYPES
from errors import BadInput

LEVELS = ("gross_margin", "cm1", "cm2", "cm3")
_NESTED = ("cm1", "cm2", "cm3")
REVENUE = "net_revenue_amount"
COST_COLUMN = {cost_type: f"{cost_type}_amount" for cost_type in COST_TYPES}
DRIVERS = ("line_count", "qty", "list_amount", REVENUE, *COST_COLUMN.values())


@dataclass(frozen=True)
class MarginLevel:
    """One margin: net revenue less all of `cost_types`. `id` is one of LEVELS."""

    id: str
    cost_types: tuple[str, ...]


@dataclass(frozen=True)
class MarginProfile:
    """How a company counts its margins; made from a file by data.profiles.

    `headline` is the level shown first. `drivers` says by which measure (one of DRIVERS) a cost
    type that hangs on no order line is spread; one that is not named stays a bar of its own.
    `floor_rate` is the least margin rate of a quote, `product_line_floors` where it differs; None:
    no floor. Raises BadInput, naming the key, where a level, cost type or driver is unknown, a
    level of cm1, cm2, cm3 leaves out what the one before it counts, or a floor is no rate.
    """

    id: str
    levels: tuple[MarginLevel, ...]
    headline: str
    drivers: Mapping[str, str] = field(default_factory=dict)
    floor_rate: float | None = None
    product_line_floors: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for level in self.levels:
            _known("levels", level.id, LEVELS)
            for cost_type in level.cost_types:
                _known(f"levels.{level.id}", cost_type, COST_TYPES)
            if len(set(level.cost_types)) < len(level.cost_types):
                raise BadInput(f"levels.{level.id} names a cost type twice.", "Name it once.")
        _known("headline", self.headline, tuple(level.id for level in self.levels))
        self._check_nesting()
        for cost_type, driver in self.drivers.items():
            _known("drivers", cost_type, COST_TYPES)
            _known(f"drivers.{cost_type}", driver, DRIVERS)
        floors = {"floors.rate": self.floor_rate, **self.product_line_floors}
        for key, rate in floors.items():
            if rate is not None and not -1 <= rate <= 1:
                raise BadInput(f"The floor of {key} is no rate.", "Write 0.18 for 18 %.")

    def _check_nesting(self) -> None:
        counted: set[str] = set()
        for level in sorted(self.levels, key=lambda level: level.id):
            if level.id in _NESTED:
                if missing := sorted(counted - set(level.cost_types)):
                    raise BadInput(
                        f"levels.{level.id} leaves out {', '.join(missing)}, which a level before "
                        "it counts.",
                        "Add it: each level goes on from the one before.",
                    )
                counted = set(level.cost_types)

    def level(self, level: str | None = None) -> MarginLevel:
        """The level of that id; None: the headline. Raises BadInput for one it has not."""
        wanted = level or self.headline
        found = next((one for one in self.levels if one.id == wanted), None)
        if found is None:
            known = ", ".join(one.id for one in self.levels)
            raise BadInput(f"There is no margin level {wanted}.", f"Choose one of {known}.")
        return found

    def floor(self, product_line: str | None = None) -> float | None:
        """The least margin rate of a quote for this product line; None: there is no floor."""
        return self.product_line_floors.get(product_line or "", self.floor_rate)


def cost_columns(
    profile: MarginProfile, level: str | None = None, suffix: str = ""
) -> tuple[str, ...]:
    """The columns `<cost_type>_amount` (and suffix) that the level takes off net revenue."""
    return tuple(COST_COLUMN[one] + suffix for one in profile.level(level).cost_types)


def margin(
    frame: pd.DataFrame, profile: MarginProfile, level: str | None = None, suffix: str = ""
) -> pd.Series:
    """The margin of each row in reporting currency, of the columns with this suffix.

    `frame` has net_revenue_amount and all cost columns of the level. `suffix` is "_0" or "_1"
    where a frame has two periods. Level None: the headline.
    """
    columns = list(cost_columns(profile, level, suffix))
    return (frame[REVENUE + suffix] - frame[columns].sum(axis=1)).rename("margin_amount" + suffix)


def _known(key: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise BadInput(f"{key} names {value!r}, which is unknown.", f"Use {', '.join(known)}.")
