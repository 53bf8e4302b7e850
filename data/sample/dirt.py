"""Planted dirty rows: late deliveries that break the contract, and how many of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

UNKNOWN_CUSTOMER = "C99999"


@dataclass(frozen=True)
class Dirt:
    """Rows of one extract's late file: `quarantined` of them break the contract, `unmatched`
    name a customer who is not there (they go on, and are reported).
    """

    rows: pd.DataFrame
    quarantined: int
    unmatched: int = 0


def plant(frames: dict[str, pd.DataFrame]) -> dict[str, Dirt]:
    """The late rows by extract, made from good rows of the frames."""
    lines, touchpoints, tickets = frames["order_lines"], frames["touchpoints"], frames["tickets"]
    wrong_ticket = _again(tickets, "ticket_id", 3, severity=9)
    return {
        "customers": Dirt(frames["customers"].head(2), 2),
        "order_lines": _joined(
            Dirt(lines.head(3), 3),
            Dirt(_again(lines, "order_line_id", 2, invoice_date=date(2206, 3, 1)), 2),
            Dirt(_again(lines.iloc[10:], "order_line_id", 3, customer_id=UNKNOWN_CUSTOMER), 0, 3),
        ),
        "cost_items": Dirt(_again(frames["cost_items"], "cost_item_id", 2, cost_type="misc"), 2),
        "opportunities": _joined(
            Dirt(_again(frames["opportunities"], "opp_id", 2, opp_type="upsell"), 2),
            Dirt(_again(frames["opportunities"].iloc[5:], "opp_id", 1, rep_probability=45.0), 1),
        ),
        "touchpoints": _joined(
            Dirt(touchpoints.head(2), 2),
            Dirt(_again(touchpoints, "event_id", 3, source="sms"), 3),
            Dirt(_again(touchpoints.iloc[9:], "event_id", 4, customer_id=UNKNOWN_CUSTOMER), 0, 4),
        ),
        "tickets": _joined(
            Dirt(wrong_ticket, 3),
            Dirt(_again(tickets.iloc[9:], "ticket_id", 1, customer_id=UNKNOWN_CUSTOMER), 0, 1),
        ),
        "pos_hours": Dirt(frames["pos_hours"].head(3), 3),
        "indicators": Dirt(frames["indicators"].head(1).assign(period="week"), 1),
    }


def _again(table: pd.DataFrame, key: str, many: int, **changed: Any) -> pd.DataFrame:
    rows = table.head(many).assign(**changed)
    mark = next(iter(changed))
    return rows.assign(**{key: lambda late: late[key] + f"-late-{mark}"})


def _joined(*parts: Dirt) -> Dirt:
    rows = pd.concat([part.rows for part in parts], ignore_index=True)
    return Dirt(rows, sum(p.quarantined for p in parts), sum(p.unmatched for p in parts))
