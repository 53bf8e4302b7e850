"""The war-room board: where the day stands, and what needs a decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import dash
from dash import Input, Output, State, callback, clientside_callback, dcc, html, no_update

from components import pieces
from components.charts import failed_figure, graph
from components.words import say
from domain.scope import Scope
from errors import WarRoomError
from pages import drawer  # noqa: F401 - its callbacks belong to this page
from pages.fresh import Digested, changed, digested
from pages.panels import breaches, frame, hours, regions, tiles
from pages.panels.sight import Sight, look
from pages.panels.view import View, opened_of, scope_of, view_in, view_of
from state import sequence

dash.register_page(__name__, path="/", title="War room")


def layout(**query: str) -> html.Div:
    """The shell of the board, without data; the address bar says what it shows."""
    view = view_of(**query)
    opened = opened_of(query.get("open", ""))
    title = say("board.hours", view.lang)
    described: dict[str, Any] = {
        "aria-labelledby": "board-hours-title",
        "aria-describedby": "board-hours-words",
    }
    chart = html.Section(
        [
            html.Header([html.H2(title, id="board-hours-title"),
                         html.Span(id="board-hours-table", className="push"),
                         html.Span("", id="board-hours-right")]),
            html.Div(graph("board-hours", title), className="plot", role="img", **described),
            html.P(id="board-hours-words", className="unseen"),
        ],
        className="card chart",
    )  # fmt: skip
    themed: dict[str, Any] = {"data-theme": view.theme}
    return html.Div(
        [
            dcc.Store(id="board-view", data=view.as_data()),
            dcc.Store(id="board-seen", data={}),
            dcc.Store(id="board-open", data=opened),
            html.Header(id="board-header", className="top"),
            html.Main(
                [
                    html.Div(id="board-tiles", className="tiles"),
                    html.Div([chart, html.Div(id="board-breaches", className="slot")],
                             className="middle"),
                    html.Div([html.Div(id=f"board-{name}", className="slot") for name in BOTTOM],
                             className="bottom"),
                ],
                className="board",
            ),
            html.Footer(id="board-criteria", className="criteria"),
            html.Div(id="board-drawer"),
            html.Dialog(frame.keys(view.lang), id="board-keys"),
        ],
        id="board-room",
        className="room wall" if view.is_wall else "room",
        lang=view.lang,
        **themed,
    )  # fmt: skip


# What the board is made of, once: the screen draws these, a report will draw the same.
BOTTOM = ("regions", "visits", "commitments")
PANELS: tuple[tuple[str, str, Callable[[Sight], Any]], ...] = (
    ("board-header", "children", frame.header),
    ("board-tiles", "children", tiles.tiles),
    ("board-hours", "figure", hours.figure),
    ("board-hours-title", "children", lambda sight: sight.say("board.hours")),
    ("board-hours-right", "children", lambda sight: sight.currency),
    ("board-hours-table", "children", frame.as_table),
    ("board-hours-words", "children", hours.in_words),
    ("board-keys", "children", lambda sight: frame.keys(sight.language)),
    ("board-breaches", "children", breaches.panel),
    ("board-regions", "children", regions.panel),
    ("board-visits", "children", frame.visits),
    ("board-commitments", "children", frame.commitments),
    ("board-criteria", "children", frame.criteria),
)


@callback(
    *(Output(name, prop) for name, prop, _ in PANELS),
    Output("board-seen", "data"),
    Input("version", "data"),
    Input("board-view", "data"),
    State("board-seen", "data"),
)
def refresh(_: dict[str, Any] | None, data: dict[str, Any], seen: dict[str, str]) -> list[Any]:
    """What changed since `seen`: each panel's content, or nothing where it stayed the same."""
    view = view_in(data)
    scope = scope_of(view.unit, view.as_of)
    if scope is None:
        bare = {"board-header": frame.bare_header(view), "board-tiles": frame.no_data(view.lang)}
        return [*(bare.get(name, no_update) for name, _, _ in PANELS), {}]
    return changed(_drawn(scope, view, sequence()), seen)


@lru_cache(maxsize=64)
def _drawn(scope: Scope, view: View, _decided: int) -> list[Digested]:
    """Every panel with a digest of its content; the same for all who look at the same."""
    sight = look(scope, view)
    return [digested(_safe(draw, sight, prop)) for _, prop, draw in PANELS]


def _safe(draw: Callable[[Sight], Any], sight: Sight, prop: str) -> Any:
    """The panel, or what went wrong in its place: never the last one under a new view."""
    try:
        return draw(sight)
    except WarRoomError as error:
        text = tiles.say_error(sight, error)
        return failed_figure(text) if prop == "figure" else pieces.note(text)


clientside_callback(
    "(view) => { warRoom.dress(view);"
    " return [view.theme, view.lang, view.is_wall ? 'room wall' : 'room']; }",
    Output("board-room", "data-theme"),
    Output("board-room", "lang"),
    Output("board-room", "className"),
    Input("board-view", "data"),
)
clientside_callback("() => { warRoom.opened(); }", Input("board-drawer", "children"))
clientside_callback("() => { warRoom.ask(); }", Input("drawer-message", "children"))
clientside_callback(
    "(click) => click ? {hour: click.points[0].x} : window.dash_clientside.no_update",
    Output("board-open", "data"),
    Input("board-hours", "clickData"),
    prevent_initial_call=True,
)
