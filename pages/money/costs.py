"""The cost items of one order line: what, when posted, when known, estimated or late."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pandas as pd
from dash import html

from components import pieces
from components.words import exact
from pages.money.drawer import cell, numbers_table
from pages.money.ground import Ground, records
from pages.money.opened import Opened
from pages.shell import to
from queries import read


def costs_of_line(ground: Ground, opened: Opened) -> html.Section:
    """The cost items of one line: what, when it was posted, when it became known."""
    rows = read("line_costs", ground.scope, order_line_id=opened.line)
    title = html.H3(ground.say("profit.costs", line=opened.line))
    close = to("×", {"open": opened.text(line="")}, "close", title=ground.say("close"))
    if not len(rows):
        return html.Section(
            [html.Header([title, close]), pieces.note(ground.say("profit.costs.none"))]
        )
    head = [ground.say(f"profit.cost.{name}") for name in
            ("type", "posted", "known", "mark", "quantity", "amount")]  # fmt: skip
    body = [_cost(ground, row) for row in records(rows)]
    total = exact(float(rows["amount"].sum()), ground.language)
    foot = [ground.say("profit.total"), *[""] * 4, total]
    return html.Section([html.Header([title, close]), numbers_table(head, body, foot, texts=4)])


def _cost(ground: Ground, row: dict[str, Any]) -> list[Any]:
    say, language = ground.say, ground.language
    marks = [say(f"profit.cost.{name}") for name in ("estimate", "late") if row[f"is_{name}"]]
    quantity, amount = "", say("profit.cost.to_come")
    if not pd.isna(row["quantity"]):
        quantity = f"{exact(row['quantity'], language)} {cell(row['quantity_uom'])}".strip()
    if not pd.isna(row["amount"]):
        amount = exact(row["amount"], language)
    return [say(f"cost.{row['cost_type']}"), cell(row["posted_at"]),
            _instant(row["known_at"]), ", ".join(marks), quantity, amount]  # fmt: skip


def _instant(value: Any) -> str:
    return "" if pd.isna(value) else f"{pd.Timestamp(value, tz=UTC):%Y-%m-%d %H:%M} UTC"
