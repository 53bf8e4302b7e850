"""Why the margin moved: the bridge in money, in points of rate, and the gap against targets."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from components.magnitude import magnitude
from components.waterfall import Bar, waterfall_figure
from domain.bridge import EFFECTS, bridge
from domain.rate_bridge import RATE_EFFECTS, rate_bridge
from errors import BadInput
from pages.money import target
from pages.money.asked import BRIDGES
from pages.money.ground import Ground, both, currency_sign, margin_profile, whole
from pages.money.labels import dimension_label, moved_text, short_label
from pages.shell import to
from queries import read

_ALWAYS = ("price", "volume", "mix", "cost")  # effects that are shown even where they are nothing


def items(ground: Ground) -> pd.DataFrame:
    """What was bought in either period, by customer, product, unit of measure and currency."""
    return read(
        "margin_items", ground.scope, by=(), where=ground.asked.where,
        first_day=ground.period.first, last_day=ground.period.last,
        base_first_day=ground.base.first, base_last_day=ground.base.last,
    )  # fmt: skip


def figure(ground: Ground) -> dict[str, Any]:
    """The bridge that is chosen; BadInput, in words, where there is nothing to compare with."""
    if not ground.has_base and ground.asked.bridge != "target":
        label = short_label(ground.base, ground.language)
        raise BadInput(ground.say("profit.problem.no_base", base=label))
    return DRAWN[ground.asked.bridge](ground)


def _money(ground: Ground) -> dict[str, Any]:
    row = bridge(items(ground), margin_profile(), ground.level).iloc[0]
    unit = magnitude(max(abs(row["start"]), abs(row["end"])), ground.language)
    shown = [name for name in EFFECTS if name in _ALWAYS or unit.text(row[name]).strip("0.,")]
    ends = _ends(ground, row["start"], row["end"], unit.text)
    moves = [_move(ground, name, row[name], unit.text(row[name], sign=True)) for name in shown]
    return waterfall_figure(
        [ends[0], *moves, ends[1]], ground.asked.theme, ground.say("profit.cut")
    )


def _ends(ground: Ground, start: float, end: float, text: Any) -> tuple[Bar, Bar]:
    base, period = (short_label(one, ground.language) for one in (ground.base, ground.period))
    return (Bar(base, start, "start", text(start), "accent"),
            Bar(period, end, "end", text(end), "accent"))  # fmt: skip


def _move(ground: Ground, name: str, amount: float, text: str) -> Bar:
    kind, look = ("plus", "won") if amount > 0 else ("minus", "lost")
    return Bar(ground.say(f"profit.effect.{name}"), amount, kind, text, look)


def _rate(ground: Ground) -> dict[str, Any]:
    """In points; the cells are the members of the level that is drilled next."""
    found = rate_bridge(both(ground, rate_cells(ground)), margin_profile(), ground.level)
    if found.start is None or found.end is None:
        raise BadInput(ground.say(f"profit.problem.{found.missing}"))
    moves = found.groups.iloc[0]
    bars = [
        _move(ground, name, moves[name] * 100, moved_text(moves[name])) for name in RATE_EFFECTS
    ]
    first, last = _ends(ground, found.start * 100, found.end * 100, lambda rate: f"{rate:.1f}%")
    return waterfall_figure([first, *bars, last], ground.asked.theme, ground.say("profit.cut"))


def rate_cells(ground: Ground) -> tuple[str, ...]:
    """What the rate bridge tells apart: the next level, or what the lines are of."""
    return ground.asked.drilled[:1] or ground.dimensions[:1]


DRAWN = {"money": _money, "rate": _rate, "target": target.figure}


def title(ground: Ground) -> str:
    """What moved and what it is counted in."""
    if ground.asked.bridge == "rate":
        by = dimension_label(rate_cells(ground)[0], ground.language)
        return ground.say("profit.why.rate", by=by)
    if ground.asked.bridge == "target":
        margin = whole(ground).sums["margin_1"]
        word = magnitude(margin, ground.language).word
        return ground.say("profit.why.target", unit=f"{currency_sign()}{word}")
    row = whole(ground)
    unit = magnitude(max(abs(row.sums["margin_0"]), abs(row.sums["margin_1"])), ground.language)
    return ground.say("profit.why", unit=f"{currency_sign()}{unit.word}")


def right(ground: Ground) -> str:
    """By how much, all in all."""
    row = whole(ground)
    if ground.asked.bridge == "rate":
        return f"{moved_text(row.moved)} {ground.say('unit.points')}"
    if ground.asked.bridge == "target":
        gap = target.total(ground)
        return magnitude(row.sums["margin_1"], ground.language).text(gap, sign=True)
    amounts = (row.sums["margin_0"], row.sums["margin_1"])
    return magnitude(max(map(abs, amounts)), ground.language).text(amounts[1] - amounts[0], True)


def switch(ground: Ground) -> html.Div:
    """The ways to look at it."""
    return html.Div(
        [_way(ground, name, name == ground.asked.bridge) for name in BRIDGES if name in DRAWN],
        className="ways", role="group",
    )  # fmt: skip


def _way(ground: Ground, name: str, is_chosen: bool) -> Any:
    pressed: dict[str, Any] = {"aria-pressed": "true" if is_chosen else "false"}
    changes = {"bridge": "" if name == "money" else name}
    return to(ground.say(f"profit.way.{name}"), changes, "way", **pressed)
