"""What the page of options draws from: a unit's quotes, the chosen one, what it is judged by."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from components.words import say
from data.profiles import profile
from domain.options import Quote, quote
from domain.scenarios import Terms
from domain.scope import Scope
from errors import BadInput
from pages.unit_panels.rows import records
from pages.unit_panels.view import UnitsView
from queries import read
from settings import settings


@dataclass(frozen=True)
class Offers:
    """`unit` is the profit unit's row, `quotes` its deals with scenarios as open_first() has them.

    `deal` is the chosen quote's row, `clauses` its clauses; both None or empty without a quote.
    """

    unit: pd.Series
    quotes: pd.DataFrame
    deal: pd.Series | None
    clauses: pd.DataFrame


def look(scope: Scope, view: UnitsView, profit_unit: str) -> Offers:
    """Reads a unit's quotes; BadInput for a unit or a quote that is not there."""
    today = scope.as_of.date()
    units = read("profit_units_now", scope, today=today)
    found = units[units["profit_unit_id"] == profit_unit]
    if not len(found):
        raise BadInput(say("units.problem.unit", view.lang))
    quotes = open_first(read("quotes", scope, profit_unit_id=profit_unit))
    if not len(quotes):
        return Offers(found.iloc[0], quotes, None, pd.DataFrame())
    deal = _chosen(quotes, view.quote, view.lang)
    clauses = read("clause_rows", scope, opp_id=str(deal["opp_id"]))
    return Offers(found.iloc[0], quotes, deal, clauses)


def open_first(quotes: pd.DataFrame) -> pd.DataFrame:
    """What can still be decided comes first, the largest of it on top."""
    return quotes.assign(is_closed=quotes["is_won"].notna()).sort_values(
        ["is_closed", "amount", "opp_id"], ascending=[True, False, True]
    )


def _chosen(quotes: pd.DataFrame, deal: str, language: str) -> pd.Series:
    named = quotes[quotes["opp_id"] == deal] if deal else quotes[:1]
    if not len(named):
        raise BadInput(say("units.problem.quote", language))
    return named.iloc[0]


def terms(view: UnitsView, offers: Offers) -> Terms:
    """What people chose, else what is known: the deal's probability, the floor of its line.

    Raises BadInput for a value out of its range.
    """
    known = None if offers.deal is None else offers.deal["rep_probability"]
    bases = offers.clauses[offers.clauses["clause_type"] == "base"]
    line = str(bases["product_line"].iloc[0]) if len(bases) else None
    floor = profile(settings().margin_profile).floor(line)
    return Terms(
        win_probability=_share(view.p0, None if pd.isna(known) else float(known)),
        loss_per_day=0.0 if view.day_cost is None else view.day_cost,
        promised_days=view.promised,
        floor_rate=_share(view.floor, floor),
    )


def _share(percent: float | None, otherwise: float | None) -> float | None:
    return otherwise if percent is None or not math.isfinite(percent) else percent / 100


def judged(offers: Offers, wanted: Terms) -> Quote:
    """The chosen quote's scenarios against its plainest one."""
    rows = records(offers.clauses)
    return quote(rows, wanted)


def contents(clauses: pd.DataFrame, words: dict[str, str]) -> dict[str, str]:
    """A clause's name by its id: its product's, else the word for its type."""
    return {
        str(row["clause_id"]): words.get(row["clause_type"], str(row["clause_type"]))
        if pd.isna(row["product_name"])
        else str(row["product_name"])
        for row in records(clauses)
    }
