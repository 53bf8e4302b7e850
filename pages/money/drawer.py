"""The drawer of the money pages: its frame and its tables of numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from pages.money.ground import Ground
from pages.shell import to


def frame(ground: Ground, title: str, below: str, body: list[Any]) -> html.Aside:
    """The drawer with its title, a line below it, and what closes it."""
    close = to("×", {"open": ""}, "close", title=ground.say("close"))
    head = html.Header([html.Div([html.H2(title), html.P(below)]), close])
    named: dict[str, Any] = {"aria-label": f"{title}, {below}"}
    return html.Aside([head, *body], className="drawer", role="dialog", tabIndex=-1, **named)


def numbers_table(
    head: list[str], body: list[list[Any]], foot: list[str], texts: int, kind: str = ""
) -> html.Div:
    """A table whose first `texts` columns are texts, the others numbers; `foot` stays in sight."""
    looks = ["" if place < texts else "n" for place in range(len(head))]
    top = [html.Th(text, className=look, scope="col")
           for text, look in zip(head, looks, strict=True)]  # fmt: skip
    rows = [
        html.Tr([html.Td(one, className=look) for one, look in zip(row, looks, strict=True)])
        for row in body
    ]
    parts: list[Any] = [html.Thead(html.Tr(top)), html.Tbody(rows)]
    if foot:
        last = [html.Td(one, className=look) for one, look in zip(foot, looks, strict=True)]
        parts.append(html.Tfoot(html.Tr(last)))
    return html.Div(html.Table(parts), className=f"scroll {kind}", tabIndex=0)


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, a row's cell, and what stands below it."""

    title: str
    cell: Callable[[dict[str, Any]], Any]
    total: str = ""
    is_number: bool = False


def records_table(columns: list[Column], rows: list[dict[str, Any]]) -> html.Div:
    """The rows as a table, with the columns' totals kept in sight."""
    looks = ["n" if column.is_number else "" for column in columns]
    pairs = list(zip(columns, looks, strict=True))
    head = [html.Th(column.title, className=look, scope="col") for column, look in pairs]
    body = [
        html.Tr([html.Td(column.cell(row), className=look) for column, look in pairs])
        for row in rows
    ]
    foot = [html.Td(column.total, className=look) for column, look in pairs]
    table = [html.Thead(html.Tr(head)), html.Tbody(body), html.Tfoot(html.Tr(foot))]
    return html.Div(html.Table(table), className="scroll", tabIndex=0)


def cell(value: Any) -> str:
    """A text or a day as a table shows it; nothing for nothing."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    return value if isinstance(value, str) else f"{pd.Timestamp(value):%Y-%m-%d}"
