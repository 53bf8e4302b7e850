"""What the board is made of: tiles, items and the chart of hours. Rows in, components out."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from components.theme import tokens
from components.words import say
from domain.status import Status


def mark(status: Status, language: str) -> html.Span:
    """The status by shape, colour and word."""
    return html.Span(say(f"status.{status}", language), className=f"mark {status}")


def tile(title: str, value: str, note: str, status: Status, language: str) -> html.Section:
    """One KPI: its name, its number, what it is measured against, its status."""
    parts = [html.H2(title), mark(status, language), html.Strong(value)]
    return html.Section([*parts, html.Span(note, className="note")], className="panel tile")


def panel(title: str, right: str, body: Any, kind: str = "") -> html.Section:
    """A card; `right` says what its content adds up to."""
    head = html.Header([html.H2(title), html.Span(right, className="push")])
    return html.Section([head, body], className=f"panel {kind}")


def item(status: Status, name: str, amount: str, note: str, language: str) -> html.Div:
    """One obligation in a list; the word is read out, the shape is seen."""
    shape = html.Span(className=f"mark {status}", title=say(f"status.{status}", language))
    return html.Div(
        [shape, html.B(name), html.Span(amount), html.Span(note, className="note")],
        className="item",
    )


def hours_chart(rows: pd.DataFrame, now: pd.Timestamp, theme: str, label: str) -> dcc.Graph:
    """Sales by hour: `rows` as of net_sales_by_hour, `now` in local time."""
    colour = tokens(theme)
    hour = rows["local_hour"].to_numpy()
    high = (rows["expected_amount"] + rows["spread_amount"]).to_numpy()
    low = (rows["expected_amount"] - rows["spread_amount"]).clip(lower=0).to_numpy()
    line = {"type": "scatter", "mode": "lines", "x": hour, "hoverinfo": "x+y"}
    figure = {
        "data": [
            {**line, "y": low, "line": {"width": 0}, "hoverinfo": "skip"},
            {**line, "y": high, "line": {"width": 0}, "fill": "tonexty", "opacity": 0.3,
             "fillcolor": colour["line"], "hoverinfo": "skip"},
            {**line, "y": rows["expected_amount"].to_numpy(),
             "line": {"color": colour["accent"], "width": 2, "dash": "dot"}},
            {**line, "y": rows["net_sales_amount"].to_numpy(),
             "line": {"color": colour["text"], "width": 3}},
        ],
        "layout": {
            "showlegend": False, "paper_bgcolor": colour["surface"], "autosize": True,
            "plot_bgcolor": colour["surface"], "uirevision": "hours",
            "font": {"color": colour["muted"], "size": 14},
            "margin": {"l": 50, "r": 10, "t": 24, "b": 30},
            "xaxis": {"gridcolor": colour["line"], "tickformat": "%a %H", "nticks": 9},
            "yaxis": {"gridcolor": colour["line"], "rangemode": "tozero", "nticks": 6},
            "shapes": [{"type": "line", "x0": now, "x1": now, "y0": 0, "y1": 1,
                        "yref": "paper",
                        "line": {"color": colour["muted"], "dash": "dash", "width": 1}}],
            "annotations": [{"x": now, "y": 1, "xanchor": "left", "yanchor": "top", "yref": "paper",
                             "text": label,
                             "showarrow": False, "font": {"color": colour["text"]}}],
        },
    }  # fmt: skip
    config = {"displayModeBar": False, "showSendToCloud": False, "displaylogo": False}
    return dcc.Graph(
        id="board-hours",
        figure=figure,
        config=config,
        responsive=True,
    )
