"""A sight: everything the board's panels draw from, read once for one scope and view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from components.words import say
from data.versions import locate
from domain.decision import Decision
from domain.metrics import METRICS
from domain.readings import Reading, read_units
from domain.scope import Scope
from domain.thresholds import KIND, Threshold, carried, effective_all, lost
from errors import WarRoomError
from pages.panels.view import View
from queries import read
from settings import settings
from state import recall

DAYS_SHOWN = 14  # of a tile's sparkline, and how far back the age of a breach is known
DAYS_TRIED = 90  # over which thresholds are tried
Readings = dict[str | None, Reading]


@dataclass(frozen=True)
class Sight:
    """`now` is local and naive, `root` the scope's unit (None: no units), `units` its frame."""

    scope: Scope
    view: View
    tz: str
    now: datetime
    root: str | None
    units: pd.DataFrame
    readings: dict[str, Readings | WarRoomError]

    @property
    def language(self) -> str:
        return self.view.lang

    @property
    def currency(self) -> str:
        return settings().currency

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def name(self, unit_id: str | None) -> str:
        """The unit's name; what stands for the whole where the data name no unit."""
        named = self.units[self.units["org_unit_id"] == unit_id] if unit_id else self.units[:1]
        if len(named) and not pd.isna(named["name"].iloc[0]):
            return str(named["name"].iloc[0])
        return unit_id or self.say("board.whole")

    def manager(self, unit_id: str | None) -> str:
        named = self.units[self.units["org_unit_id"] == unit_id]["manager_name"]
        return str(named.iloc[0]) if len(named) and not pd.isna(named.iloc[0]) else ""

    def children(self) -> list[str]:
        return [str(unit) for unit in self.units[~self.units["is_scope_unit"]]["org_unit_id"]]

    def of(self, metric_id: str, unit_id: str | None) -> Reading | None:
        """A reading, None where there are no rows; raises what reading them raised."""
        found = self.readings[metric_id]
        if isinstance(found, WarRoomError):
            raise found
        return found.get(unit_id)


def moment(scope: Scope) -> tuple[str, datetime]:
    """The company's time zone, and the scope's moment in it, to the minute (naive).

    To the minute, so that a version that changes nothing draws nothing anew.
    """
    tz = str(read("company", scope)["tz"].iloc[0])
    local = scope.as_of.astimezone(ZoneInfo(tz))
    return tz, local.replace(second=0, microsecond=0, tzinfo=None)


def asked(tz: str, now: datetime, days: int) -> dict[str, Any]:
    """The parameters of every metric view: the `days` local days up to today."""
    today: date = now.date()
    return {"tz": tz, "now": now, "today": today, "first_day": today - timedelta(days=days - 1)}


def look(scope: Scope, view: View) -> Sight:
    """Reads units, thresholds and all metrics; a metric that cannot be read says why."""
    tz, now = moment(scope)
    units = read("units", scope)
    unit_ids = units["org_unit_id"]
    root = None if not len(units) or pd.isna(unit_ids.iloc[0]) else str(unit_ids.iloc[0])
    readings: dict[str, Readings | WarRoomError] = {}
    for metric in METRICS:
        try:
            rows = read(metric.id, scope, **asked(tz, now, DAYS_SHOWN))
            limits = thresholds(scope, metric.id)
            readings[metric.id] = read_units(metric, rows, limits)
        except WarRoomError as error:
            readings[metric.id] = error
    return Sight(scope, view, tz, now, root, units, readings)


def thresholds(scope: Scope, metric_id: str) -> dict[str | None, Threshold]:
    """The thresholds that hold in every unit, its own or inherited from above."""
    parents = _parents(scope)
    decided = carried(recall(KIND, scope, key=metric_id), parents, _sources(scope.version))
    return effective_all(metric_id, parents, decided)


def lost_thresholds(scope: Scope) -> tuple[Decision, ...]:
    """The thresholds that were laid down in units that the scope's version does not have."""
    units = _parents(scope)
    return lost(carried(recall(KIND, scope), units, _sources(scope.version)), units)


def _parents(scope: Scope) -> dict[str, str | None]:
    rows = read("unit_parents", scope)
    return {
        str(unit): None if pd.isna(parent) else str(parent)
        for unit, parent in zip(rows["org_unit_id"], rows["parent_id"], strict=True)
    }


def _sources(version_id: str) -> tuple[str, ...]:
    return tuple(locate(settings().data, version_id).manifest["sources"])


def published_at(scope: Scope) -> datetime:
    """When the scope's version was published (UTC)."""
    manifest = locate(settings().data, scope.version).manifest
    return datetime.fromisoformat(manifest["published_at"])
