"""The five tiles: where the unit stands."""

from __future__ import annotations

from typing import Any

from dash import html

from components import pieces
from components.words import DASH
from domain.metrics import METRICS, Metric
from domain.readings import Reading
from errors import DataMissing, WarRoomError
from pages.panels import reading_text
from pages.panels.sight import DAYS_SHOWN, Sight


def tiles(sight: Sight) -> list[Any]:
    """One tile a metric that has one, in the registry's order."""
    return [_tile(sight, metric) for metric in METRICS if metric.has_tile]


def _tile(sight: Sight, metric: Metric) -> Any:
    title = sight.say(f"metric.{metric.id}")
    try:
        reading = sight.of(metric.id, sight.root)
    except WarRoomError as error:
        return _bare(sight, title, say_error(sight, error))
    if reading is None:
        return _bare(sight, title, sight.say("board.nothing_to_judge"))
    return _shown(sight, title, reading)


def _shown(sight: Sight, title: str, reading: Reading) -> Any:
    number, unit = reading_text.big(sight, reading)
    heading = html.Header([html.H2(title), pieces.mark(reading.status, sight.language)])
    line = pieces.spark(reading.history, sight.say("board.spark", days=DAYS_SHOWN))
    foot = html.Div(
        [html.Span(reading_text.against(sight, reading), className=f"against {reading.status}"),
         line],
        className="foot",
    )  # fmt: skip
    big = html.Strong([number, html.Small(unit)] if unit else number)
    target = {"metric": reading.metric.id, "unit": reading.unit_id}
    label = sight.say("board.open", name=title)
    return pieces.opens([heading, big, foot], target, label, "card tile")


def _bare(sight: Sight, title: str, text: str) -> html.Section:
    heading = html.Header([html.H2(title), pieces.mark("grey", sight.language)])
    foot = html.Div(html.Span(text, className="against grey"), className="foot")
    return html.Section([heading, html.Strong(DASH), foot], className="card tile")


def say_error(sight: Sight, error: WarRoomError) -> str:
    """An error as a panel says it: what to connect, or what went wrong and what to do."""
    if isinstance(error, DataMissing):
        return sight.say("missing", extracts=", ".join(error.extracts))
    return str(error)
