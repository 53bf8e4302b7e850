"""Sales by hour with the expected band: yesterday's end to 72 h ahead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from components.charts import hours_figure
from components.words import money
from domain.scope import Scope
from errors import BadInput
from pages.panels.sight import Sight
from queries import read

HOURS_AHEAD = 72
_DESK_TEXT = 13  # pixels
_WALL_SHARE = 60  # a wall's text is a sixtieth of its height


def figure(sight: Sight) -> dict[str, Any]:
    """The chart's figure; raises what reading raised."""
    rows = hours(sight.scope, sight.tz, sight.now)
    texts = {
        "now": sight.say("board.now", time=f"{sight.now:%H:%M}"),
        "expected": sight.say("board.hours.expected"),
        "actual": sight.say("board.hours.actual"),
    }
    size = sight.view.lines // _WALL_SHARE if sight.view.is_wall else _DESK_TEXT
    return hours_figure(
        rows, pd.Timestamp(sight.now), sight.view.theme, texts, size, sight.language
    )


def hours(scope: Scope, tz: str, now: datetime) -> pd.DataFrame:
    """The rows of the chart, from midnight on (see net_sales_by_hour); `now` is local."""
    midnight = now.replace(hour=0, minute=0)
    last = now.replace(minute=0) + timedelta(hours=HOURS_AHEAD)
    return read("net_sales_by_hour", scope, tz=tz, first=midnight, last=last)


def in_words(sight: Sight) -> str:
    """What the chart shows, for who cannot see it; raises what reading raised."""
    rows = hours(sight.scope, sight.tz, sight.now)
    known = rows[rows["net_sales_amount"].notna() & rows["is_complete"]]
    ahead = rows[(rows["local_hour"] > sight.now) & rows["expected_amount"].notna()]
    parts = []
    if len(known):
        last = known.iloc[-1]
        parts.append(_told(sight, "board.hours.words.last", last, "net_sales_amount"))
    if len(ahead):
        most = ahead.iloc[int(ahead["expected_amount"].to_numpy(dtype=float).argmax())]
        parts.append(_told(sight, "board.hours.words.most", most, "expected_amount"))
    return " ".join(parts) or sight.say("drawer.none")


def _told(sight: Sight, key: str, row: pd.Series, column: str) -> str:
    amounts = {
        name: money(None if pd.isna(value) else float(value), sight.currency, sight.language)
        for name, value in (("amount", row[column]), ("expected", row["expected_amount"]))
    }
    return sight.say(key, time=f"{row['local_hour']:%m-%d %H:%M}", **amounts)


def metric_of(hour: str, now: datetime) -> str:
    """The metric whose rows stand behind an hour of the chart: what was sold, or what will be.

    BadInput where `hour` (local) is no instant.
    """
    try:
        is_ahead = datetime.fromisoformat(hour) > now
    except (TypeError, ValueError):
        raise BadInput("This link opens nothing.", "Open the number on the board.") from None
    return "next_72h" if is_ahead else "sales_since_open"
