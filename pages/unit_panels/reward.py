"""The bonus preview of a unit, every step of it."""

from __future__ import annotations

from typing import Any

from dash import html

from components import pieces
from components.words import DASH, exact, percent, plain, say, symbol
from data.bonus import bonus_rules
from domain.bonus import Bonus, BonusRules, Score, bonus
from pages.unit_panels.unit import Unit
from settings import settings

_COLUMNS = ("part", "actual", "target", "attained", "score", "weight", "money")


def preview(unit: Unit) -> Bonus:
    """The unit's bonus as it would be now; the lines in no unit have none."""
    return bonus(
        unit.account, bonus_rules(settings().bonus_rules), unit.account.get("bonus_margin_weight")
    )


def panel(unit: Unit) -> html.Section:
    """The pool, each part's way to its money, and the sum; a reason where a part has none."""
    language = unit.books.view.lang
    title = say("units.bonus", language)
    if not unit.id:
        return pieces.card(title, "", pieces.note(say("units.bonus.nobody", language)))
    made, rules = preview(unit), bonus_rules(settings().bonus_rules)
    rows = [_part("rate", made.rate, made, rules, language),
            _part(made.other_of, made.other, made, rules, language)]  # fmt: skip
    head = [html.Th(say(f"units.bonus.{name}", language), scope="col",
                    className="" if name == "part" else "n") for name in _COLUMNS]  # fmt: skip
    whole = [html.Th(say("units.bonus.whole", language), scope="row", colSpan=len(_COLUMNS) - 1),
             html.Td(_money(made.bonus_amount, language), className="n")]  # fmt: skip
    body = [
        html.P(_pool(made, language), className="pool"),
        html.Div(html.Table([html.Thead(html.Tr(head)), html.Tbody(rows),
                             html.Tfoot(html.Tr(whole))]), className="scroll", tabIndex=0),
        pieces.note(_rule(made, rules, language)),
    ]  # fmt: skip
    return pieces.card(title, _money(made.bonus_amount, language), html.Div(body), "bonus")


def _pool(made: Bonus, language: str) -> str:
    return say(
        "units.bonus.pool", language, share=percent(made.pool_share, 1),
        of=say(f"units.bonus.of.{made.pool_of}", language),
        base=_money(made.pool_base_amount, language), pool=_money(made.pool_amount, language),
    )  # fmt: skip


def _part(name: str, score: Score, made: Bonus, rules: BonusRules, language: str) -> html.Tr:
    curve = rules.rate_curve if name == "rate" else rules.other_curve
    shown = (lambda value: percent(value, 2)) if name == "rate" else (
        lambda value: _money(value, language))  # fmt: skip
    said = plain(score.score, 2)
    if score.uncapped is not None and score.uncapped > curve.cap:
        said = say("units.bonus.capped", language, score=said, uncapped=plain(score.uncapped, 2))
    if score.missing:
        said = say(f"units.bonus.missing.{score.missing}", language)
    cells = [shown(score.actual), shown(score.target), percent(score.attained, 1), said,
             percent(score.weight), _money(score.amount, language)]  # fmt: skip
    label = say(f"units.bonus.by.{name}", language)
    return html.Tr([html.Th(label, scope="row"), *(html.Td(cell, className="n") for cell in cells)])


def _rule(made: Bonus, rules: BonusRules, language: str) -> str:
    """The curves in words: what is attained and what it scores."""
    parts = []
    for name, curve in (("rate", rules.rate_curve), (made.other_of, rules.other_curve)):
        points = ", ".join(f"{percent(x)} → {plain(y, 2)}" for x, y in curve.points)
        parts.append(say("units.bonus.curve", language, points=points, cap=plain(curve.cap, 2),
                         name=say(f"units.bonus.by.{name}", language)))  # fmt: skip
    return " ".join(parts)


def _money(amount: Any, language: str) -> str:
    return DASH if amount is None else f"{symbol(settings().currency)}{exact(amount, language, 0)}"
