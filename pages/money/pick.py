"""The choice of a filter: members of one dimension, the largest revenue first, with a search."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from components import pieces
from components.words import money
from errors import BadInput
from pages.money.asked import where_text
from pages.money.bar import added
from pages.money.drawer import frame
from pages.money.ground import Ground
from pages.money.labels import dimension_label, member_labels
from pages.money.opened import Opened
from pages.shell import to
from queries import read
from settings import settings

MOST_FOUND = 60


def pick(ground: Ground, opened: Opened) -> html.Aside:
    """The drawer of a dimension; a press on a member puts it into the filter or takes it out."""
    dimension = _known(ground, opened.dimension)
    label = dimension_label(dimension, ground.language)
    search = dcc.Input(id="profit-search", type="search", autoComplete="off", debounce=0.25,
                       placeholder=ground.say("profit.pick.search"), maxLength=100)  # fmt: skip
    found = html.Div(members(ground, dimension, ""), id="profit-found", className="members")
    body = [dcc.Store(id="profit-picked", data=dimension), search, found]
    return frame(ground, label, ground.say("profit.pick.below"), body)


def members(ground: Ground, dimension: str, text: str) -> list[Any]:
    """The members whose name or key contains the text; those in the filter come first."""
    chosen = dict(ground.asked.where).get(_known(ground, dimension), ())
    found = read("member_search", ground.scope, dimension=dimension, text=text.strip()[:100],
                 most=MOST_FOUND)  # fmt: skip
    labels = member_labels(ground.scope, dimension, (*chosen, *found["member"]), ground.language)
    amounts = dict(zip(found["member"], found["net_revenue_amount"], strict=True))
    ordered = dict.fromkeys((*chosen, *found["member"]))
    if not ordered:
        return [pieces.note(ground.say("profit.pick.none"))]
    return [_member(ground, dimension, one, labels[one], amounts.get(one)) for one in ordered]


def _member(
    ground: Ground, dimension: str, member: str, label: str, amount: float | None
) -> html.Button:
    is_chosen = member in dict(ground.asked.where).get(dimension, ())
    pressed: dict[str, Any] = {"aria-pressed": "true" if is_chosen else "false"}
    where = where_text(added(ground.asked.where, dimension, member))
    shown = "" if amount is None else money(amount, settings().currency, ground.language)
    text = [html.Span(label), html.Span(shown, className="muted")]
    return to(text, {"where": where, "expanded": ""}, "member", **pressed)


def _known(ground: Ground, dimension: str) -> str:
    if dimension not in ground.dimensions:
        raise BadInput(ground.say("profit.problem.filter", dimension=dimension[:60]))
    return dimension
