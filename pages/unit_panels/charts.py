"""The two charts of a unit, or of the whole: revenue down to margin, and why the rate moved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.magnitude import Magnitude, magnitude
from components.waterfall import Bar, told_figure, waterfall_figure
from components.words import money, percent, points, say, symbol
from domain.profile import COST_COLUMN
from domain.rate_bridge import RATE_EFFECTS, RateBridge
from domain.waterfall import Step, waterfall
from pages.money.labels import member_labels, short_label
from pages.unit_panels.books import Books
from pages.unit_panels.rows import records
from pages.unit_panels.unit import CELL, Unit, whole_rates
from queries import read
from settings import settings

_MOST_CELLS = 4


def steps(books: Books, unit: Unit | None) -> tuple[Step, ...]:
    """From list price to the margin; after it the cost of no line that is known to belong here."""
    if unit is not None:
        amount = unit.account["direct_amount"] + unit.account["driven_amount"]
        row: Any = unit.sums
    else:
        amount = books.unallocated_amount
        row = dict(read("margin_by", books.scope, by=(), first_day=books.period.first,
                        last_day=books.period.last).iloc[0])  # fmt: skip
    return waterfall(row, books.profile, books.level, amount or None)


def fall(books: Books, unit: Unit | None) -> dict[str, Any]:
    """The waterfall's figure, or a sentence where nothing was sold."""
    found = steps(books, unit)
    if not any(step.amount for step in found):
        return told_figure(say("units.no_lines", books.view.lang), books.view.theme)
    size = magnitude(max(abs(step.amount) for step in found), books.view.lang)
    return waterfall_figure([_bar(books, step, size) for step in found], books.view.theme)


def _bar(books: Books, step: Step, size: Magnitude) -> Bar:
    is_margin = step.id == books.level or step.kind == "end"
    look = "accent" if is_margin else "taken" if step.kind == "minus" else "quiet"
    return Bar(_step_label(books, step.id), step.amount, step.kind, size.text(step.amount), look)


def _step_label(books: Books, step: str) -> str:
    language = books.view.lang
    if step in COST_COLUMN:
        return say(f"cost.{step}", language)
    return say("profit.step.margin" if step == books.level else f"profit.step.{step}", language)


def fall_title(books: Books, unit: Unit | None) -> str:
    found = steps(books, unit)
    word = magnitude(max(abs(step.amount) for step in found), books.view.lang).word
    return say("units.fall", books.view.lang, unit=f"{symbol(settings().currency)}{word}",
               level=say(f"profit.level.{books.level}", books.view.lang))  # fmt: skip


def fall_right(books: Books, unit: Unit | None) -> str:
    """The margin in money and as a rate."""
    account = unit.account if unit else books.total
    amount = money(account["margin_amount"], settings().currency, books.view.lang)
    return f"{amount} · {percent(account['margin_rate'], 1)}"


def rates_of(books: Books, unit: Unit | None) -> RateBridge:
    return unit.rates if unit else whole_rates(books)


def rate(books: Books, unit: Unit | None) -> dict[str, Any]:
    """The rate bridge in points, or the sentence that says why there is none."""
    found = rates_of(books, unit)
    if found.start is None or found.end is None:
        return told_figure(say(f"units.no_rate.{found.missing}", books.view.lang), books.view.theme)
    base, period = (
        short_label(replace(one, is_running=False), books.view.lang)
        for one in (books.base, books.period)
    )
    bars = [Bar(base, found.start, "start", percent(found.start, 1), "quiet")]
    for name in RATE_EFFECTS:
        effect = float(found.groups[name].sum())
        text = points(effect)
        if not text.strip("+−0."):
            if name in ("new", "lost"):
                continue
            text = text.lstrip("+−")
        kind, look = ("plus", "won") if effect > 0 else ("minus", "lost")
        label = say(f"units.effect.{name}", books.view.lang)
        bars.append(Bar(label, effect, kind, text, look))
    bars.append(Bar(period, found.end, "end", percent(found.end, 1), "accent"))
    return waterfall_figure(bars, books.view.theme)


def rate_right(books: Books, unit: Unit | None) -> str:
    found = rates_of(books, unit)
    if found.start is None or found.end is None:
        return ""
    return f"{points(found.end - found.start)} {say('unit.points', books.view.lang)}"


def cells(books: Books, unit: Unit | None) -> html.Ul | None:
    """What moved the rate most: the largest few, each with its points; the rest in one line."""
    found = rates_of(books, unit)
    if found.start is None:
        return None
    dimension = CELL if unit else "region" if books.view.side == "org" else "profit_unit"
    groups = found.groups
    order = groups["total"].abs().sort_values(ascending=False, kind="stable").index
    first, rest = groups.loc[order[:_MOST_CELLS]], groups.loc[order[_MOST_CELLS:]]
    names = member_labels(books.scope, dimension, first[dimension], books.view.lang)
    items = [_cell(books, names[row[dimension]], row) for row in records(first)]
    if len(rest):
        items.append(_rest(books, rest))
    return html.Ul(items, className="causes")


def _cell(books: Books, name: str, row: dict[str, Any]) -> html.Li:
    largest = max(RATE_EFFECTS, key=lambda effect: abs(row[effect]))
    said = say(f"units.effect.{largest}", books.view.lang)
    return html.Li([html.B(name, title=name), html.Span(said, className="muted"),
                    _points(row["total"], books)])  # fmt: skip


def _rest(books: Books, rest: pd.DataFrame) -> html.Li:
    text = say("units.rest", books.view.lang, n=len(rest))
    return html.Li([html.Span(text, className="muted"), html.Span(),
                    _points(float(rest["total"].sum()), books)])  # fmt: skip


def _points(effect: float, books: Books) -> html.Span:
    text = f"{effect * 100:+.2f} {say('unit.points', books.view.lang)}".replace("-", "−")
    return html.Span(text, className="n lost" if effect < 0 else "n won")
