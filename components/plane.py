"""The margin/days plane: scenarios of a quote as points, the Pareto front as a line."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from components.theme import tokens
from components.words import short

_POINT = 13  # pixels


def plane_figure(
    points: pd.DataFrame, texts: dict[str, str], theme: str, language: str
) -> dict[str, Any]:
    """Margin in money over days of delivery; a scenario is better the higher and further left.

    `points`: one row a scenario with label (text), days, margin_amount, is_on_front and
    is_under_floor (booleans). `texts`: the words days, margin, front and under_floor. A scenario
    under its floor is a red triangle whose label says so, one that another beats in both is open.
    """
    colour = tokens(theme)
    known = points[points["days"].notna() & points["margin_amount"].notna()]
    front = known[known["is_on_front"].astype(bool)].sort_values(["days", "margin_amount"])
    traces = [_front(front, texts["front"], colour), _points(known, texts, colour)]
    return {"data": traces, "layout": _layout(known, texts, colour, language)}


def _front(front: pd.DataFrame, name: str, colour: dict[str, str]) -> dict[str, Any]:
    """A staircase: up to the next scenario's days the best margin is that of the one before."""
    return {
        "type": "scatter", "mode": "lines", "name": name, "hoverinfo": "skip",
        "x": _numbers(front, "days"), "y": _numbers(front, "margin_amount"),
        "line": {"shape": "hv", "color": colour["accent"], "width": 1.5, "dash": "dot"},
    }  # fmt: skip


def _points(known: pd.DataFrame, texts: dict[str, str], colour: dict[str, str]) -> dict[str, Any]:
    names = ("is_under_floor", "is_on_front")
    under, on_front = (known[name].to_numpy(dtype=bool) for name in names)
    labels = [
        f"{_plain(label)} · {texts['under_floor']}" if is_under else _plain(label)
        for label, is_under in zip(known["label"], under, strict=True)
    ]
    symbol = np.where(under, "triangle-up", np.where(on_front, "circle", "circle-open"))
    shade = np.where(under, colour["red"], np.where(on_front, colour["accent"], colour["muted"]))
    return {
        "type": "scatter", "mode": "markers+text", "text": labels, "cliponaxis": False,
        "x": _numbers(known, "days"), "y": _numbers(known, "margin_amount"),
        "textposition": _sides(known), "textfont": {"color": colour["text"]},
        "marker": {"size": _POINT, "symbol": symbol.tolist(), "color": shade.tolist(),
                   "line": {"width": 2, "color": shade.tolist()}},
        "hovertemplate": "%{text}<br>%{x:,.0f} " + _plain(texts["days"])
                         + "<br>%{y:,.2f}<extra></extra>",
    }  # fmt: skip


def _numbers(rows: pd.DataFrame, name: str) -> np.ndarray:
    return rows[name].to_numpy(dtype=float)


def _plain(text: str) -> str:
    """Names are text: plotly would take `<` for markup and `%{` for a template."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("%{", "% {")


def _sides(known: pd.DataFrame) -> list[str]:
    """Labels above their points, in the right half to the left, so that none leaves the chart."""
    days = _numbers(known, "days")
    if not len(days):
        return []
    middle = (days.min() + days.max()) / 2
    return np.where(days > middle, "top left", "top right").tolist()


def _ticks(values: np.ndarray) -> np.ndarray:
    """Three to eight round numbers over the range of `values`, with some room around them."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    room = 0.25 * (high - low) or abs(high) * 0.1 or 1.0
    rough = (high - low + 2 * room) / 5
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * next(times for times in (1, 2, 5, 10) if times * power >= rough)
    first, last = np.floor((low - room) / step), np.ceil((high + room) / step)
    return np.arange(first, last + 1) * step


def _layout(
    known: pd.DataFrame, texts: dict[str, str], colour: dict[str, str], language: str
) -> dict[str, Any]:
    days, margin = _ticks(_numbers(known, "days")), _ticks(_numbers(known, "margin_amount"))
    axis = {"gridcolor": colour["line"], "zeroline": False, "fixedrange": True, "automargin": True}
    title = {"font": {"color": colour["muted"]}, "standoff": 6}
    return {
        "showlegend": False, "autosize": True, "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": colour["muted"], "size": 12, "family": colour["text-font"]},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "hoverlabel": {"bgcolor": colour["raised"], "font": {"color": colour["text"]}},
        "xaxis": {**axis, "title": {**title, "text": texts["days"]}, "tickvals": days,
                  "range": [days[0], days[-1]]},
        "yaxis": {**axis, "title": {**title, "text": texts["margin"]}, "tickvals": margin,
                  "range": [margin[0], margin[-1]],
                  "ticktext": [short(float(tick), language) for tick in margin]},
    }  # fmt: skip
