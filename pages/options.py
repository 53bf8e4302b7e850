"""The options of a unit's quotes: what each scenario earns, and what a later delivery costs."""

from __future__ import annotations

from typing import Any

import dash
from dash import Input, Output, State, callback, clientside_callback, html

from components.charts import graph
from components.plane import plane_figure
from components.words import money, problem, say
from errors import WarRoomError
from pages.board import failed_figure
from pages.panels.view import scope_of
from pages.shell import dresses, header, nav, shell
from pages.unit_panels import offers, offers_text, scenarios
from pages.unit_panels.view import profit_unit_of, units_view
from settings import settings

dash.register_page(__name__, path_template="/units/<profit_unit>/options", title="Options")


def layout(profit_unit: str = "", **query: str) -> html.Div:
    """The shell of the page, without data. Which unit it is stands in the path alone."""
    lang = units_view(query).lang
    title = say("options.plane", lang)
    chart = html.Section(
        [
            html.Header([html.H2(title, id="options-title"),
                         html.Span("", id="options-right", className="push")]),
            graph("options-plane", title),
        ],
        className="card chart",
    )  # fmt: skip
    body = [
        html.Div(id="options-told", className="told", role="alert"),
        html.Div(
            [html.Div(id="options-quotes", className="slot"), chart,
             html.Div(id="options-terms", className="slot")],
            className="options-middle",
        ),
        html.Div(id="options-table", className="slot"),
    ]  # fmt: skip
    return shell("options", query, body)


dresses("options")


@callback(
    Output("options-nav", "children"),
    Output("options-header", "children"),
    Output("options-told", "children"),
    Output("options-quotes", "children"),
    Output("options-terms", "children"),
    Output("options-plane", "figure"),
    Output("options-right", "children"),
    Output("options-table", "children"),
    Input("options-asked", "data"),
    Input("version", "data"),
    State("_pages_location", "pathname"),
)
def show(asked: dict[str, str] | None, _: object, pathname: str | None) -> list[Any]:
    """Everything of the page for what the address asks; what is wrong is said in its place."""
    view, profit_unit = units_view(asked or {}), profit_unit_of(pathname)
    try:
        scope = scope_of(view.unit or None, view.as_of or None)
        frame = [nav("units", view.kept(), say("shell.whole", view.lang), view.lang),
                 header(say("options.page", view.lang, unit=profit_unit), scope, view.lang)]
        if scope is None:
            return [*frame, *_empty(say("shell.none", view.lang))]
        found = offers.look(scope, view, profit_unit)
        frame[1] = header(offers_text.title(found, view), scope, view.lang)
        return [*frame, *_shown(found, view)]
    except WarRoomError as error:
        return [*frame, *_empty(problem(error, view.lang))]
