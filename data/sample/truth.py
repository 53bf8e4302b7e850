"""What was planted, for tests and for judging the product; the product never reads it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from data.sample.catalogue import LOSS_MAKING_OPTIONS
from data.sample.chance import DAYS_OF_HISTORY, local_day, midnight
from data.sample.company import Company
from data.sample.dirt import Dirt
from data.sample.drops import ACTIONS, Drop, plan_day
from data.sample.orders import PRICE_CUT, loss_makers
from data.sample.service import falling_customers
from data.sample.shops import REGION_LEVEL, WEEKDAY_LEVEL, WEEKEND, WORKDAY, Shops
from data.sample.signals import SIGNALS


def truth_of(
    company: Company, shops: Shops, dirt: dict[str, Dirt], slipping: list[str]
) -> dict[str, Any]:
    """Everything planted: drops with their hours, interventions, causes, dirty rows."""
    today = local_day(company.now)
    days = [today - timedelta(number) for number in range(DAYS_OF_HISTORY, -1, -1)]
    planned = [(day, drop) for day in days for drop in plan_day(shops.seed, shops.regions, day)]
    return {
        "seed": company.seed,
        "scale": company.scale,
        "now": company.now.isoformat(),
        "drops": [_drop(shops, day, drop) for day, drop in planned],
        "actions": {name: {"takes_away_share": share} for name, share in ACTIONS.items()},
        "loss_making_customers": loss_makers(company),
        "loss_making_options": list(LOSS_MAKING_OPTIONS),
        "price_cut": {
            "product_line": "compressors", "customer_cluster": "exporters",
            "channel_id": "CH-DEALER", "share_of_list_price": PRICE_CUT, "days": 90,
        },
        "slipping_sandboxes": slipping,
        "tax_falling_customers": falling_customers(company),
        "signal_lift_before_a_win": {signal.signal_id: signal.win_lift for signal in SIGNALS},
        "season": {
            "workday_hours": WORKDAY.tolist(),
            "weekend_hours": WEEKEND.tolist(),
            "weekdays": WEEKDAY_LEVEL.tolist(),
            "regions": REGION_LEVEL,
        },
        "quarantined": {name: planted.quarantined for name, planted in dirt.items()},
        "unmatched_customers": {
            name: planted.unmatched for name, planted in dirt.items() if planted.unmatched
        },
    }  # fmt: skip


def interventions_of(company: Company, shops: Shops) -> list[dict[str, Any]]:
    """What people did about drops before today, without what it brought: as a state may hold it."""
    today = local_day(company.now)
    days = [today - timedelta(number) for number in range(DAYS_OF_HISTORY, 0, -1)]
    return [
        _intervention(shops, day, drop)
        for day in days
        for drop in plan_day(shops.seed, shops.regions, day)
        if drop.kind == "acted_drop"
    ]


def _drop(shops: Shops, day: date, drop: Drop) -> dict[str, Any]:
    return {
        "store_id": shops.ids[drop.shop],
        "day": day.isoformat(),
        "first_hour": drop.first_hour,
        "last_hour": drop.last_hour,
        "depth": drop.depth,
        "kind": drop.kind,
        "action": "" if drop.is_held_out else drop.action,
    }


def _intervention(shops: Shops, day: date, drop: Drop) -> dict[str, Any]:
    acted_at = midnight(day) + timedelta(hours=drop.acted_hour)
    return {
        "subject_kind": "store",
        "subject_id": shops.ids[drop.shop],
        "alert_at": (acted_at - timedelta(hours=1)).isoformat(),
        "acted_at": None if drop.is_held_out else acted_at.isoformat(),
        "action": drop.action,
        "is_held_out": drop.is_held_out,
    }
