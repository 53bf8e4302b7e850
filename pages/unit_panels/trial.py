"""What-if of a unit: price, discount, a cost type or the mix, and what it does to the bonus."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from dash import html

from components import pieces
from components.words import DASH, MINUS, exact, percent, say
from data.bonus import bonus_rules
from domain.bonus import BonusChange
from domain.bonus_what_if import bonus_under
from domain.change import Change
from domain.profile import REVENUE
from domain.what_if import summed_by, what_if
from errors import BadInput, WarRoomError
from pages.money.labels import dimension_label, member_labels
from pages.shell import menu, to
from pages.unit_panels.rows import records
from pages.unit_panels.told import sentence
from pages.unit_panels.unit import Unit
from settings import settings

FIELDS = ("price", "discount", "cost", "share")


@dataclass(frozen=True)
class Outcome:
    """Net revenue, margin and rate before (0) and after (1), and what that does to the bonus.

    `bonus` is None for the lines in no unit.
    """

    revenue: tuple[float, float]
    margin: tuple[float, float]
    rate: tuple[float | None, float | None]
    bonus: BonusChange | None


def cost_type(unit: Unit) -> str:
    """The cost type that is tried: the chosen one, else the largest of the level."""
    counted = unit.books.profile.level(unit.books.level).cost_types
    chosen = unit.books.view.cost_type
    if chosen in counted:
        return chosen
    return max(counted, key=lambda one: unit.account[f"{one}_amount"], default="")


def member(unit: Unit) -> str:
    """The member of the mix whose share is tried: the chosen one, else the largest."""
    known = [str(name) for name in unit.parts[unit.mix_by]]
    chosen = unit.books.view.mix
    return chosen if chosen in known else next(iter(known), "")


def shares(unit: Unit) -> dict[str, float]:
    """Each member's share of the revenue of those that have any; empty where there is none."""
    revenue = {str(row[unit.mix_by]): float(row[REVENUE]) for row in records(unit.parts)}
    positive = {name: amount for name, amount in revenue.items() if amount > 0}
    whole = math.fsum(positive.values())
    return {name: amount / whole for name, amount in positive.items()}


def change_of(unit: Unit) -> Change:
    """What the address tries; BadInput for a value out of its range."""
    view = unit.books.view
    cost = {cost_type(unit): view.cost / 100} if view.cost else {}
    return Change(
        price_pct=(view.price or 0.0) / 100,
        discount_points=(view.discount or 0.0) / 100,
        cost_pct=cost,
        mix=_mix(unit),
        mix_by=unit.mix_by if view.share is not None else "",
    )


def _mix(unit: Unit) -> dict[str, float]:
    """The tried member's share; what is left is divided among the others as it was."""
    view = unit.books.view
    if view.share is None:
        return {}
    now, tried, share = shares(unit), member(unit), view.share / 100
    if not 0 <= share <= 1:
        raise BadInput(say("units.problem.share", view.lang))
    others = 1 - now.get(tried, 0.0)
    if tried not in now or others <= 0:
        raise BadInput(say("units.problem.alone", view.lang))
    scaled = {name: part * (1 - share) / others for name, part in now.items() if name != tried}
    return {tried: share, **scaled}


def outcome(unit: Unit, change: Change) -> Outcome:
    """The unit before and after; the rate's way into the bonus goes over its mix."""
    found = what_if(unit.parts, unit.books.profile, change, unit.books.level)
    row = summed_by(found).iloc[0]
    revenue, margin, rate = (
        (row[f"{name}_0"], row[f"{name}_1"]) for name in (REVENUE, "margin_amount", "margin_rate")
    )
    weight = unit.account.get("bonus_margin_weight")
    made = bonus_under(
        found, unit.account, unit.books.profile, bonus_rules(settings().bonus_rules), weight
    )
    return Outcome(revenue, margin, rate, made if unit.id else None)


def changes(unit: Unit) -> list[str]:
    """What is tried, in words: List prices +2 %, Material +5 %."""
    view, language = unit.books.view, unit.books.view.lang
    cost, tried = cost_type(unit), member(unit)
    names = {
        "price": say("units.field.price", language),
        "discount": say("units.field.discount", language),
        "cost": say(f"cost.{cost}", language) if cost else "",
        "share": member_labels(unit.books.scope, unit.mix_by, (tried,), language)[tried],
    }
    values = {name: getattr(view, name) for name in FIELDS}
    return [
        say(f"units.try.{name}.said", language, name=names[name], value=_typed(value, name))
        for name, value in values.items()
        if value is not None
    ]


def _typed(value: float, name: str) -> str:
    return (f"{value:g}" if name == "share" else f"{value:+g}").replace("-", MINUS)


def held(unit: Unit) -> dict[str, str]:
    """What the fields of the trial hold, as it stands in the address."""
    return {name: unit.books.view.typed.get(name, "") for name in FIELDS}


def menus(unit: Unit) -> list[Any]:
    """Which cost type and which member of the mix are tried, and what takes it all back."""
    nothing = say("units.try.nothing", unit.books.view.lang)
    return [_cost_menu(unit), _mix_menu(unit), to(nothing, dict.fromkeys(FIELDS, ""), "button")]


def _cost_menu(unit: Unit) -> html.Details:
    language = unit.books.view.lang
    counted = unit.books.profile.level(unit.books.level).cost_types
    choices = [to(say(f"cost.{one}", language), {"cost_type": one}) for one in counted]
    chosen = cost_type(unit)
    return menu(say(f"cost.{chosen}", language) if chosen else DASH, choices)


def _mix_menu(unit: Unit) -> html.Details:
    language = unit.books.view.lang
    now = shares(unit)
    names = member_labels(unit.books.scope, unit.mix_by, now, language)
    choices = [to(f"{names[one]} · {percent(now[one], 1)}", {"mix": one}) for one in now]
    kind = dimension_label(unit.mix_by, language)
    tried = member(unit)
    name = say("units.try.share", language, dimension=kind, name=names.get(tried, tried or DASH),
               share=percent(now.get(tried), 1))  # fmt: skip
    return menu(name, choices)


def result(unit: Unit) -> list[Any]:
    """Before, after and the difference; or what is wrong with what was typed."""
    language, view = unit.books.view.lang, unit.books.view
    wrong = [name for name in view.wrong if name in FIELDS]
    if wrong:
        names = ", ".join(say(f"units.field.{name}", language) for name in wrong)
        return [pieces.note(say("units.no_number", language, fields=names))]
    change = change_of(unit)
    found = outcome(unit, change)
    rows = [
        _line("revenue", found.revenue, language),
        _line("margin", found.margin, language, say(f"profit.level.{unit.books.level}", language)),
        _rate_line(found.rate, language),
        _bonus_line(found.bonus, language),
    ]
    titles = ("what", "before", "after", "moved")
    head = [html.Th(say(f"units.try.{title}", language, currency=settings().currency), scope="col",
                    className="" if title == "what" else "n") for title in titles]  # fmt: skip
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)])
    notes = [pieces.note(say("units.try.held", language))]
    if text := _why(found.bonus, language):
        notes.insert(0, html.P(text, className="why"))
    return [html.Div(table, className="scroll", tabIndex=0), *notes]


def _line(name: str, pair: tuple[float, float], language: str, label: str = "") -> html.Tr:
    moved = pair[1] - pair[0]
    cells = [*(exact(amount, language, 0) for amount in pair), _signed(moved, language)]
    return _tr(label or say(f"units.try.line.{name}", language), cells, moved)


def _rate_line(pair: tuple[float | None, float | None], language: str) -> html.Tr:
    moved = None if pair[0] is None or pair[1] is None else pair[1] - pair[0]
    said = DASH if moved is None else f"{moved * 100:+.2f} {say('unit.points', language)}"
    cells = [*(percent(rate, 2) for rate in pair), said.replace("-", MINUS)]
    return _tr(say("units.try.line.rate", language), cells, moved or 0.0)


def _bonus_line(found: BonusChange | None, language: str) -> html.Tr:
    label = say("units.bonus", language)
    if found is None or found.amount is None:
        return _tr(label, [DASH, DASH, say("units.bonus.none", language)], 0.0)
    pair = (found.before.bonus_amount, found.after.bonus_amount)
    cells = [*(exact(amount, language, 0) for amount in pair), _signed(found.amount, language)]
    return _tr(label, cells, found.amount)


def _tr(label: str, cells: list[str], moved: float) -> html.Tr:
    look = " won" if moved > 0 else " lost" if moved < 0 else ""
    kinds = ("n", "n", f"n{look}")
    shown = [html.Td(cell, className=kind) for cell, kind in zip(cells, kinds, strict=True)]
    return html.Tr([html.Th(label, scope="row"), *shown])


def _why(found: BonusChange | None, language: str) -> str:
    """The bonus by cause, largest first; "" where nothing moves it."""
    if found is None or not found.parts or not found.amount:
        return ""
    moved = {name: part for name, part in found.parts.items() if abs(part) >= 0.5}
    parts = [f"{say(f'units.bonus.cause.{name}', language)} {_signed(part, language)}"
             for name, part in sorted(moved.items(), key=lambda pair: -abs(pair[1]))]  # fmt: skip
    return say("units.bonus.why", language, parts=", ".join(parts)) if parts else ""


def _signed(amount: float, language: str) -> str:
    shown = exact(amount, language, 0)
    return f"+{shown}" if amount > 0 and shown != "0" else shown


def safe_result(unit: Unit) -> list[Any]:
    """The result, or the sentence that says what cannot be tried."""
    try:
        return result(unit)
    except WarRoomError as error:
        return [html.P(sentence(error, unit.books.view.lang), className="told")]
