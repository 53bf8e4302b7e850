"""What stands above an opened unit: its name, who leads it, its numbers, ways to go from it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from dash import html

from components.words import DASH, money, percent, points, say
from pages.money.asked import where_text
from pages.money.labels import member_labels
from pages.shell import to
from pages.unit_panels.books import Books
from pages.unit_panels.columns import moved
from pages.unit_panels.unit import Unit
from pages.unit_panels.view import options_path
from settings import settings


def where(books: Books) -> str:
    """Whose page it is: the org unit, or the whole company."""
    unit = books.view.unit
    if not unit:
        return say("shell.whole", books.view.lang)
    return member_labels(books.scope, "org_unit", (unit,), books.view.lang)[unit]


def _same_question(books: Books) -> dict[str, str]:
    """What the page of profit must be asked to show the same lines as this page."""
    view = books.view
    base = books.base.text if view.base else ""
    query = {**view.kept(), "period": books.period.text, "base": base, "level": view.level}
    return {name: value for name, value in query.items() if value}


def profit_href(books: Books, unit: Unit, with_lines: bool = False) -> str:
    """The profit page of the same period, filtered to the unit; with its order lines open."""
    query = {**_same_question(books), "where": where_text(unit.where)}
    if with_lines:
        query["open"] = '{"lines":[]}'
    return f"/profit?{urlencode(query)}"


def lines(books: Books) -> html.Span:
    """What assets/60-units.js needs to open the order lines of a row; nothing to look at."""
    dimension = "region" if books.view.side == "org" else "profit_unit"
    said = {"dimension": dimension, "query": _same_question(books)}
    given: dict[str, Any] = {"data-lines": json.dumps(said, ensure_ascii=False)}
    return html.Span(id="units-lines", hidden=True, **given)


def panel(books: Books, unit: Unit | None) -> html.Section | None:
    """None while no unit is opened."""
    if unit is None:
        return None
    language, account = books.view.lang, unit.account
    name = account["name"] if unit.id else say("units.none.unit", language)
    links: list[Any] = [
        html.A(say("units.to.lines", language, n=account["line_count"]),
               href=profit_href(books, unit, True)),
        html.A(say("units.to.profit", language), href=profit_href(books, unit)),
    ]  # fmt: skip
    if unit.id:
        options = options_path(unit.key) + books.view.search(opened="")
        links.append(html.A(say("units.to.options", language), href=options))
    close = to("×", {"opened": ""}, "close", title=say("close", language))
    return html.Section(
        [html.Header([html.H2(name, title=name), html.Span(_kind(unit), className="muted"),
                      html.Nav(links, className="push"), close]),
         html.Dl(_numbers(unit))],
        className="unit-head",
    )  # fmt: skip


def _kind(unit: Unit) -> str:
    """Customer cluster infrastructure, led by Chen Wei."""
    account, language = unit.account, unit.books.view.lang
    if not unit.id:
        return ""
    parts = []
    if account.get("unit_type"):
        parts.append(say("units.type." + str(account["unit_type"]), language))
    if account.get("owner_name") or account.get("owner_rep_id"):
        owner = account.get("owner_name") or account["owner_rep_id"]
        parts.append(say("units.led_by", language, name=owner))
    return " · ".join(parts)


def _numbers(unit: Unit) -> list[Any]:
    """The numbers of the unit, each with what it is held against."""
    account, language, currency = unit.account, unit.books.view.lang, settings().currency
    shown = [
        ("revenue", money(account["net_revenue_amount"], currency, language),
         _target(unit, "revenue")),
        ("margin", money(account["margin_amount"], currency, language), _target(unit, "margin")),
        ("rate", percent(account["margin_rate"], 1), _rate_note(unit)),
        ("per_head", money(account["margin_per_head_amount"], currency, language), ""),
        ("talents", _talents(unit), ""),
    ]  # fmt: skip
    if unit.id:
        shown.append(("bonus", money(account["bonus_amount"], currency, language), ""))
    level = say(f"profit.level.{unit.books.level}", language)
    return [
        html.Div([html.Dt(level if name == "margin" else say(f"units.column.{name}", language)),
                  html.Dd([html.B(value), html.Small(note, className="muted")])])
        for name, value, note in shown
    ]  # fmt: skip


def _target(unit: Unit, name: str) -> str:
    """The target in money, or why there is none."""
    target = unit.account[f"{name}_target_amount"]
    if target is None:
        return ""
    amount = money(target, settings().currency, unit.books.view.lang)
    return say("units.of_target", unit.books.view.lang, target=amount)


def _rate_note(unit: Unit) -> str:
    account, language = unit.account, unit.books.view.lang
    change, parts = moved(account), []
    if account["target_rate"] is not None:
        parts.append(say("units.rate_target", language, target=percent(account["target_rate"], 1),
                         gap=points(account["rate_gap_points"])))  # fmt: skip
    else:
        parts.append(say(f"units.no_target.{account['target_rate_missing']}", language))
    if change is not None:
        parts.append(say("units.rate_moved", language, moved=points(change)))
    return ", ".join(parts)


def _talents(unit: Unit) -> str:
    before = unit.account["key_talents_at_start"]
    if not before:
        return DASH
    kept = unit.account["key_talents_at_end"]
    return say("units.kept", unit.books.view.lang, kept=kept, before=before)
