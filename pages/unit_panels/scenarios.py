"""The scenarios of a quote: on the margin/days plane, and as a table that gives money first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from components import pieces
from components.words import DASH, MINUS, exact, percent, plain, say
from domain.options import Comparison, Quote, Scenario

COLUMNS = (
    "scenario", "price", "margin", "margin_delta", "rate", "rate_delta", "days", "days_delta",
    "money_per_day", "break_even", "penalty", "floor",
)  # fmt: skip


def label(scenario_id: str, deal: str) -> str:
    """A scenario's name without the key of its deal in front."""
    return scenario_id.removeprefix(f"{deal}-") or scenario_id


def plane_points(found: Quote, deal: str) -> pd.DataFrame:
    """What components.plane draws: one row a scenario that can be read."""
    rows = [
        {
            "label": label(each.scenario.scenario_id, deal),
            "days": each.scenario.lead_days,
            "margin_amount": each.scenario.margin_after_penalty_amount,
            "is_on_front": each.scenario.is_on_front,
            "is_under_floor": each.scenario.is_below_floor,
        }
        for each in found.comparisons
    ]
    return pd.DataFrame(rows)


def table(
    found: Quote, deal: str, contents: Mapping[str, str], currency: str, language: str
) -> html.Div:
    """One row a scenario, the reference first. `contents`: a clause's name by its id."""
    head = [html.Th(say(f"options.column.{name}", language, currency=currency),
                    scope="col", className="" if name == "scenario" else "n")
            for name in COLUMNS]  # fmt: skip
    ordered = sorted(found.comparisons, key=lambda each: each.scenario.scenario_id)
    ordered.sort(key=lambda each: each.scenario.scenario_id != found.reference_id)
    rows = [_row(each, found, deal, contents, language) for each in ordered]
    rows += [_broken(name, str(why), deal, language) for name, why in sorted(found.broken.items())]
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)]), className="scroll", tabIndex=0
    )


def _row(
    each: Comparison, found: Quote, deal: str, contents: Mapping[str, str], language: str
) -> html.Tr:
    scenario, is_reference = each.scenario, each.scenario.scenario_id == found.reference_id
    cells = [
        exact(scenario.price_amount, language, 0),
        exact(scenario.margin_after_penalty_amount, language, 0),
        DASH if is_reference else _signed(each.margin_delta_amount, language),
        percent(scenario.rate, 2),
        DASH if is_reference else _points(each.rate_delta_points),
        plain(scenario.lead_days, 0),
        DASH if is_reference else _signed(each.days_delta, language),
        _per_day(each, language),
        _break_even(each, language),
        _penalty(scenario, language),
    ]
    name = [html.B(label(scenario.scenario_id, deal)), _contents(scenario, contents, language)]
    if is_reference:
        name.insert(1, html.Small(say("options.reference", language), className="tag"))
    return html.Tr(
        [html.Th(name, scope="row"), *(html.Td(cell, className="n") for cell in cells),
         html.Td(_floor(scenario, found, language), className="n")],
        className="reference" if is_reference else "",
    )  # fmt: skip


def _contents(scenario: Scenario, contents: Mapping[str, str], language: str) -> html.Small:
    """What is in it, in words: a scenario without clauses is the bare offer."""
    names = [contents.get(clause, clause) for clause in scenario.clause_ids]
    text = ", ".join(names) if names else say("options.bare", language)
    return html.Small(text, className="muted contents", title=text)


def _per_day(each: Comparison, language: str) -> str:
    if each.money_per_day is not None:
        return _signed(each.money_per_day, language)
    return say(f"options.no_money_per_day.{each.no_money_per_day}", language)


def _break_even(each: Comparison, language: str) -> str:
    if each.break_even_probability is not None:
        return percent(each.break_even_probability, 1)
    return say(f"options.no_break_even.{each.no_break_even}", language)


def _penalty(scenario: Scenario, language: str) -> str:
    """What is owed for late days if any are promised, else what a late day would cost."""
    if scenario.late_days > 0:
        owed, days = exact(scenario.penalty_amount, language, 0), plain(scenario.late_days, 0)
        return say("options.penalty.owed", language, amount=owed, days=days)
    if not scenario.penalty_per_day:
        return DASH
    amount = exact(scenario.penalty_per_day, language, 0)
    return say("options.penalty.a_day", language, amount=amount)


def _floor(scenario: Scenario, found: Quote, language: str) -> Any:
    """The breach by shape and word; where nothing is laid down nothing is judged."""
    floor = found.terms.floor_rate
    if floor is None:
        return DASH
    key, status = ("under", "red") if scenario.is_below_floor else ("over", "green")
    word = say(f"options.floor.{key}", language, floor=percent(floor, 1))
    return [pieces.mark(status, language), " ", word]  # type: ignore[arg-type]


def _broken(name: str, why: str, deal: str, language: str) -> html.Tr:
    said = say(f"options.broken.{why}", language)
    return html.Tr(
        [html.Th(label(name, deal), scope="row"), html.Td(said, colSpan=len(COLUMNS) - 1)]
    )


def _signed(amount: float, language: str) -> str:
    shown = exact(amount, language, 0)
    return f"+{shown}" if amount > 0 else shown


def _points(gap: float | None) -> str:
    """Percentage points to the hundredth: a module moves a rate by less than one."""
    return DASH if gap is None else f"{gap * 100:+.2f}".replace("-", MINUS)
