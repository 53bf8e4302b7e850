"""A change that is only tried: of price, discount, cost types or mix."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.profile import COST_TYPES
from errors import BadInput

LEAST_ELASTICITY = -10.0
_KEYS = {"price_pct", "discount_points", "cost_pct", "mix", "mix_by", "price_elasticity"}


@dataclass(frozen=True)
class Change:
    """What is changed, all of it at once; a Change() changes nothing.

    `price_pct`: of list prices, 0.02 is 2 % more (-0.9 to 1). `discount_points`: of list price on
    top of today's discount, 0.01 is one point more (-1 to 1). `cost_pct`: by cost type, 0.05 is
    5 % more (-1 to 10). `mix`: by member of the dimension `mix_by` its share of the revenue that
    the members named have together, 0..1, adding up to 1; members that are not named stay.
    `price_elasticity`: change of volume per change of net price, 0 (volumes are held) to -10.
    Raises BadInput for a value out of its range or an unknown cost type.
    """

    price_pct: float = 0.0
    discount_points: float = 0.0
    cost_pct: Mapping[str, float] = field(default_factory=dict)
    mix: Mapping[str, float] = field(default_factory=dict)
    mix_by: str = ""
    price_elasticity: float = 0.0

    def __post_init__(self) -> None:
        _within("price", self.price_pct, -0.9, 1.0)
        _within("discount", self.discount_points, -1.0, 1.0)
        for cost_type, pct in self.cost_pct.items():
            if cost_type not in COST_TYPES:
                raise BadInput(
                    f"There is no cost type {cost_type}.", f"Use {', '.join(COST_TYPES)}."
                )
            _within(f"cost of {cost_type}", pct, -1.0, 10.0)
        if not LEAST_ELASTICITY <= self.price_elasticity <= 0:
            raise BadInput("The price elasticity is out of range.", "Enter 0 to -10, such as -1.5.")
        self._check_mix()

    def _check_mix(self) -> None:
        if not self.mix:
            return
        if not self.mix_by:
            raise BadInput("The mix does not say of what.", "Choose a dimension for the mix.")
        for member, share in self.mix.items():
            _within(f"share of {member or 'no member'}", share, 0.0, 1.0)
        whole = math.fsum(self.mix.values())
        if abs(whole - 1) > 1e-6:
            raise BadInput(f"The shares add up to {whole:.1%}.", "Make them add up to 100 %.")

    @property
    def is_nothing(self) -> bool:
        """Whether everything stays as it is."""
        moved = (self.price_pct, self.discount_points, *self.cost_pct.values())
        return not any(moved) and not self.mix


def to_content(change: Change) -> dict[str, Any]:
    """A change as part of the content of a decision."""
    return {
        "price_pct": change.price_pct,
        "discount_points": change.discount_points,
        "cost_pct": dict(change.cost_pct),
        "mix": dict(change.mix),
        "mix_by": change.mix_by,
        "price_elasticity": change.price_elasticity,
    }


def from_content(content: object) -> Change:
    """What to_content was given; BadInput for anything else."""
    if not isinstance(content, Mapping) or set(content) != _KEYS:
        raise _unreadable()
    cost_pct, mix, mix_by = content["cost_pct"], content["mix"], content["mix_by"]
    if not (isinstance(cost_pct, Mapping) and isinstance(mix, Mapping) and isinstance(mix_by, str)):
        raise _unreadable()
    return Change(
        number(content["price_pct"]),
        number(content["discount_points"]),
        {str(name): number(pct) for name, pct in cost_pct.items()},
        {str(name): number(share) for name, share in mix.items()},
        mix_by,
        number(content["price_elasticity"]),
    )


def number(value: object) -> float:
    """A finite number of a content as float; BadInput for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _unreadable()
    return float(value)


def _unreadable() -> BadInput:
    return BadInput("A what-if is incomplete.", "Make it again.")


def _within(what: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise BadInput(f"The {what} is out of range.", f"Enter {least:.0%} to {most:.0%}.")
