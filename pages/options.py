"""The options of a unit's quotes: what each scenario earns, and what a later delivery costs."""

from __future__ import annotations

from typing import Any

import dash
from dash import Input, Output, State, callback, html

from components import pieces
from components.charts import graph
from components.plane import plane_figure
from components.waterfall import told_figure
from components.words import money, say
from domain.options import Quote
from domain.scenarios import Terms
from errors import WarRoomError
from pages.shell import dresses, header, nav, shell
from pages.unit_panels import fields, quotes, scenarios
from pages.unit_panels.books import scope_for
from pages.unit_panels.offers import Offers, contents, judged, look, terms
from pages.unit_panels.told import sentence
from pages.unit_panels.view import UnitsView, profit_unit_of, units_view
from settings import settings

CLAUSE_TYPES = (
    "base", "option", "discount", "payment_terms", "delivery", "penalty", "warranty",
    "service_level",
)  # fmt: skip

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
             _terms()],
            className="options-middle",
        ),
        html.Div(id="options-table", className="slot"),
    ]  # fmt: skip
    return shell("options", query, body)


def _terms() -> html.Section:
    boxes = [fields.field("options", name) for name in quotes.FIELDS]
    body = [fields.given("options"), *boxes, html.P(id="options-rule", className="note")]
    return html.Section(
        [html.Header(html.H2(id="options-terms")), html.Div(body, id="options-fields")],
        className="card terms",
    )


dresses("options")
fields.tells("options", quotes.FIELDS)


@callback(
    Output("options-nav", "children"),
    Output("options-header", "children"),
    Output("options-told", "children"),
    Output("options-quotes", "children"),
    Output("options-plane", "figure"),
    Output("options-right", "children"),
    Output("options-table", "children"),
    Output("options-terms", "children"),
    Output("options-rule", "children"),
    *fields.outputs("options", quotes.FIELDS),
    Input("options-asked", "data"),
    Input("version", "data"),
    State("_pages_location", "pathname"),
    *(State(f"options-{name}", "value") for name in quotes.FIELDS),
)
def show(
    asked: dict[str, str] | None, _: object, pathname: str | None, *now: str | None
) -> list[Any]:
    """Everything of the page for what the address asks; what is wrong is said in its place."""
    view = units_view(asked or {})
    *shown, values = _page(view, profit_unit_of(pathname))
    words = [say(f"options.{name}", view.lang) for name in ("terms", "rule")]
    empty = dict.fromkeys(quotes.FIELDS, "")
    held = now or tuple(empty.values())
    return [*shown, *words, *fields.filled("options", values or empty, held, view.lang)]


def _page(view: UnitsView, profit_unit: str) -> list[Any]:
    """All that is drawn, and last what the fields hold; None where there is nothing to judge."""
    whole = say("shell.whole", view.lang)
    frame = [nav("units", view.kept(), whole, view.lang), _title(view, profit_unit, profit_unit)]
    try:
        scope = scope_for(view)
        if scope is None:
            return [*frame, *_empty(say("shell.none", view.lang), view)]
        offers = look(scope, view, profit_unit)
        name = [_title(view, profit_unit, str(offers.unit["name"])),
                *header("", scope, view.lang)[1:]]  # fmt: skip
        return [frame[0], name, *_shown(offers, view)]
    except WarRoomError as error:
        return [*frame, *_empty(sentence(error, view.lang), view)]


def _title(view: UnitsView, profit_unit: str, name: str) -> html.H1:
    """The way back to the unit, and its name."""
    back = f"/units{view.search(opened=profit_unit, quote='', p0=None, promised=None)}"
    return html.H1([html.A(say("options.back", view.lang), href=back, className="muted"), " › ",
                    say("options.page", view.lang, unit=name)])  # fmt: skip


def _empty(text: str, view: UnitsView) -> list[Any]:
    return [text, None, told_figure(text, view.theme), "", None, None]


def _shown(offers: Offers, view: UnitsView) -> list[Any]:
    """The quotes, and of the chosen one the form, the plane and the table."""
    listed = quotes.quotes(offers, view)
    if offers.deal is None:
        text = say("options.none", view.lang)
        return ["", listed, told_figure(text, view.theme), "", None, None]
    values = quotes.held(Terms(), view)
    if view.wrong:  # what was typed stays in its field; nothing is drawn by it
        names = ", ".join(say(f"options.field.{name}", view.lang) for name in view.wrong)
        return _refused(say("units.no_number", view.lang, fields=names), listed, values, view)
    try:
        wanted = terms(view, offers)
        values = quotes.held(wanted, view)
        return ["", listed, *_drawn(judged(offers, wanted), offers, view), values]
    except WarRoomError as error:
        return _refused(sentence(error, view.lang), listed, values, view)


def _refused(text: str, listed: Any, values: dict[str, str], view: UnitsView) -> list[Any]:
    return [text, listed, told_figure(text, view.theme), "", None, values]


def _deal_name(deal: Any) -> str:
    """The deal's name, with its customer where the name does not say it."""
    name, customer = str(deal["name"] or deal["opp_id"]), str(deal["customer_name"] or "")
    return name if customer in name else f"{name} · {customer}"


def _drawn(found: Quote, offers: Offers, view: UnitsView) -> list[Any]:
    """The plane, what stands beside its title, and the table."""
    deal, language = str(offers.deal["opp_id"]), view.lang  # type: ignore[index]
    words = {name: say(f"options.{name}", language, currency=settings().currency)
             for name in ("days", "margin", "front", "under_floor")}  # fmt: skip
    figure = plane_figure(scenarios.plane_points(found, deal), words, view.theme, language)
    reference = next(each.scenario for each in found.comparisons
                     if each.scenario.scenario_id == found.reference_id)  # fmt: skip
    right = say(
        "options.against", language, name=scenarios.label(reference.scenario_id, deal),
        margin=money(reference.margin_after_penalty_amount, settings().currency, language),
        days=f"{reference.lead_days:g}",
    )  # fmt: skip
    types = {name: say(f"options.clause.{name}", language) for name in CLAUSE_TYPES}
    inside = contents(offers.clauses, types)
    table = scenarios.table(found, deal, inside, settings().currency, language)
    name = _deal_name(offers.deal)
    beside = say("options.money_first", language, currency=settings().currency)
    return [figure, right, pieces.card(name, beside, table)]
