"""The waterfall from list price to margin."""

from __future__ import annotations

from typing import Any

from components.magnitude import Magnitude, magnitude
from components.waterfall import Bar, waterfall_figure
from components.words import money, percent
from domain.profile import COST_COLUMN
from domain.waterfall import Step, waterfall
from errors import DataMissing
from pages.money.ground import Ground, currency_sign, margin_profile, records, sums, whole
from queries import read
from settings import settings


def steps(ground: Ground) -> tuple[Step, ...]:
    """The waterfall of what is filtered; at the top with what hangs on no order line."""
    row = sums(ground, (), ground.period, ground.asked.where)
    return waterfall(records(row)[0], margin_profile(), ground.level, _unallocated(ground))


def _unallocated(ground: Ground) -> float | None:
    """Costs of the level that hang on no order line; None below the top: nobody's."""
    if ground.asked.where or ground.asked.unit:
        return None
    try:
        found = read("unallocated_costs", ground.scope, first_day=ground.period.first,
                     last_day=ground.period.last)  # fmt: skip
    except DataMissing:
        return None
    counted = margin_profile().level(ground.level).cost_types
    amount = float(found[found["cost_type"].isin(counted)]["amount"].sum())
    return amount or None


def figure(ground: Ground) -> dict[str, Any]:
    """The waterfall's figure."""
    found = steps(ground)
    unit = magnitude(max(abs(step.amount) for step in found), ground.language)
    return waterfall_figure([_bar(ground, step, unit) for step in found], ground.asked.theme)


def _bar(ground: Ground, step: Step, unit: Magnitude) -> Bar:
    is_move = step.kind in ("minus", "plus")
    is_margin = step.id == ground.level or step.kind == "end"
    look = ("taken" if step.kind == "minus" else "quiet") if is_move else (
        "accent" if is_margin else "quiet")  # fmt: skip
    text = unit.text(step.amount)
    return Bar(label(ground, step.id), step.amount, step.kind, text, look)


def label(ground: Ground, step: str) -> str:
    if step in COST_COLUMN:
        return ground.say(f"cost.{step}")
    return ground.say("profit.step.margin" if step == ground.level else f"profit.step.{step}")


def title(ground: Ground) -> str:
    """From list price (or revenue) to the margin of the level, and what it is counted in."""
    found = steps(ground)
    unit = magnitude(max(abs(step.amount) for step in found), ground.language)
    key = "profit.waterfall.list" if found[0].id == "list_amount" else "profit.waterfall"
    return ground.say(key, level=ground.say(f"profit.level.{ground.level}"),
                      unit=f"{currency_sign()}{unit.word}")  # fmt: skip


def right(ground: Ground) -> str:
    """The margin in money and as a rate of net revenue."""
    row = whole(ground)
    amount = money(row.sums["margin_1"], settings().currency, ground.language)
    return f"{amount} · {percent(row.rate(), 1)}"
