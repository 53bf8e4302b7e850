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
_LONGEST = 15  # letters of a label below a bar
_SMALL = 0.15  # moves below this share of the lowest level are too small to be seen
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


def waterfall_figure(bars: Sequence[Bar], theme: str, cut: str = "") -> dict[str, Any]:
    """Bars from left to right with their texts, each move beginning where the last one ended.

    Where moves are small beside the bars that stand on zero, the axis is cut, which `cut` says.
    """
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
        "hovertext": [f"{escape(bar.label)}  {bar.text}" for bar in bars], "hoverinfo": "text",
    }  # fmt: skip
    layout = _layout(bars, ends, starts, below, colour)
    if cut and (floor := _cut(bars, starts, ends)) is not None:
        high = float(np.max([starts, ends]))
        air = _AIR * (2 if any("<br>" in bar.text for bar in bars) else 1)
        layout["yaxis"]["range"] = [floor, high + (high - floor) * air]
        layout["annotations"] = [
            {"text": cut, "x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper",
             "yanchor": "bottom", "showarrow": False}
        ]  # fmt: skip
        layout["margin"]["t"] = 16
    return {"data": [trace], "layout": layout}


def _cut(bars: Sequence[Bar], starts: np.ndarray, ends: np.ndarray) -> float | None:
    """Where the axis begins so that moves can be seen; None where they can be seen from zero."""
    moving = np.array([bar.kind in ("minus", "plus") for bar in bars])
    levels = np.concatenate([ends, starts[moving]])
    low, span = float(levels.min()), float(np.ptp(levels))
    return low - 2 * span if low > 0 and 0 < span < _SMALL * low else None


def quiet_graph(name: str, label: str) -> html.Div:
    """A chart that shows nothing, not even axes, until a callback gives the figure."""
    hidden = {"visible": False}
    clear = "rgba(0,0,0,0)"
    layout = {"xaxis": hidden, "yaxis": hidden, "paper_bgcolor": clear, "plot_bgcolor": clear}
    empty: Any = graph(name, label)
    empty.figure = {"data": [], "layout": layout}
    named: dict[str, Any] = {"aria-label": label}
    return html.Div(empty, className="bars", role="img", **named)


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


def _short(label: str) -> str:
    """A label that leaves room for the bars; a name out of the data is no markup."""
    return escape(label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…")


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
    air = _AIR * (2 if any("<br>" in bar.text for bar in bars) else 1)
    floor = low - (span * air if low < 0 or (below.any() and _is_low(ends, low, span)) else 0)
    hidden = {"visible": False, "fixedrange": True}
    size = _TEXT if len(bars) < 10 else _TEXT - 1
    return {
        "showlegend": False, "autosize": True, "bargap": 0, "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": colour["muted"], "size": size, "family": colour["text-font"]},
        "margin": {"l": 4 if len(bars) < 9 else 22, "r": 4, "t": 4, "b": 8},
        "hoverlabel": {"bgcolor": colour["raised"], "font": {"color": colour["text"]}},
        "shapes": lines,
        "xaxis": {"tickvals": np.arange(len(bars)), "ticktext": [_short(bar.label) for bar in bars],
                  "tickangle": 0 if len(bars) < 9 else -40, "ticklabeloverflow": "allow",
                  "range": [-0.6, len(bars) - 0.4],
                  "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True},
        "yaxis": {**hidden, "range": [floor, high + span * air]},
    }  # fmt: skip


def _is_low(ends: np.ndarray, low: float, span: float) -> bool:
    """Whether a label below a bar would leave the chart."""
    return bool(len(ends)) and float(ends.min()) < low + span * _AIR
