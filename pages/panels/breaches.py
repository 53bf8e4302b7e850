"""Needs a decision: every breach of a threshold, by region and by store."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from components import pieces
from components.words import clock, money, percent
from domain.metrics import METRIC, METRICS, STORE_METRIC
from domain.readings import Reading
from domain.status import ORDER, Status, ratio
from errors import WarRoomError
from pages.panels import reading_text
from pages.panels.sight import Sight, asked, thresholds
from queries import read

LISTED = 4  # at the wall; a desk scrolls through all


@dataclass(frozen=True)
class Breach:
    """One breach as the list shows it; `at_stake` in reporting currency, None where unknown."""

    status: Status
    title: str
    where: str
    owner: str
    age: str
    at_stake: float | None
    target: dict[str, Any]


def breaches(sight: Sight) -> list[Breach]:
    """All breaches of the scope's children and stores, red first, then by the money at stake."""
    found = [*_of_units(sight), *_of_stores(sight)]
    return sorted(found, key=lambda each: (ORDER[each.status], -(each.at_stake or 0.0)))


def panel(sight: Sight) -> html.Section:
    """The card of the list; at a wall the first few, and how many more there are."""
    found = breaches(sight)
    title = sight.say("board.breaches")
    if not found:
        return pieces.card(title, "", pieces.note(sight.say("board.breaches.none")), "list")
    shown = found[:LISTED] if sight.view.is_wall else found
    items = [_item(sight, breach) for breach in shown]
    reds = sum(breach.status == "red" for breach in found)
    right = sight.say("board.breaches.right", red=reds, yellow=len(found) - reds)
    if len(shown) < len(found):
        right = sight.say("board.breaches.first", counts=right, shown=len(shown))
    return pieces.card(title, right, html.Div(items, className="items", tabIndex=0), "list")


def _item(sight: Sight, breach: Breach) -> Any:
    stake = money(breach.at_stake, sight.currency, sight.language) if breach.at_stake else ""
    between = " · " if breach.owner and breach.age else ""
    who: list[Any] = [
        html.Bdi(breach.owner),
        html.Span(between + breach.age),
    ]  # whatever way the name runs
    parts = [
        pieces.mark(breach.status, sight.language),
        html.B(breach.title),
        html.B(stake, className="amount"),
        html.Span([html.Bdi(breach.where), html.Span(who)], className="under"),
    ]
    return pieces.opens(parts, breach.target, sight.say("board.open", name=breach.where), "item")


def _of_units(sight: Sight) -> list[Breach]:
    return [
        _of_unit(sight, reading)
        for metric in METRICS
        for unit in sight.children()
        if (reading := _reading(sight, metric.id, unit)) is not None and reading.is_breach
    ]


def _reading(sight: Sight, metric_id: str, unit: str) -> Reading | None:
    try:
        return sight.of(metric_id, unit)
    except WarRoomError:  # its tile says what is wrong
        return None


def _of_unit(sight: Sight, reading: Reading) -> Breach:
    metric = reading.metric
    value = reading_text.small(sight, reading)
    return Breach(
        reading.status,
        sight.say(f"breach.{metric.id}", value=value),
        sight.name(reading.unit_id),
        sight.manager(reading.unit_id),
        sight.say("board.today") if reading.days < 2 else sight.say("board.days", n=reading.days),
        reading.at_stake,
        {"metric": metric.id, "unit": reading.unit_id},
    )


def _of_stores(sight: Sight) -> list[Breach]:
    try:
        rows = read("sales_since_open_by_store", sight.scope, **asked(sight.tz, sight.now, 1))
    except WarRoomError:  # the tile of sales says what is wrong
        return []
    limits = thresholds(sight.scope, STORE_METRIC.id)
    found = []
    for row in rows.to_dict("records"):
        value = ratio(row["numerator"], row["denominator"])
        held = limits.get(row["org_unit_id"], limits[None])
        status = STORE_METRIC.status(value, int(row["case_count"]), held.limits)
        if status in ("red", "yellow"):
            found.append(_of_store(sight, row, value, status))
    return found


def _of_store(
    sight: Sight, row: dict[Hashable, Any], value: float | None, status: Status
) -> Breach:
    since = None if pd.isna(row["below_since"]) else row["below_since"].to_pydatetime()
    shown = clock(since, sight.now.date())
    return Breach(
        status,
        sight.say("breach.store", value=percent(value)),
        str(row["name"]),
        "" if pd.isna(row["manager_name"]) else str(row["manager_name"]),
        sight.say("board.since", time=shown) if since else "",
        float(row["at_stake_amount"]),
        {"metric": METRIC["sales_since_open"].id, "unit": sight.root, "store": row["store_id"]},
    )
