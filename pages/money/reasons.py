"""The largest single causes, each a sentence that opens its cell."""

from __future__ import annotations

from typing import Any

from dash import html

from components import pieces
from components.words import money, percent
from domain.causes import DIMENSIONS, Cause, causes
from domain.profile import COST_COLUMN
from errors import BadInput
from pages.money.asked import where_text
from pages.money.ground import Ground, both, margin_profile, whole
from pages.money.labels import member_labels, moved_text, short_label
from pages.shell import to
from settings import settings

MOST = 4


def found(ground: Ground) -> list[Cause]:
    """The causes of the change, over what this company's lines can be told apart by."""
    by = tuple(one for one in DIMENSIONS if one in ground.dimensions)
    if not by:
        return []
    return causes(both(ground, by), margin_profile(), ground.level, MOST, by)


def panel(ground: Ground) -> list[Any]:
    """The card's content: by how much the rate moved, and the causes, the clearest first."""
    if not ground.has_base:
        label = short_label(ground.base, ground.language)
        raise BadInput(ground.say("profit.problem.no_base", base=label))
    moved = whole(ground).moved
    of = ground.say("profit.causes.of", points=moved_text(moved)) if moved is not None else ""
    head = html.Header([html.H2(ground.say("profit.causes")), html.Span(of, className="push")])
    told = [_cause(ground, one) for one in found(ground)]
    return [
        head,
        html.Div(told or pieces.note(ground.say("profit.causes.none")), className="items"),
    ]


def _cause(ground: Ground, cause: Cause) -> html.Button:
    names = [member_labels(ground.scope, dimension, (member,), ground.language)[member]
             for dimension, member in cause.cell.items()]  # fmt: skip
    title = " × ".join(names)
    where = {**dict(ground.asked.where), **{one: (member,) for one, member in cause.cell.items()}}
    look = "won" if cause.amount > 0 else "lost"
    amount = money(cause.amount, settings().currency, ground.language)
    shown = f"+{amount}" if cause.amount > 0 else amount
    rate = "" if cause.points is None else f"{moved_text(cause.points)} {ground.say('unit.points')}"
    return to(
        [html.B(title), html.B(shown, className=look), html.Span(sentence(ground, cause)),
         html.Span(rate, className="n")],
        {"where": where_text(tuple(sorted(where.items()))), "expanded": ""}, "cause", title=title,
    )  # fmt: skip


def sentence(ground: Ground, cause: Cause) -> str:
    """Why: the reason with its numbers in both periods."""
    facts = cause.facts
    kind = "cost" if cause.reason in COST_COLUMN else cause.reason
    measured = {"discount": "discount_share", "cost": "cost_share", "mix": "rate"}.get(kind)
    values = {"base": short_label(ground.base, ground.language)}
    if kind == "cost":
        values["name"] = ground.say(f"cost.{cause.reason}")
    if measured:
        values |= {"now": _percent(facts.get(f"{measured}_1")),
                   "before": _percent(facts.get(f"{measured}_0"))}  # fmt: skip
        if facts.get(f"{measured}_0") is None:
            kind += ".only"
    elif kind == "price":
        values["now"] = _percent(facts.get("rise_share"), sign=True)
    else:
        values |= {side: money(_number(facts.get(f"revenue_{period}")), settings().currency,
                               ground.language)
                   for side, period in (("before", 0), ("now", 1))}  # fmt: skip
        values["rate"] = _percent(facts.get("rate_1" if kind == "new" else "rate_0"))
    return ground.say(f"profit.cause.{kind}", **values)


def _percent(value: float | str | None, sign: bool = False) -> str:
    return percent(_number(value), 1, sign)


def _number(value: float | str | None) -> float | None:
    return None if value is None or isinstance(value, str) else float(value)
