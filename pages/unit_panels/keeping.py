"""A what-if of a unit kept as a commitment: who will bring it about, and by when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from dash import dcc, html

from components import pieces
from components.words import money, say
from domain import commitment as commitments
from domain.commitment import KIND, Commitment, Effect, held, to_content
from domain.decision import Decision
from errors import BadInput, WarRoomError
from pages.unit_panels.trial import change_of, changes, outcome
from pages.unit_panels.unit import Unit
from settings import settings
from state import decide, recall

_DUE_DAYS = 28  # what is proposed: four weeks
_MOST_NAMED = 200


def panel(unit: Unit, said: str = "") -> list[Any]:
    """The form, once something is tried, and what was promised of this unit before."""
    return [*_form(unit), html.P(said, id="units-kept", role="status"), *kept(unit)]


def _form(unit: Unit) -> list[Any]:
    language = unit.books.view.lang
    title = html.H3(say("units.keep", language))
    try:
        is_nothing = bool(unit.books.view.wrong) or change_of(unit).is_nothing
    except WarRoomError:
        is_nothing = True
    if is_nothing:
        return [title, pieces.note(say("units.keep.first", language))]
    owner = unit.account.get("owner_name") or ""
    due = unit.books.today + timedelta(_DUE_DAYS)
    fields = [
        _field("name", proposed_name(unit), language),
        _field("owner", str(owner), language),
        _field("due", due.isoformat(), language, "date"),
        html.Button(say("units.keep.save", language), id="units-keep-save",
                    className="button primary"),
    ]  # fmt: skip
    return [title, html.Div(fields, className="fields keep")]


def proposed_name(unit: Unit) -> str:
    """The unit with what is changed: Pump trucks unit: List prices +2 %."""
    name = unit.account["name"] or say("units.none.unit", unit.books.view.lang)
    return f"{name}: {', '.join(changes(unit))}"[:_MOST_NAMED]


def _field(name: str, value: str, language: str, kind: str = "text") -> html.Label:
    box = dcc.Input(id=f"units-keep-{name}", type=kind, value=value, autoComplete="off",  # type: ignore[arg-type]
                    maxLength=_MOST_NAMED)  # fmt: skip
    return html.Label([html.Span(say(f"units.keep.{name}", language)), box])


def keep(unit: Unit, name: str, owner: str, due: str, by: str, now: datetime) -> Decision:
    """Adds the commitment; BadInput where something of it is missing or changes nothing."""
    books, change = unit.books, change_of(unit)
    found = outcome(unit, change)
    made = Commitment(
        name=name.strip(), owner=owner.strip(), due=_day(due, books.view.lang),
        change=change, where=unit.where,
        first_day=books.period.first, last_day=books.period.last, level=books.level,
        profile_id=books.profile.id,
        effect=Effect(*found.revenue, *found.margin),
        data_version=books.scope.version,
    )  # fmt: skip
    reason = said(made, books.view.lang)
    return decide(KIND, made.name, books.scope.unit_id, to_content(made), by=by,
                  reason=reason[:500], now=now, expected=None)  # fmt: skip


def said(made: Commitment, language: str) -> str:
    """What was promised, in a line."""
    margin = money(made.effect.margin_amount, settings().currency, language)
    return say("units.keep.held", language, name=made.name, owner=made.owner, due=made.due,
               margin=margin)  # fmt: skip


def _day(text: str, language: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise BadInput(say("units.problem.due", language)) from None


def kept(unit: Unit) -> list[Any]:
    """The commitments of this unit that hold, the next one due first."""
    books = unit.books
    decisions = recall(commitments.KIND, books.scope)
    mine = [each for _, each in held(decisions) if each.where == unit.where]
    if not mine:
        return []
    return [html.Ul([html.Li(said(each, books.view.lang)) for each in mine], className="kept")]
