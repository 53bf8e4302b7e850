"""The chart of the hours as a table, in the drawer: each hour opens as it does in the chart."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from dash import html

from components import pieces
from components.words import exact, say
from domain.scope import Scope
from pages.panels.hours import hours
from pages.panels.sight import moment

TARGET = {"table": "hours"}  # what a click and the address say of it
_AMOUNTS = ("net_sales_amount", "expected_amount", "low_amount", "high_amount")


def hours_table(scope: Scope, language: str) -> html.Aside:
    """The drawer with one row an hour; raises what reading raises."""
    tz, now = moment(scope)
    rows = hours(scope, tz, now)
    title = say("board.hours", language)
    heads = [html.Th(say("column.local_hour", language), scope="col")]
    heads += [
        html.Th(say(f"column.hours.{name}", language), scope="col", className="n")
        for name in _AMOUNTS
    ]
    body = [_row(row, language) for row in rows.to_dict("records")]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)])
    given: dict[str, Any] = {"aria-label": title, "data-target": json.dumps(TARGET)}
    return html.Aside(
        [
            pieces.drawer_head(title, "", f"{now:%Y-%m-%d %H:%M}", language),
            html.Section(html.Div(table, className="scroll", tabIndex=0), className="rows whole"),
        ],
        className="drawer",
        role="dialog",
        tabIndex=-1,
        **given,
    )


def _row(row: dict[Any, Any], language: str) -> html.Tr:
    hour = f"{row['local_hour']:%Y-%m-%d %H:%M}"
    name = say("board.open", language, name=hour)
    cells: list[Any] = [html.Th(pieces.opens(hour, {"hour": hour}, name, "quiet"), scope="row")]
    for column in _AMOUNTS:
        amount = None if pd.isna(row[column]) else float(row[column])
        cells.append(html.Td(exact(amount, language), className="n"))
    return html.Tr(cells)
