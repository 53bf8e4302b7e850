"""Charts: rows in, a figure as a plain dict out, in the colours of the tokens."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from dash import dcc

from components.theme import tokens
from components.words import half_day, short

CONFIG: Any = {"displayModeBar": False, "showSendToCloud": False, "displaylogo": False}
_FLAT = {"width": 0, "shape": "linear"}


def graph(name: str, label: str) -> dcc.Graph:
    """An empty chart with its id, without the axes of nothing; a callback gives the figure."""
    hidden, clear = {"visible": False}, "rgba(0,0,0,0)"
    layout = {"xaxis": hidden, "yaxis": hidden, "paper_bgcolor": clear, "plot_bgcolor": clear}
    return dcc.Graph(id=name, figure={"data": [], "layout": layout}, config=CONFIG, responsive=True)


def hours_figure(
    rows: pd.DataFrame,
    now: pd.Timestamp,
    theme: str,
    texts: dict[str, str],
    size: int,
    language: str,
) -> dict[str, Any]:
    """Sales by hour with the expected band.

    `rows` as of net_sales_by_hour, `now` in local time, `texts` the labels now, expected and
    actual, `size` the text size in pixels.
    """
    colour = tokens(theme)
    hour = rows["local_hour"].to_numpy()
    expected, low, high, actual = (
        rows[name].to_numpy(dtype=float, na_value=np.nan)
        for name in ("expected_amount", "low_amount", "high_amount", "net_sales_amount")
    )
    band = {"type": "scatter", "mode": "lines", "x": hour, "hoverinfo": "skip", "line": _FLAT}
    line = {
        "type": "scatter",
        "x": hour,
        "hovertemplate": "%{x|%m-%d %H:%M}  %{y:,.0f}<extra></extra>",
    }
    traces = [
        {**band, "y": low},
        {**band, "y": high, "fill": "tonexty", "fillcolor": colour["band"]},
        {**line, "mode": "lines", "y": expected, "name": texts["expected"],
         "line": {"color": colour["accent"], "width": size / 7, "dash": "dot"}},
        {**line, "mode": "lines+markers", "y": actual, "name": texts["actual"],
         "line": {"color": colour["text"], "width": size / 5},
         "marker": {"size": _sizes(actual, size), "color": colour["text"],
                    "symbol": _symbols(rows)}},
    ]  # fmt: skip
    layout = _layout(colour, size, _labels(rows, now, colour, texts))
    days = rows["local_hour"][rows["local_hour"].dt.hour % 12 == 0]
    layout["xaxis"] |= {
        "tickvals": days.to_numpy(),
        "ticktext": [half_day(hour.to_pydatetime(), language) for hour in days],
    }
    steps = _steps(np.nanmax([1.0, *high[np.isfinite(high)], *actual[np.isfinite(actual)]]))
    layout["yaxis"] |= {"tickvals": steps, "ticktext": [short(step, language) for step in steps]}
    return {"data": traces, "layout": layout}


def _steps(most: float) -> np.ndarray:
    """Four to eight round steps from 0 to just under `most`."""
    rough = most / 5
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * next(times for times in (1, 2, 5, 10) if times * power >= rough)
    return np.arange(0, most * 1.001, step)


def _sizes(actual: np.ndarray, size: int) -> list[int]:
    """Only the last hour known has a point: it is where the eye should go."""
    known = np.flatnonzero(np.isfinite(actual))
    last = known[-1] if len(known) else -1
    return [size * 2 // 3 if place == last else 0 for place in range(len(actual))]


def _symbols(rows: pd.DataFrame) -> list[str]:
    """A running hour is drawn open: its sales are not all in."""
    complete = rows["is_complete"].fillna(True).astype(bool)
    return np.where(complete, "circle", "circle-open").tolist()


def _labels(
    rows: pd.DataFrame, now: pd.Timestamp, colour: dict[str, str], texts: dict[str, str]
) -> dict[str, Any]:
    at_now = {"type": "line", "x0": now, "x1": now, "y0": 0, "y1": 1, "yref": "paper",
              "line": {"color": colour["muted"], "dash": "dash", "width": 1}}  # fmt: skip
    words = [
        {"x": now, "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom",
         "text": f" {texts['now']}", "font": {"color": colour["text"]}, "showarrow": False},
    ]  # fmt: skip
    if (rows["high_amount"].notna() & (rows["local_hour"] > now)).any():
        words.append(  # at the end, which lies days after now: the two never meet
            {"x": 1, "xref": "paper", "xanchor": "right", "y": 1, "yref": "paper",
             "yanchor": "bottom", "text": texts["expected"],
             "font": {"color": colour["accent"]}, "showarrow": False}
        )  # fmt: skip
    return {"shapes": [at_now], "annotations": words}


def _layout(colour: dict[str, str], size: int, labels: dict[str, Any]) -> dict[str, Any]:
    axis = {"gridcolor": colour["line"], "zeroline": False, "fixedrange": True, "automargin": True}
    return {
        "showlegend": False, "autosize": True, "uirevision": "kept", "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": colour["muted"], "size": size, "family": colour["text-font"]},
        "margin": {"l": 8, "r": 8, "t": round(size * 1.8), "b": 8},
        "hoverlabel": {"bgcolor": colour["raised"], "font": {"color": colour["text"]}},
        "xaxis": {**axis, "tickformat": "%a %H", "nticks": 9},
        "yaxis": {**axis, "rangemode": "tozero", "nticks": 6, "tickformat": "~s"},
        **labels,
    }  # fmt: skip


def history_figure(
    days: np.ndarray, values: np.ndarray, limits: tuple[float, float], theme: str, form: str
) -> dict[str, Any]:
    """The last days of a judged number with its yellow and red limits as lines."""
    colour = tokens(theme)
    bounds = [
        {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": limit, "y1": limit,
         "line": {"color": colour[name], "width": 2}}
        for limit, name in zip(limits, ("yellow", "red"), strict=True)
    ]  # fmt: skip
    line = {"type": "scatter", "mode": "lines+markers", "x": days, "y": values,
            "marker": {"size": 4}, "line": {"color": colour["text"], "width": 1.5},
            "hovertemplate": "%{x|%Y-%m-%d}  %{y}<extra></extra>"}  # fmt: skip
    layout = _layout(colour, 12, {"shapes": bounds})
    layout["xaxis"] |= {"tickformat": "%m-%d", "nticks": 5}
    layout["yaxis"] |= {"rangemode": "normal", "nticks": 4, "tickformat": form}
    layout["margin"] = {"l": 8, "r": 8, "t": 8, "b": 8}
    return {"data": [line], "layout": layout}


def failed_figure(text: str) -> dict[str, Any]:
    """A chart without data that says why."""
    words = {"text": text, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    hidden = {"visible": False}
    transparent = "rgba(0,0,0,0)"
    layout = {"annotations": [words], "xaxis": hidden, "yaxis": hidden,
              "paper_bgcolor": transparent, "plot_bgcolor": transparent}  # fmt: skip
    return {"data": [], "layout": layout}
