"""Waterfalls and bridges: bars that stand on each other, of the one trace type that is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from dash import html

from components.charts import graph
from components.theme import tokens

_QUIET = 0.42  # opacity of what is not the point
_TEXT = 12  # pixels
_AIR = 0.14  # of the height, for the labels above and below


@dataclass(frozen=True)
class Bar:
    """`kind` is start, subtotal, end (they stand on zero), or minus, plus (they move).

    `look` is accent, quiet, lost or won.
    """

    label: str
    amount: float
    kind: str
    text: str
    look: str


def waterfall_figure(bars: Sequence[Bar], theme: str) -> dict[str, Any]:
    """Bars from left to right with their texts, each move beginning where the last one ended."""
    colour = tokens(theme)
    starts, ends = _spans(bars)
    place = np.arange(len(bars))
    height = ends - starts
    below = (height < 0) | ((height == 0) & (ends < 0))
    trace = {
        "type": "bar", "x": place, "y": height, "base": starts, "width": 0.8,
        "text": [bar.text for bar in bars], "textposition": "outside", "cliponaxis": False,
        "textangle": 0, "constraintext": "none",
        "textfont": {"color": colour["text"], "size": _TEXT},
        "marker": {"color": [_colour(bar, colour) for bar in bars],
                   "opacity": [_QUIET if bar.look in ("quiet", "taken") else 1 for bar in bars]},
        "hovertext": [f"{bar.label}  {bar.text}" for bar in bars], "hoverinfo": "text",
    }  # fmt: skip
    return {"data": [trace], "layout": _layout(bars, ends, starts, below, colour)}


def quiet_graph(name: str, label: str) -> html.Div:
    """A chart that shows nothing, not even axes, until a callback gives the figure."""
    hidden = {"visible": False}
    clear = "rgba(0,0,0,0)"
    layout = {"xaxis": hidden, "yaxis": hidden, "paper_bgcolor": clear, "plot_bgcolor": clear}
    empty = graph(name, label)
    empty.figure = {"data": [], "layout": layout}
    named: dict[str, Any] = {"aria-label": label}
    return html.Div(empty, className="plot", role="img", **named)


def told_figure(text: str, theme: str) -> dict[str, Any]:
    """A chart without data that says why."""
    colour = tokens(theme)
    lines, line = [], ""
    for word in text.split(" "):
        line, full = (f"{line} {word}", "") if len(line) + len(word) < 46 else (word, line)
        lines += [full] if full else []
    words = {"text": "<br>".join(escape(one.strip()) for one in (*lines, line)),
             "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}  # fmt: skip
    clear, hidden = "rgba(0,0,0,0)", {"visible": False}
    return {"data": [], "layout": {
        "annotations": [words], "xaxis": hidden, "yaxis": hidden, "paper_bgcolor": clear,
        "plot_bgcolor": clear, "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "font": {"color": colour["muted"], "size": 13, "family": colour["text-font"]}}}  # fmt: skip


def _spans(bars: Sequence[Bar]) -> tuple[np.ndarray, np.ndarray]:
    """Where each bar begins and ends."""
    level, starts, ends = 0.0, [], []
    for bar in bars:
        begin = level if bar.kind in ("minus", "plus") else 0.0
        level = begin + bar.amount
        starts.append(begin)
        ends.append(level)
    return np.array(starts), np.array(ends)


def _colour(bar: Bar, colour: dict[str, str]) -> str:
    names = {"lost": "red", "taken": "red", "won": "green"}
    return colour[names.get(bar.look, "accent")]


def _layout(
    bars: Sequence[Bar],
    ends: np.ndarray,
    starts: np.ndarray,
    below: np.ndarray,
    colour: dict[str, str],
) -> dict[str, Any]:
    lines = [
        {"type": "line", "x0": spot, "x1": spot + 1, "y0": end, "y1": end, "layer": "below",
         "line": {"color": colour["line"], "width": 1}}
        for spot, end in enumerate(ends[:-1])
    ]  # fmt: skip
    low, high = min(0.0, *starts, *ends), max(0.0, *starts, *ends)
    span = (high - low) or 1.0
    floor = low - (span * _AIR if low < 0 or (below.any() and _is_low(ends, low, span)) else 0)
    hidden = {"visible": False, "fixedrange": True}
    size = _TEXT if len(bars) < 10 else _TEXT - 1
    return {
        "showlegend": False, "autosize": True, "bargap": 0, "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": colour["muted"], "size": size, "family": colour["text-font"]},
        "margin": {"l": 4, "r": 4, "t": 4, "b": 8},
        "hoverlabel": {"bgcolor": colour["raised"], "font": {"color": colour["text"]}},
        "shapes": lines,
        "xaxis": {"tickvals": np.arange(len(bars)), "ticktext": [bar.label for bar in bars],
                  "tickangle": 0 if len(bars) < 9 else -40, "range": [-0.6, len(bars) - 0.4],
                  "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True},
        "yaxis": {**hidden, "range": [floor, high + span * _AIR]},
    }  # fmt: skip


def _is_low(ends: np.ndarray, low: float, span: float) -> bool:
    """Whether a label below a bar would leave the chart."""
    return bool(len(ends)) and float(ends.min()) < low + span * _AIR
