"""What if: price, discount, cost or mix of the selection is changed, and kept if wanted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html

from components import pieces
from components.words import exact, money, percent
from domain.change import Change
from domain.commitment import KIND, Commitment, Effect, held
from domain.decision import Decision
from domain.profile import COST_TYPES, REVENUE
from domain.what_if import summed_by, what_if
from errors import BadInput
from pages.money.drawer import frame, numbers_table
from pages.money.ground import Ground, margin_profile, records, sums
from pages.money.labels import dimension_label, member_labels, moved_text, period_label
from pages.money.opened import Opened
from settings import settings
from state import recall

MIX_MEMBERS = 6  # the largest ones, whose shares can be changed against each other
UNITS = "profit_unit"


@dataclass(frozen=True)
class Typed:
    """What stands in the form, in per cent and points as people type them."""

    price: float | None = None
    discount: float | None = None
    elasticity: float | None = None
    cost_type: str | None = None
    cost: float | None = None
    mix_by: str | None = None
    shares: Mapping[str, float | None] = field(default_factory=dict)


def panel(ground: Ground, _: Opened) -> html.Aside:
    """The drawer with the form, its result and what was kept before."""
    say = ground.say
    mixable = [{"value": one, "label": dimension_label(one, ground.language)}
               for one in ground.dimensions if one != "month"]  # fmt: skip
    costs = [{"value": one, "label": say(f"cost.{one}")} for one in COST_TYPES]
    form = html.Div(
        [
            _number("price", say("profit.try.price")),
            _number("discount", say("profit.try.discount")),
            _number("elasticity", say("profit.try.elasticity")),
            _choice("cost-type", say("profit.try.cost_type"), costs, "material"),
            _number("cost", say("profit.try.cost")),
            _choice("mix-by", say("profit.try.mix"), mixable, None),
        ],
        className="trial",
    )
    keep = html.Div(
        [_text("name", say("profit.try.name")), _text("owner", say("profit.try.owner")),
         html.Label([say("profit.try.due"), _date("profit-try-due")]),
         html.Button(say("profit.try.keep"), id="profit-try-keep", className="button primary")],
        className="trial",
    )  # fmt: skip
    body = [
        form,
        html.Div(id="profit-try-shares", className="trial"),
        html.Div(result(ground, Typed()), id="profit-try-result"),
        html.Section([html.H3(say("profit.try.keep.title")), keep,
                      html.P(id="profit-try-said", role="status")]),
        html.Div(kept(ground), id="profit-try-kept"),
    ]  # fmt: skip
    where = period_label(ground.period, ground.language)
    return frame(ground, say("profit.what_if"), where, body)


def _number(name: str, label: str) -> html.Label:
    box = dcc.Input(id=f"profit-try-{name}", type="number", step="any", autoComplete="off",
                    placeholder="0")  # fmt: skip
    return html.Label([label, box])


def _date(name: str) -> dcc.Input:
    kind: Any = "date"
    return dcc.Input(id=name, type=kind)


def _text(name: str, label: str) -> html.Label:
    box = dcc.Input(id=f"profit-try-{name}", type="text", maxLength=200, autoComplete="off",
                    className="wide")  # fmt: skip
    return html.Label([label, box])


def _choice(name: str, label: str, options: list[Any], value: str | None) -> html.Label:
    box = dcc.Dropdown(id=f"profit-try-{name}", options=options, value=value, clearable=True)
    return html.Label([label, box])


def shares(ground: Ground, mix_by: str | None) -> list[Any]:
    """The shares of the largest members of a dimension, to be changed against each other."""
    if not mix_by or mix_by not in ground.dimensions:
        return []
    frame_ = sums(ground, (mix_by,), ground.period, ground.asked.where)
    largest = frame_[frame_[REVENUE] > 0].head(MIX_MEMBERS)
    if len(largest) < 2:
        return [pieces.note(ground.say("profit.try.mix.none"))]
    names = member_labels(ground.scope, mix_by, largest[mix_by], ground.language)
    whole = largest[REVENUE].sum()
    given = [round(float(amount) / whole * 100, 1) for amount in largest[REVENUE]]
    given[0] = round(100 - sum(given[1:]), 1)
    return [_share(names[member], member, share)
            for member, share in zip(largest[mix_by], given, strict=True)]  # fmt: skip


def _share(name: str, member: str, share: float) -> html.Label:
    box = dcc.Input(id={"type": "profit-share", "member": member}, type="number", value=share,
                    step="any", autoComplete="off")  # fmt: skip
    return html.Label([f"{name}, %", box])


def change_of(ground: Ground, typed: Typed) -> Change:
    """The change that was typed; BadInput where a value is out of its range."""
    cost = _part(typed.cost)
    mix: dict[str, float] = {}
    if typed.mix_by and typed.mix_by in ground.dimensions and typed.shares:
        mix = {member: _part(share) for member, share in typed.shares.items()}
        if all(shown == _part(share) for shown, share in
               zip(_given(ground, typed.mix_by), typed.shares.values(), strict=False)):  # fmt: skip
            mix = {}
    return Change(
        price_pct=_part(typed.price),
        discount_points=_part(typed.discount),
        cost_pct={typed.cost_type: cost} if typed.cost_type and cost else {},
        mix=mix,
        mix_by=typed.mix_by or "" if mix else "",
        price_elasticity=_finite(typed.elasticity),
    )


def _given(ground: Ground, mix_by: str) -> list[float]:
    """The shares as the form shows them before anything is typed."""
    boxes = [label.children[1] for label in shares(ground, mix_by) if isinstance(label, html.Label)]
    return [_part(box.value) for box in boxes]


def _part(per_cent: float | None) -> float:
    return round(_finite(per_cent) / 100, 10)


def _finite(value: float | None) -> float:
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput("This is no number.", "Enter a number.")
    return float(value)


def outcome(ground: Ground, change: Change) -> pd.DataFrame:
    """The selection before and after, by profit unit and by what the mix is of."""
    by = tuple(dict.fromkeys(
        one for one in (UNITS, change.mix_by) if one and one in ground.dimensions
    ))  # fmt: skip
    rows = sums(ground, by, ground.period, ground.asked.where)
    return what_if(rows, margin_profile(), change, ground.level)


def result(ground: Ground, typed: Typed) -> list[Any]:
    """Revenue, margin and rate before and after, and the margin of each profit unit."""
    change = change_of(ground, typed)
    found = outcome(ground, change)
    whole = summed_by(found).iloc[0]
    parts: list[Any] = [html.P(_said(ground, whole), className="sum")]
    if UNITS in found.columns:
        parts.append(_by_unit(ground, summed_by(found, [UNITS])))
    return parts


def _said(ground: Ground, row: pd.Series) -> str:
    def amount(value: float) -> str:
        return money(value, settings().currency, ground.language)

    before, after = (row[f"margin_amount_{side}"] for side in (0, 1))
    rates = [row[f"margin_rate_{side}"] for side in (0, 1)]
    moved = None if None in rates else rates[1] - rates[0]
    return ground.say(
        "profit.try.said", before=amount(before), after=amount(after),
        moved=("+" if after > before else "") + amount(after - before),
        rate=percent(rates[0], 1), rate_after=percent(rates[1], 1), points=moved_text(moved),
    )  # fmt: skip


def _by_unit(ground: Ground, rows: pd.DataFrame) -> html.Div:
    """The units' P&L after the change: revenue, margin before and after, rate."""
    say, language = ground.say, ground.language
    head = [say("dimension.profit_unit"), *(say(f"profit.try.{name}") for name in
            ("revenue", "before", "after", "moved", "rate", "rate_after"))]  # fmt: skip
    names = member_labels(ground.scope, UNITS, rows[UNITS], language)
    body = [_unit(row, names, language) for row in records(rows)]
    whole = summed_row(rows)
    foot = [say("profit.total"), *_numbers(whole, language)]
    return numbers_table(head, body, foot, texts=1)


def summed_row(rows: pd.DataFrame) -> dict[str, Any]:
    """The rows of summed_by added up once more, with their rates."""
    found: dict[str, Any] = {name: float(rows[name].sum()) for name in
                             (*(f"{REVENUE}_{side}" for side in (0, 1)),
                              *(f"margin_amount_{side}" for side in (0, 1)))}  # fmt: skip
    for side in (0, 1):
        revenue = found[f"{REVENUE}_{side}"]
        found[f"margin_rate_{side}"] = (
            found[f"margin_amount_{side}"] / revenue if revenue > 0 else None
        )
    return found


def _unit(row: Mapping[Any, Any], names: Mapping[str, str], language: str) -> list[str]:
    return [names[row[UNITS]], *_numbers(row, language)]


def _numbers(row: Mapping[Any, Any], language: str) -> list[str]:
    before, after = (float(row[f"margin_amount_{side}"]) for side in (0, 1))
    amounts = (row[f"{REVENUE}_1"], before, after, after - before)
    return [*(exact(amount, language, 0) for amount in amounts),
            *(percent(row[f"margin_rate_{side}"], 1) for side in (0, 1))]  # fmt: skip


def commitment(
    ground: Ground, typed: Typed, name: str | None, owner: str | None, due: str | None
) -> Commitment:
    """What is to be kept; BadInput for what is missing."""
    try:
        day = date.fromisoformat(due or "")
    except ValueError:
        raise BadInput(ground.say("profit.try.no_due")) from None
    change = change_of(ground, typed)
    whole = summed_by(outcome(ground, change)).iloc[0]
    effect = Effect(*(float(whole[f"{name}_{side}"]) for name in (REVENUE, "margin_amount")
                      for side in (0, 1)))  # fmt: skip
    return Commitment(
        name=(name or "").strip(), owner=(owner or "").strip(), due=day, change=change,
        where=ground.asked.where, first_day=ground.period.first, last_day=ground.period.last,
        level=ground.level, profile_id=margin_profile().id, effect=effect,
        data_version=ground.scope.version,
    )  # fmt: skip


def kept(ground: Ground) -> list[Any]:
    """The commitments that hold, the next one due first, each with what takes it back."""
    found = held(recall(KIND, ground.scope))
    if not found:
        return [pieces.note(ground.say("profit.try.none"))]
    title = html.H3(ground.say("profit.try.kept"))
    return [title, html.Ul([_kept(ground, *each) for each in found], className="changes")]


def _kept(ground: Ground, decision: Decision, found: Commitment) -> html.Li:
    amount = found.effect.margin_amount
    worth = money(amount, settings().currency, ground.language)
    shown = ("+" if amount > 0 else "") + worth
    text = ground.say("profit.try.one", name=found.name, owner=found.owner,
                      due=found.due.isoformat(), amount=shown)  # fmt: skip
    undo = html.Button(ground.say("profit.try.undo"), className="quiet", type="button",
                       id={"type": "profit-undo", "seq": decision.seq})  # fmt: skip
    return html.Li([html.Span(text), undo])
