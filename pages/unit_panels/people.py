"""Who earns a unit's revenue, and its quotes."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from components import pieces
from components.words import exact, percent, plain, say, symbol
from pages.unit_panels.offers import open_first
from pages.unit_panels.rows import records
from pages.unit_panels.unit import Unit
from pages.unit_panels.view import options_path
from settings import settings

_MOST = 6


def heads(unit: Unit) -> html.Section:
    """Its reps by revenue: what each earns here, and how much of a head that makes."""
    language, rows = unit.books.view.lang, unit.heads
    title = say("units.heads", language)
    if "rep_id" not in rows or not len(rows):
        return pieces.card(title, "", pieces.note(say("units.heads.none", language)))
    shown = [_head(unit, row) for row in records(rows.head(_MOST))]
    if len(rows) > _MOST:
        shown.append(_rest(rows[_MOST:], language))
    names = ("name", "revenue", "share")
    top = [
        html.Th(say(f"units.heads.{name}", language, currency=settings().currency), scope="col",
                className="" if name == "name" else "n")
        for name in names
    ]  # fmt: skip
    kept = unit.account["retention_rate"]
    talents = "" if kept is None else say(
        "units.talents", language, kept=unit.account["key_talents_at_end"],
        before=unit.account["key_talents_at_start"])  # fmt: skip
    right = say("units.heads.right", language, heads=plain(unit.account["head_count"], 1))
    table = html.Table([html.Thead(html.Tr(top)), html.Tbody(shown)])
    body = [html.Div(table, className="scroll", tabIndex=0), pieces.note(talents)]
    return pieces.card(title, right, html.Div(body))


def _head(unit: Unit, row: dict[str, Any]) -> html.Tr:
    language = unit.books.view.lang
    name: list[Any] = [str(row["rep_name"] or row["rep_id"])]
    if not pd.isna(row["is_key_talent"]) and row["is_key_talent"]:
        name.append(html.Small(say("units.key_talent", language), className="tag"))
    left_on = None if pd.isna(row["leave_date"]) else pd.Timestamp(row["leave_date"]).date()
    if left_on and left_on <= unit.books.today:
        name.append(html.Small(say("units.left_on", language, day=left_on), className="tag lost"))
    whole = row["rep_revenue_amount"]
    share = row["net_revenue_amount"] / whole if whole > 0 else None
    cells = [exact(row["net_revenue_amount"], language, 0), percent(share)]
    return html.Tr([html.Th(name, scope="row"), *(html.Td(cell, className="n") for cell in cells)])


def _rest(rows: pd.DataFrame, language: str) -> html.Tr:
    amount = exact(float(rows["net_revenue_amount"].sum()), language, 0)
    name = say("units.rest", language, n=len(rows))
    return html.Tr([html.Th(name, scope="row", className="muted"),
                    html.Td(amount, className="n"), html.Td("")])  # fmt: skip


def quotes(unit: Unit) -> html.Section:
    """Its quotes with scenarios, each a way to its options."""
    view, rows = unit.books.view, unit.quotes
    title = say("units.quotes", view.lang)
    if "opp_id" not in rows or not len(rows):
        return pieces.card(title, "", pieces.note(say("units.quotes.none", view.lang)))
    links = [_quote(unit, row) for row in records(open_first(rows).head(_MOST))]
    right = html.A(say("units.quotes.all", view.lang, n=len(rows)), href=_options(unit, ""))
    return pieces.card(title, right, html.Ul(links, className="quotes"))  # type: ignore[arg-type]


def _quote(unit: Unit, row: dict[str, Any]) -> html.Li:
    language = unit.books.view.lang
    amount = f"{symbol(settings().currency)}{exact(row['amount'], language, 0)}"
    count = say("options.scenarios", language, n=int(row["scenario_count"]))
    name = str(row["name"] or row["opp_id"])
    link = html.A(name, href=_options(unit, str(row["opp_id"])), title=name)
    return html.Li([link, html.Span(count, className="muted"), html.Span(amount, className="n")])


def _options(unit: Unit, quote: str) -> str:
    view = unit.books.view
    return options_path(unit.key) + view.search(opened="", quote=quote)
