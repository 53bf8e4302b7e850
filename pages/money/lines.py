"""The order lines behind any level, with their costs; they add up to it to the cent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components import pieces
from components.words import exact, percent
from domain.dimensions import COST_MEASURES
from domain.profile import COST_COLUMN, COST_TYPES, cost_columns
from pages.money.costs import costs_of_line
from pages.money.drawer import Column, cell, frame, records_table
from pages.money.ground import Ground, margin_profile, records
from pages.money.labels import dimension_label, member_labels, period_label
from pages.money.opened import Opened
from pages.money.periods import Period
from pages.money.tree import rate_of
from pages.shell import to
from queries import page, totals

PAGE_ROWS = 100
_NAMED = ("customer", "product", "channel", "rep")


def lines(ground: Ground, opened: Opened) -> html.Aside:
    """The drawer of a row's order lines."""
    period = ground.base if opened.side == "base" else ground.period
    asked = question(ground, opened)
    sums = totals("margin_lines_rows", ground.scope, **asked)
    count = int(sums["row_count"] or 0)
    link = html.A(
        ground.say("profit.lines.csv"), href="/profit-lines.csv", className="export quiet"
    )
    body: list[Any] = [costs_of_line(ground, opened)] if opened.line else []
    heading = html.H3(ground.say("profit.lines.count", count=exact(count, ground.language, 0)))
    rows: list[Any] = [html.Header([heading, _sides(ground, opened), link])]
    if count:
        found = page("margin_lines_rows", ground.scope, opened.offset, PAGE_ROWS, **asked)
        rows += [
            _sum(ground, sums),
            _table(ground, opened, found, sums),
            _pages(ground, opened, count),
        ]
    else:
        rows.append(pieces.note(ground.say("profit.lines.none")))
    body.append(html.Section(rows, className="rows"))
    return frame(ground, _title(ground, opened), period_label(period, ground.language), body)


def question(ground: Ground, opened: Opened) -> dict[str, Any]:
    """What margin_lines_rows is asked with for the row that is open."""
    period: Period = ground.base if opened.side == "base" else ground.period
    return {"where": ground.path_filter(opened.path), "first_day": period.first,
            "last_day": period.last}  # fmt: skip


def _title(ground: Ground, opened: Opened) -> str:
    """The members on the way to the row, or the whole."""
    names = [
        member_labels(ground.scope, dimension, members, ground.language)[members[0]]
        if len(members) == 1
        else dimension_label(dimension, ground.language)
        for dimension, members in ground.path_filter(opened.path)
    ]
    return " × ".join(names) or ground.say("profit.lines.all")


def _sides(ground: Ground, opened: Opened) -> html.Span:
    """The period's lines, or those of what it is compared with."""
    parts = []
    for side, period in (("period", ground.period), ("base", ground.base)):
        pressed: dict[str, Any] = {"aria-pressed": "true" if side == opened.side else "false"}
        text = opened.text(side=side, offset=0, line="")
        parts.append(to(period_label(period, ground.language), {"open": text}, "way", **pressed))
    return html.Span(parts, className="ways")


def _sum(ground: Ground, sums: dict[str, Any]) -> html.P:
    """Revenue less the costs of the level, once more, from the lines."""
    revenue = float(sums["net_revenue_amount"])
    costs = sum(float(sums[name]) for name in cost_columns(margin_profile(), ground.level))
    amounts = {
        name: exact(amount, ground.language)
        for name, amount in (("revenue", revenue), ("costs", costs), ("margin", revenue - costs))
    }
    estimated = float(sums["estimated_amount"])
    text = ground.say("profit.lines.sum", level=ground.say(f"profit.level.{ground.level}"),
                      rate=percent(rate_of(revenue - costs, revenue), 2), **amounts)  # fmt: skip
    if estimated:
        text += ground.say("profit.lines.estimated", amount=exact(estimated, ground.language))
    return html.P(text, className="sum")


def _table(ground: Ground, opened: Opened, rows: pd.DataFrame, sums: dict[str, Any]) -> html.Div:
    """What adds up comes first, then whose it is, unless that is the same in all, then the rest."""
    taken = cost_columns(margin_profile(), ground.level)
    rows = rows.assign(margin=rows["net_revenue_amount"] - rows[list(taken)].sum(axis=1))
    total = {**sums, "margin": sums["net_revenue_amount"] - sum(sums[name] for name in taken)}
    fixed = {name for name, members in ground.path_filter(opened.path) if len(members) == 1}
    named = [name for name in _NAMED if name not in fixed]
    others = ("qty", "list_amount", "discount_amount", "rebate_amount",
              *(name for name in COST_MEASURES if sums[name] or rows[name].any()))  # fmt: skip
    columns = [
        Column(ground.say("profit.line.date"), cell_of("invoice_date"), ground.say("profit.total")),
        Column(ground.say("profit.line.id"), lambda row: _line(ground, opened, row)),
        *(_amount(ground, name, total[name]) for name in ("net_revenue_amount", "margin")),
        *(Column(dimension_label(name, ground.language), name_of(name)) for name in named),
        *(_amount(ground, name, total[name]) for name in others),
    ]
    return records_table(columns, records(rows))


def _amount(ground: Ground, name: str, total: float) -> Column:
    language = ground.language
    return Column(_heading(ground, name), lambda row: exact(row[name], language),
                  exact(total, language), is_number=True)  # fmt: skip


def name_of(dimension: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: cell(row[f"{dimension}_name"] or row[f"{dimension}_id"])


def cell_of(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: cell(row[name])


def _heading(ground: Ground, name: str) -> str:
    if name in COST_MEASURES:
        return ground.say(f"cost.{COST_TYPES[list(COST_COLUMN.values()).index(name)]}")
    return ground.say(f"profit.line.{name}")


def _line(ground: Ground, opened: Opened, row: dict[str, Any]) -> html.Button:
    line = str(row["order_line_id"])
    return to(line, {"open": opened.text(line=line)}, "quiet",
              title=ground.say("profit.line.costs"))  # fmt: skip


def _pages(ground: Ground, opened: Opened, count: int) -> html.Nav:
    if count <= PAGE_ROWS:
        return html.Nav()
    last = min(opened.offset + PAGE_ROWS, count)
    steps: list[Any] = [
        html.Span(ground.say("drawer.page", first=opened.offset + 1, last=last, count=count))
    ]
    for key, offset in (
        ("previous", opened.offset - PAGE_ROWS),
        ("next", opened.offset + PAGE_ROWS),
    ):
        if 0 <= offset < count:
            text = opened.text(offset=offset, line="")
            steps.append(to(ground.say(f"drawer.{key}"), {"open": text}, "quiet"))
    return html.Nav(steps, className="pages")
