"""Costs that came later than the period they belong to: what they restated, and since when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from components.words import money
from domain.profile import COST_COLUMN, cost_columns
from errors import DataMissing
from pages.money.ground import Ground, margin_profile
from pages.panels.sight import moment
from queries import read
from settings import settings

GRACE_DAYS = 1  # the load of the night brings the last day


def late(ground: Ground) -> str:
    """The sentence, or nothing where nothing came later."""
    tz, _ = moment(ground.scope)
    day = ground.period.last + timedelta(days=1 + GRACE_DAYS)
    since = datetime.combine(day, time(), ZoneInfo(tz))
    try:
        rows = read("late_costs", ground.scope, first_day=ground.period.first,
                    last_day=ground.period.last, since=since)  # fmt: skip
    except DataMissing:
        return ""
    taken = cost_columns(margin_profile(), ground.level)
    counted = rows[rows["cost_type"].map(COST_COLUMN).isin(taken)]
    if not len(counted):
        return ""
    amount = money(float(counted["amount"].sum()), settings().currency, ground.language)
    names = ", ".join(ground.say(f"cost.{one}") for one in sorted(counted["cost_type"]))
    return ground.say("profit.late", amount=amount, count=int(counted["item_count"].sum()),
                      day=f"{day:%Y-%m-%d}", names=names)  # fmt: skip
