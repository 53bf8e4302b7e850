"""The quotes of a unit, and the form that says by what a quote is judged."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from components import pieces
from components.words import exact, say, symbol
from domain.scenarios import Terms
from pages.shell import to
from pages.unit_panels.offers import Offers
from pages.unit_panels.rows import records
from pages.unit_panels.view import UnitsView
from settings import settings

FIELDS = ("p0", "day_cost", "promised", "floor")


def quotes(offers: Offers, view: UnitsView) -> html.Section:
    """The deals that have scenarios; a press on one shows it."""
    title = say("options.quotes", view.lang)
    if offers.deal is None:
        return pieces.card(title, "", pieces.note(say("options.none", view.lang)), "list")
    chosen = offers.deal["opp_id"]
    items = [_item(row, row["opp_id"] == chosen, view) for row in records(offers.quotes)]
    right = say("options.count", view.lang, n=len(items))
    return pieces.card(title, right, html.Div(items, className="items", tabIndex=0), "list")


def _item(row: dict[str, Any], is_chosen: bool, view: UnitsView) -> html.Button:
    amount = f"{symbol(settings().currency)}{exact(row['amount'], view.lang, 0)}"
    count = say("options.scenarios", view.lang, n=int(row["scenario_count"]))
    is_won = row["is_won"]
    state = "open" if pd.isna(is_won) else "won" if is_won else "lost"
    said = say(f"options.state.{state}", view.lang)
    cells = [html.B(row["name"] or row["opp_id"]), html.Span(amount, className="amount"),
             html.Span(f"{row['opp_id']} · {said} · {count}")]  # fmt: skip
    changes = {"quote": row["opp_id"], "p0": "", "promised": ""}
    return to(cells, changes, "item chosen" if is_chosen else "item",
              **{"aria-pressed": "true" if is_chosen else "false"})  # fmt: skip


def held(wanted: Terms, view: UnitsView) -> dict[str, str]:
    """What the fields hold: what was typed, else what is known."""
    known = {
        "p0": _percent(wanted.win_probability),
        "day_cost": f"{wanted.loss_per_day:g}",
        "promised": "" if wanted.promised_days is None else f"{wanted.promised_days:g}",
        "floor": _percent(wanted.floor_rate),
    }
    return known | {name: text for name, text in view.typed.items() if name in known}


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.6g}"
