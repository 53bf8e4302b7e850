"""The gap to the targets of the profit units: one bar an owner, from what was asked to what is."""

from __future__ import annotations

from typing import Any

import pandas as pd

from components.magnitude import magnitude
from components.waterfall import Bar, waterfall_figure
from domain.gap import gaps
from errors import BadInput
from pages.money.ground import Ground, margin_profile, records, sums
from pages.money.labels import member_labels, moved_text
from queries import read

METRICS = ("gross_margin_rate", "gross_margin")  # the first of them that has targets is shown
LEVEL = "gross_margin"  # the only margin that targets are set for
MOST = 6  # owners with a bar of their own, the largest gaps


def found(ground: Ground) -> pd.DataFrame:
    """The gaps of all owners with lines or targets; BadInput, in words, where there are none."""
    if ground.level != LEVEL:
        raise BadInput(ground.say("profit.problem.target_level"))
    if any(dimension != "profit_unit" for dimension, _ in ground.asked.where):
        raise BadInput(ground.say("profit.problem.target_filter"))
    days = {"first_day": ground.period.first, "last_day": ground.period.last}
    targets = read("unit_targets", ground.scope, **days)
    targets = targets.rename(columns={"profit_unit_id": "owner_id"})
    chosen = dict(ground.asked.where).get("profit_unit")
    if chosen:
        targets = targets[targets["owner_id"].isin(chosen)]
    metric = next((one for one in METRICS if (targets["metric"] == one).any()), None)
    if metric is None or "profit_unit" not in ground.dimensions:
        raise BadInput(ground.say("profit.problem.no_target"))
    rows = sums(ground, ("profit_unit",), ground.period, ground.asked.where)
    actuals = rows.rename(columns={"profit_unit": "owner_id"})
    return gaps(actuals, targets, metric, margin_profile(), ground.period.first,
                ground.period.last, LEVEL).assign(is_rate=metric == METRICS[0])  # fmt: skip


def figure(ground: Ground) -> dict[str, Any]:
    """From what was asked over one gap an owner to the margin; what has no target is one bar.

    A target of a rate asks for the rate times the owner's revenue.
    """
    rows = found(ground)
    has = rows["gap_amount"].notna()
    amounts = rows["gap_amount"].astype("float64")
    asked = float((rows["margin_amount"] - amounts)[has].sum())
    shown = rows[has].assign(gap_amount=amounts[has])
    shown = shown.iloc[shown["gap_amount"].abs().argsort(kind="stable")[::-1]]
    names = member_labels(ground.scope, "profit_unit", shown["owner_id"], ground.language)
    end = float(rows["margin_amount"].sum())
    unit = magnitude(max(abs(asked), abs(end)), ground.language)
    bars = [Bar(ground.say("profit.target.asked"), asked, "start", unit.text(asked), "quiet")]
    bars += [_gap(names[row["owner_id"]], row, unit.text) for row in records(shown.head(MOST))]
    rest = float(shown["gap_amount"].iloc[MOST:].sum())
    without = float(rows["margin_amount"][~has].sum())
    for key, amount in (("others", rest), ("without", without)):
        if unit.text(amount).strip("0.,"):
            bars.append(_bar(ground.say(f"profit.target.{key}"), amount, unit.text(amount, True)))
    bars.append(Bar(ground.say("profit.step.margin"), end, "end", unit.text(end), "accent"))
    return waterfall_figure(bars, ground.asked.theme, ground.say("profit.cut"))


def _gap(name: str, row: dict[Any, Any], text: Any) -> Bar:
    amount = float(row["gap_amount"])
    said = text(amount, True)
    if row["is_rate"]:
        said = f"{said}<br>{moved_text(row['gap'])}"
    return _bar(name, amount, said)


def _bar(name: str, amount: float, text: str) -> Bar:
    kind, look = ("plus", "won") if amount > 0 else ("minus", "lost")
    return Bar(name, amount, kind, text, look)


def total(ground: Ground) -> float:
    """The sum of all gaps, in reporting currency."""
    return float(found(ground)["gap_amount"].dropna().astype("float64").sum())
