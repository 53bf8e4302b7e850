"""Regions by signal: the units below, one column a metric."""

from __future__ import annotations

from typing import Any

from dash import html

from components import pieces
from components.words import DASH
from domain.metrics import METRICS, Metric
from domain.status import ORDER
from errors import DataMissing, WarRoomError
from pages.panels import reading_text
from pages.panels.sight import Sight


def panel(sight: Sight) -> html.Section:
    """A row a unit, the worst first; a metric that is not connected says so in its header."""
    title = sight.say("board.regions")
    units = sorted(sight.children(), key=lambda unit: (_severity(sight, unit), sight.name(unit)))
    if not units:
        return pieces.card(title, "", pieces.note(sight.say("board.regions.none")), "regions")
    head = [html.Th(""), *(_head(sight, metric) for metric in METRICS)]
    body = [
        html.Tr([_unit(sight, unit), *(_cell(sight, metric, unit) for metric in METRICS)])
        for unit in units
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])
    return pieces.card(title, "", html.Div(table, className="scroll", tabIndex=0), "regions")


def _severity(sight: Sight, unit: str) -> tuple[int, ...]:
    """How many red, then yellow, the unit has: more comes first."""
    found = [
        reading.status
        for readings in sight.readings.values()
        if not isinstance(readings, WarRoomError) and (reading := readings.get(unit))
    ]
    return tuple(-found.count(status) for status in sorted(ORDER, key=ORDER.__getitem__)[:2])


def _head(sight: Sight, metric: Metric) -> html.Th:
    name = sight.say(f"metric.{metric.id}.short")
    error = sight.readings[metric.id]
    if isinstance(error, DataMissing):
        hint = sight.say("missing", extracts=", ".join(error.extracts))
        return html.Th(name, title=hint, scope="col")
    return html.Th(name, scope="col")


def _unit(sight: Sight, unit: str) -> html.Th:
    name = sight.name(unit)
    return html.Th(pieces.goes(name, {"unit": unit}, "name"), scope="row", title=name)


def _cell(sight: Sight, metric: Metric, unit: str) -> html.Td:
    try:
        reading = sight.of(metric.id, unit)
    except WarRoomError:
        reading = None
    if reading is None:
        return html.Td([pieces.mark("grey", sight.language), DASH], className="empty")
    label = sight.say("board.open", name=f"{sight.name(unit)}, {sight.say(f'metric.{metric.id}')}")
    parts: list[Any] = [
        pieces.mark(reading.status, sight.language), reading_text.small(sight, reading)
    ]  # fmt: skip
    return html.Td(pieces.opens(parts, {"metric": metric.id, "unit": unit}, label, "cell"))
