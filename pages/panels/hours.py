"""Sales by hour with the expected band: yesterday's end to 72 h ahead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from components.charts import hours_figure
from errors import BadInput
from pages.panels.sight import Sight
from queries import read

HOURS_AHEAD = 72
_DESK_TEXT = 13  # pixels
_WALL_SHARE = 60  # a wall's text is a sixtieth of its height


def figure(sight: Sight) -> dict[str, Any]:
    """The chart's figure; raises what reading raised."""
    midnight = sight.now.replace(hour=0, minute=0)
    last = sight.now.replace(minute=0) + timedelta(hours=HOURS_AHEAD)
    rows = read("net_sales_by_hour", sight.scope, tz=sight.tz, first=midnight, last=last)
    texts = {
        "now": sight.say("board.now", time=f"{sight.now:%H:%M}"),
        "expected": sight.say("board.hours.expected"),
        "actual": sight.say("board.hours.actual"),
    }
    size = sight.view.lines // _WALL_SHARE if sight.view.is_wall else _DESK_TEXT
    return hours_figure(
        rows, pd.Timestamp(sight.now), sight.view.theme, texts, size, sight.language
    )


def metric_of(hour: str, now: datetime) -> str:
    """The metric whose rows stand behind an hour of the chart: what was sold, or what will be.

    BadInput where `hour` (local) is no instant.
    """
    try:
        is_ahead = datetime.fromisoformat(hour) > now
    except (TypeError, ValueError):
        raise BadInput("This link opens nothing.", "Open the number on the board.") from None
    return "next_72h" if is_ahead else "sales_since_open"
