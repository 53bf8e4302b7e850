"""How old the data on a screen are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from components.words import clock, say
from domain.scope import Scope
from pages.panels.sight import moment, published_at
from queries import read

_STEPS = (("minutes", 1, 120), ("hours", 60, 48 * 60), ("days", 24 * 60, 10**12))  # in minutes


def data_age(scope: Scope, language: str) -> str:
    """When what is shown was loaded: the publication, in a replay the last reported hour."""
    tz, now = moment(scope)
    loaded: datetime | None = published_at(scope)
    if loaded and loaded > scope.as_of + timedelta(minutes=1):
        loaded = _last_hour(scope, tz)
    if loaded is None:
        return say("age.none", language)
    minutes = max(0, round((scope.as_of - loaded).total_seconds() / 60))
    unit, count = next((unit, minutes // size) for unit, size, most in _STEPS if minutes < most)
    local = loaded.astimezone(ZoneInfo(tz)).replace(tzinfo=None)
    age = say(f"age.{unit}", language, n=count)
    return say("age.data", language, time=clock(local, now.date()), age=age)


def _last_hour(scope: Scope, tz: str) -> datetime | None:
    try:
        found = read("last_hour", scope, tz=tz)["known_until"].iloc[0]
    except LookupError:
        return None
    if pd.isna(found):
        return None
    local: datetime = found.to_pydatetime()
    return local.replace(tzinfo=ZoneInfo(tz)).astimezone(UTC)
