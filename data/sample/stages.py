"""The stages of the three pipelines."""

from __future__ import annotations

import pandas as pd

# stage id, name, forecast category, closed, won, days allowed, the rep's usual probability
_STAGES = {
    "leads": (
        ("lead_new", "New 新线索", "pipeline", False, False, 3, 0.10),
        ("lead_contacted", "Contacted 已联系", "pipeline", False, False, 7, 0.25),
        ("lead_assessed", "Assessed 已评估", "best_case", False, False, 14, 0.45),
        ("lead_converted", "Converted 已转化", "won", True, True, None, 1.0),
        ("lead_dropped", "Dropped 已放弃", "lost", True, False, None, 0.0),
    ),
    "sales": (
        ("sales_discovery", "Discovery 需求确认", "pipeline", False, False, 21, 0.15),
        ("sales_solution", "Solution 方案", "best_case", False, False, 28, 0.30),
        ("sales_proposal", "Proposal 报价", "most_likely", False, False, 21, 0.50),
        ("sales_negotiation", "Negotiation 商务谈判", "commit", False, False, 14, 0.75),
        ("sales_won", "Won 赢单", "won", True, True, None, 1.0),
        ("sales_lost", "Lost 输单", "lost", True, False, None, 0.0),
    ),
    "renewals": (
        ("renewal_notice", "Notice 到期提醒", "best_case", False, False, 20, 0.60),
        ("renewal_offer", "Offer 续约报价", "most_likely", False, False, 20, 0.75),
        ("renewal_agreed", "Agreed 口头同意", "commit", False, False, 10, 0.90),
        ("renewal_won", "Renewed 已续约", "won", True, True, None, 1.0),
        ("renewal_lost", "Lapsed 未续约", "lost", True, False, None, 0.0),
    ),
}
_COLUMNS = [
    "pipeline", "stage_order", "stage_id", "name", "forecast_category", "is_closed", "is_won",
    "sla_days", "usual",
]  # fmt: skip
_ALL = pd.DataFrame(
    [(line, order, *row) for line, rows in _STAGES.items() for order, row in enumerate(rows, 1)],
    columns=_COLUMNS,
)
OPEN_STAGES = {line: [row[0] for row in rows if not row[3]] for line, rows in _STAGES.items()}
WON = {line: rows[-2][0] for line, rows in _STAGES.items()}
LOST = {line: rows[-1][0] for line, rows in _STAGES.items()}
_CATEGORY = dict(zip(_ALL["stage_id"], _ALL["forecast_category"], strict=True))
_USUAL = dict(zip(_ALL["stage_id"], _ALL["usual"], strict=True))


def stages() -> pd.DataFrame:
    """The extract stages."""
    return _ALL.drop(columns="usual")


def category(stage_id: str) -> str:
    """The forecast category of a stage."""
    return _CATEGORY[stage_id]


def probability(stage_id: str) -> float:
    """What reps usually put down for a stage, 0..1."""
    return _USUAL[stage_id]
