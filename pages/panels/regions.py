"""Regions by signal: the units below, one column a metric."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from dash import html

from components import pieces
from components.words import DASH, money, percent
from domain.metrics import METRICS, STORE_METRIC, Metric
from domain.status import ORDER, ratio
from domain.thresholds import Threshold
from errors import DataMissing, WarRoomError
from pages.panels import reading_text
from pages.panels.sight import Sight, asked, thresholds
from queries import read

STORES_SHOWN = 6
WALL_UNITS = 6  # a wall does not scroll: the worst, and how many there are
_STORE_HEADS = (
    "metric.sales_since_open.short",
    "column.sales_since_open.numerator",
    "column.sales_since_open.denominator",
)


def panel(sight: Sight) -> html.Section:
    """A row a unit, the worst first; a metric that is not connected says so in its header."""
    title = sight.say("board.regions")
    units = sorted(sight.children(), key=lambda unit: (_severity(sight, unit), sight.name(unit)))
    if not units:
        return _stores(sight)
    shown = units[:WALL_UNITS] if sight.view.is_wall else units
    right = ""
    if len(shown) < len(units):
        right = sight.say("board.stores.right", shown=len(shown), count=len(units))
    head = [html.Td(""), *(_head(sight, metric) for metric in METRICS)]
    body = [
        html.Tr([_unit(sight, unit), *(_cell(sight, metric, unit) for metric in METRICS)])
        for unit in shown
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])
    return pieces.card(title, right, html.Div(table, className="scroll", tabIndex=0), "regions")


def _stores(sight: Sight) -> html.Section:
    """Where no unit lies below: the stores, the largest expectation first."""
    title = sight.say("board.stores")
    try:
        rows = read("sales_since_open_by_store", sight.scope, **asked(sight.tz, sight.now, 1))
    except WarRoomError:  # the tile of sales says what is wrong
        rows = None
    if rows is None or not len(rows):
        return pieces.card(title, "", pieces.note(sight.say("board.regions.none")), "regions")
    limits = thresholds(sight.scope, STORE_METRIC.id)
    largest = rows.sort_values("denominator", ascending=False).head(STORES_SHOWN)
    heads = [html.Th(sight.say(key), scope="col") for key in ("column.store_name", *_STORE_HEADS)]
    body = [_store(sight, row, limits) for row in largest.to_dict("records")]
    right = sight.say("board.stores.right", shown=len(largest), count=len(rows))
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)])
    return pieces.card(title, right, html.Div(table, className="scroll", tabIndex=0), "regions")


def _store(
    sight: Sight, row: dict[Hashable, Any], limits: Mapping[str | None, Threshold]
) -> html.Tr:
    share = ratio(row["numerator"], row["denominator"])
    held = limits.get(row["org_unit_id"], limits[None])
    status = STORE_METRIC.status(share, int(row["case_count"]), held.limits)
    target = {"metric": "sales_since_open", "unit": sight.root, "store": row["store_id"]}
    cell = pieces.opens(
        [pieces.mark(status, sight.language), percent(share)],
        target,
        sight.say("board.open", name=row["name"]),
        "cell",
    )
    amounts = [
        html.Td(money(row[side], sight.currency, sight.language))
        for side in ("numerator", "denominator")
    ]
    return html.Tr([html.Th(row["name"], scope="row"), html.Td(cell), *amounts])


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
