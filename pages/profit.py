"""Profit: margins taken apart in any order, why they moved, down to the order line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import dash
from dash import Input, Output, State, callback, clientside_callback, dcc, html

from components import grid
from components.waterfall import quiet_graph, told_figure
from components.words import problem, say
from domain.scope import Scope
from errors import DataMissing, WarRoomError
from pages import (
    profit_drawer,  # noqa: F401 - its callbacks belong to this page
    shell,
)
from pages.fresh import Digested, changed, digested
from pages.money import bar, cards, late, reasons, table, why
from pages.money.asked import Asked, asked_of
from pages.money.ground import Ground, ground_of
from pages.panels.view import scope_of

dash.register_page(__name__, path="/profit", title="Profit")


def layout(**query: str) -> html.Div:
    """The page without data; the address says what it shows."""
    lang = asked_of(**query).lang
    return shell.shell(
        "profit",
        query,
        [
            dcc.Store(id="profit-seen", data={}),
            dcc.Store(id="profit-explained-seen", data={}),
            dcc.Store(id="profit-question"),
            dcc.Store(id="profit-opened"),
            html.Div(id="profit-filters", className="pills"),
            html.Div(id="profit-drill", className="pills drill"),
            html.P(id="profit-told", className="told", role="status"),
            html.Div([_chart("waterfall", lang), _chart("bridge", lang), _causes()],
                     className="cards"),
            _table(lang),
            html.P(id="profit-late", className="note quiet"),
            html.Div(id="profit-drawer"),
        ],
    )  # fmt: skip


def _chart(name: str, lang: str) -> html.Section:
    label = say(f"profit.{name}.label", lang)
    return html.Section(
        [
            html.Header([html.H2(id=f"profit-{name}-title"),
                         html.Span(id=f"profit-{name}-right", className="push")]),
            *([html.Div(id="profit-bridge-switch")] if name == "bridge" else []),
            quiet_graph(f"profit-{name}", label),
        ],
        className="card chart",
    )  # fmt: skip


def _causes() -> html.Section:
    return html.Section(id="profit-causes", className="card reasons")


def _table(lang: str) -> html.Section:
    return html.Section(
        [
            html.Header([html.H2(id="profit-table-title"),
                         html.Span(id="profit-table-right", className="push"),
                         html.Div(id="profit-columns")]),
            html.Div(grid.grid("profit-table"), className="frame"),
        ],
        className="card table",
    )  # fmt: skip


shell.dresses("profit")
clientside_callback(
    "() => window.shell.opened()",
    Output("profit-drawer", "title"),
    Input("profit-drawer", "children"),
    prevent_initial_call=True,
)

for chart in ("waterfall", "bridge"):  # every number opens
    clientside_callback(
        "(click) => { if (click) window.shell.go({open: JSON.stringify({lines: []})}); }",
        Input(f"profit-{chart}", "clickData"),
        prevent_initial_call=True,
    )
# A press asks the server only for what it changes.
clientside_callback(
    "(asked, seen) => window.shell.question(asked, seen)",
    Output("profit-question", "data"),
    Input("profit-asked", "data"),
    State("profit-question", "data"),
)
clientside_callback(
    "(asked, seen) => window.shell.drawer(asked, seen)",
    Output("profit-opened", "data"),
    Input("profit-asked", "data"),
    State("profit-opened", "data"),
)

Panels = tuple[tuple[str, str, Callable[[Ground], Any]], ...]
# What the page is made of, once. The first part answers at once, the second may think.
BARS: Panels = (
    ("profit-filters", "children", bar.filters),
    ("profit-drill", "children", bar.drill),
    ("profit-told", "children", bar.told),
    ("profit-waterfall", "figure", cards.figure),
    ("profit-waterfall-title", "children", cards.title),
    ("profit-waterfall-right", "children", cards.right),
    ("profit-table-title", "children", table.title),
    ("profit-table", "dashGridOptions", table.total_data),
)
ROWS: Panels = (  # these look at what is unfolded, sorted and shown, too
    ("profit-table-right", "children", table.right),
    ("profit-columns", "children", table.choice),
    ("profit-table", "columnDefs", table.columns),
    ("profit-table", "rowData", table.row_data),
)
PANELS = (*BARS, *ROWS)
THOUGHT: Panels = (
    ("profit-bridge", "figure", why.figure),
    ("profit-bridge-title", "children", why.title),
    ("profit-bridge-right", "children", why.right),
    ("profit-bridge-switch", "children", why.switch),
    ("profit-causes", "children", reasons.panel),
    ("profit-late", "children", late.late),
)
EMPTY = {"rowData": [], "columnDefs": [], "dashGridOptions": grid.with_totals([])}


@callback(
    Output("profit-nav", "children"),
    Output("profit-header", "children"),
    *(Output(name, prop) for name, prop, _ in PANELS),
    Output("profit-seen", "data"),
    Input("profit-asked", "data"),
    Input("version", "data"),
    State("profit-seen", "data"),
)
def draw(query: dict[str, str], _version: Any, seen: dict[str, str]) -> list[Any]:
    """What changed since `seen` of the frame, the bars, the waterfall and the table."""
    asked = asked_of(**query)
    return changed(_shown(asked, scope_now(asked)), seen)


@callback(
    *(Output(name, prop) for name, prop, _ in THOUGHT),
    Output("profit-explained-seen", "data"),
    Input("profit-question", "data"),
    Input("version", "data"),
    State("profit-explained-seen", "data"),
    prevent_initial_call=True,
)
def explain(query: dict[str, str], _version: Any, seen: dict[str, str]) -> list[Any]:
    """What changed since `seen` of why the margin moved."""
    asked = bar.plain(asked_of(**query))
    return changed(_thought(asked, scope_now(asked)), seen)


def scope_now(asked: Asked) -> Scope | None:
    """What this reader looks at; of a moment that cannot be read nothing but now."""
    return scope_of(asked.unit, asked.as_of)


def _shown(asked: Asked, scope: Scope | None) -> list[Digested]:
    """The frame, the bars and the rows; each part drawn once for all that it depends on."""
    bars = _framed(bar.with_costs(asked), scope)
    return [*bars, *_rows(replace(asked, opened="", bridge=""), scope)]


@lru_cache(maxsize=128)
def _framed(asked: Asked, scope: Scope | None) -> list[Digested]:
    found = _ground(asked, scope)
    where = bar.unit_name(found) if isinstance(found, Ground) else ""
    title = say("shell.page.profit", asked.lang)
    files = tuple((f"{kind.upper()}", f"/profit.{kind}") for kind in ("csv", "xlsx"))
    frame = [
        shell.nav("profit", asked.kept(), where, asked.lang),
        shell.header(title, scope, asked.lang, files if isinstance(found, Ground) else ()),
    ]
    return [digested(content) for content in (*frame, *_panels(BARS, found, asked))]


@lru_cache(maxsize=256)
def _rows(asked: Asked, scope: Scope | None) -> list[Digested]:
    return [digested(content) for content in _panels(ROWS, _ground(asked, scope), asked)]


@lru_cache(maxsize=128)
def _thought(asked: Asked, scope: Scope | None) -> list[Digested]:
    return [digested(content) for content in _panels(THOUGHT, _ground(asked, scope), asked)]


def _ground(asked: Asked, scope: Scope | None) -> Ground | str:
    """The question's ground, or the sentence that says why there is none."""
    found = _checked(bar.plain(asked), scope)
    if isinstance(found, str):
        return found
    checked = found.asked
    own = replace(asked, by=checked.by, level=checked.level, problems=checked.problems)
    return replace(found, asked=own)


@lru_cache(maxsize=128)
def _checked(asked: Asked, scope: Scope | None) -> Ground | str:
    if scope is None:
        return say("shell.none", asked.lang)
    try:
        return ground_of(asked, scope)
    except WarRoomError as error:
        return _sentence(error, asked.lang)


def _panels(panels: Panels, found: Ground | str, asked: Asked) -> list[Any]:
    if isinstance(found, str):
        return [_instead(found, name, prop, asked) for name, prop, _ in panels]
    return [_safe(draw, found, name, prop) for name, prop, draw in panels]


def _safe(draw: Callable[[Ground], Any], ground: Ground, name: str, prop: str) -> Any:
    """The panel, or what went wrong in its place: never the last one under a new question."""
    try:
        return draw(ground)
    except WarRoomError as error:
        return _instead(_sentence(error, ground.language), name, prop, ground.asked)


def _instead(text: str, name: str, prop: str, asked: Asked) -> Any:
    if prop == "figure":
        return told_figure(text, asked.theme)
    if prop in EMPTY:
        return EMPTY[prop]
    if name == "profit-filters" and text != say("shell.none", asked.lang):
        return [shell.to(say("profit.start_again", asked.lang), RESET, "pill on")]
    return text if name in ("profit-told", "profit-causes") else []


# What "start again" takes away: everything but who looks, and how.
RESET = dict.fromkeys(
    ("period", "base", "by", "where", "expanded", "level", "sort", "costs", "bridge", "most",
     "open", "unit", "as_of"), "",
)  # fmt: skip


def _sentence(error: WarRoomError, lang: str) -> str:
    if isinstance(error, DataMissing):
        return say("missing", lang, extracts=", ".join(error.extracts))
    return problem(error, lang)
