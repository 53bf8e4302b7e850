"""Micro profit units: what each earns, who earns it, its bonus, and what would change it."""

from __future__ import annotations

from typing import Any

import dash
from dash import (
    Input,
    Output,
    State,
    callback,
    dcc,
    html,
    no_update,
    set_props,
)

from clock import make_clock
from components import grid, pieces
from components.charts import graph
from components.waterfall import told_figure
from components.words import say
from errors import WarRoomError
from pages import shell
from pages.drawer import LOCAL_USER
from pages.fresh import changed, digested
from pages.unit_panels import charts, fields, head, keeping, people, pills, reward, table, trial
from pages.unit_panels.books import Books, look, scope_for
from pages.unit_panels.told import sentence
from pages.unit_panels.unit import Unit, opened
from pages.unit_panels.view import UnitsView, units_view
from settings import settings

dash.register_page(__name__, path="/units", title="Units")

FILES = (("CSV", "/units.csv"), ("XLSX", "/units.xlsx"))


def layout(**query: str) -> html.Div:
    """The page without data; the address says what it shows."""
    lang = units_view(query).lang
    return shell.shell(
        "units",
        query,
        [
            dcc.Store(id="units-seen", data={}),
            html.Div(id="units-pills", className="pills"),
            html.P(id="units-told", className="told", role="status"),
            html.Section(
                [
                    html.Header([html.H2(id="units-title"),
                                 html.Span(id="units-tie", className="push")]),
                    html.Div(grid.grid("units-table"), className="frame", id="units-frame"),
                ],
                className="card table units-table",
            ),
            html.Div(id="units-head"),
            html.Div([_chart("fall", lang), _chart("rate", lang)], className="units-cards"),
            html.Div([html.Div(id="units-people", className="side"),
                      html.Div([html.Div(id="units-bonus"), _trial()], className="side")],
                     className="units-below"),
        ],
    )  # fmt: skip


def _chart(name: str, lang: str) -> html.Section:
    label = say(f"units.{name}.label", lang)
    return html.Section(
        [
            html.Header([html.H2(id=f"units-{name}-title"),
                         html.Span(id=f"units-{name}-right", className="push")]),
            graph(f"units-{name}", label),
            html.Div(id=f"units-{name}-cells"),
        ],
        className="card chart",
    )  # fmt: skip


def _trial() -> html.Section:
    return html.Section(
        [
            html.Header(html.H2(id="units-trial-title")),
            html.Div(
                [
                    fields.given("units"),
                    *(fields.field("units", name) for name in trial.FIELDS),
                    html.Div(id="units-nothing"),
                ],
                id="units-fields",
                className="fields",
            ),
            html.Div(id="units-result", role="status"),
            html.Div(id="units-keep"),
        ],
        id="units-trial",
        className="card",
    )


shell.dresses("units")
fields.tells("units", trial.FIELDS)


@callback(
    Output("units-nav", "children"),
    Output("units-header", "children"),
    Output("units-pills", "children"),
    Output("units-told", "children"),
    Output("units-title", "children"),
    Output("units-tie", "children"),
    Output("units-table", "columnDefs"),
    Output("units-table", "rowData"),
    Output("units-table", "dashGridOptions"),
    Output("units-frame", "className"),
    Output("units-head", "children"),
    Output("units-fall", "figure"),
    Output("units-fall-title", "children"),
    Output("units-fall-right", "children"),
    Output("units-rate", "figure"),
    Output("units-rate-title", "children"),
    Output("units-rate-right", "children"),
    Output("units-rate-cells", "children"),
    Output("units-bonus", "children"),
    Output("units-people", "children"),
    Output("units-trial", "hidden"),
    Output("units-trial-title", "children"),
    Output("units-cost-of", "children"),
    Output("units-share-of", "children"),
    Output("units-nothing", "children"),
    Output("units-result", "children"),
    Output("units-keep", "children"),
    Output("units-seen", "data"),
    *fields.outputs("units", trial.FIELDS),
    Input("units-asked", "data"),
    Input("version", "data"),
    State("units-seen", "data"),
    *(State(f"units-{name}", "value") for name in trial.FIELDS),
)
def draw(
    asked: dict[str, str] | None, _version: object, seen: dict[str, str], *now: str | None
) -> list[Any]:
    """What changed since `seen`, and what the fields hold; what did not change stays as it is."""
    view = units_view(asked or {})
    values = {name: view.typed.get(name, "") for name in trial.FIELDS}
    held = now or tuple("" for _ in values)
    return [
        *changed([digested(part) for part in page(view)], seen),
        *fields.filled("units", values, held, view.lang),
    ]


def page(view: UnitsView) -> list[Any]:
    """The whole page for what the address asks; what is wrong is said in its place."""
    try:
        scope = scope_for(view)
        if scope is None:
            return [*_frame(view, None), *_nothing(say("shell.none", view.lang), view)]
        books = look(scope, view)
    except WarRoomError as error:
        return [*_frame(view, None), *_nothing(sentence(error, view.lang), view)]
    return [*_frame(view, books), *_drawn(books)]


def _frame(view: UnitsView, books: Books | None) -> list[Any]:
    title = say("shell.page.units", view.lang)
    scope = books.scope if books else None
    where = head.where(books) if books else ""
    files = FILES if books else ()
    return [shell.nav("units", view.kept(), where, view.lang),
            shell.header(title, scope, view.lang, files)]  # fmt: skip


def _nothing(text: str, view: UnitsView) -> list[Any]:
    """A page that has only a sentence, and ways out of it."""
    ways = [shell.to(say("units.start_again", view.lang), RESET, "pill on"),
            shell.to(say("units.side.org", view.lang), {"side": "org"}, "pill")]  # fmt: skip
    figure = told_figure("", view.theme)
    return [ways, text, "", "", [], [], grid.with_totals([]), "frame none", None, figure, "", "",
            figure, "", "", None, None, None, True, "", None, None, None, None, None]  # fmt: skip


# What "start again" takes away: everything but who looks, and how.
RESET = dict.fromkeys(
    ("side", "unit_type", "period", "base", "level", "opened", "sort", "cost_type", "mix", "quote",
     "columns", *trial.FIELDS, "as_of", "unit"), "",
)  # fmt: skip


def _drawn(books: Books) -> list[Any]:
    view, told = books.view, ""
    try:
        unit = opened(books)
    except WarRoomError as error:
        unit, told = None, sentence(error, view.lang)
    return [pills.pills(books), told, *_table(books, unit), *_charts(books, unit),
            *_of_unit(books, unit)]  # fmt: skip


def _table(books: Books, unit: Unit | None) -> list[Any]:
    title = [say(f"units.title.{books.view.side}", books.view.lang), head.lines(books)]
    frame = f"frame {books.view.side} {'short' if unit else ''}"
    return [title, table.tie(books, books.missed), table.column_defs(books),
            table.row_data(books), table.totals(books), frame, head.panel(books, unit)]  # fmt: skip


def _charts(books: Books, unit: Unit | None) -> list[Any]:
    title = say("units.rate", books.view.lang)
    return [charts.fall(books, unit), charts.fall_title(books, unit),
            charts.fall_right(books, unit), charts.rate(books, unit), title,
            charts.rate_right(books, unit), charts.cells(books, unit)]  # fmt: skip


def _of_unit(books: Books, unit: Unit | None) -> list[Any]:
    """Bonus, people, quotes and the what-if of the unit that is opened."""
    if unit is None:
        hint = pieces.note(say(f"units.hint.{books.view.side}", books.view.lang))
        return [None, hint, True, "", *[None] * 5]
    title = say("units.try.title", books.view.lang, name=unit.account["name"] or
                say("units.none.unit", books.view.lang))  # fmt: skip
    result = trial.safe_result(unit)
    return [reward.panel(unit), [people.heads(unit), people.quotes(unit)], False, title,
            *trial.menus(unit), result, keeping.panel(unit)]  # fmt: skip


@callback(
    Output("units-keep", "children", allow_duplicate=True),
    Input("units-keep-save", "n_clicks"),
    State("units-keep-name", "value"),
    State("units-keep-owner", "value"),
    State("units-keep-due", "value"),
    State("units-asked", "data"),
    prevent_initial_call=True,
)
def keep(
    clicks: int | None, name: str | None, owner: str | None, due: str | None, asked: dict[str, str]
) -> Any:
    """Keeps the what-if as a commitment; what was typed stays where it cannot be kept."""
    if not clicks:
        return no_update
    view = units_view(asked)
    now = make_clock(settings().now, settings().now_started)()
    try:
        scope = scope_for(view)
        unit = opened(look(scope, view)) if scope else None
        if unit is None:
            raise WarRoomError(say("units.hint.unit", view.lang))
        made = keeping.keep(unit, name or "", owner or "", due or "", LOCAL_USER, now)
    except WarRoomError as error:
        set_props("units-kept", {"children": sentence(error, view.lang)})
        return no_update
    return keeping.panel(unit, say("units.keep.saved", view.lang, name=made.key))
