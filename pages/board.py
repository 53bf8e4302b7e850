"""The war-room board: where the day stands, and what needs a decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dash
import pandas as pd
from dash import Input, Output, State, callback, dcc, html, no_update

from clock import make_clock
from components import board
from components.theme import THEMES
from components.words import DASH, LANGUAGES, money, percent, say
from data.versions import current
from domain.metrics import METRIC, STORE_LEAST_CASES, STORE_SALES
from domain.scope import Scope
from domain.status import ORDER, judge, ratio
from errors import DataMissing
from queries import read
from settings import settings

dash.register_page(__name__, path="/")
TICK_MS = 2000  # a landed version is seen within 5 s; an unchanged board answers with nothing


def layout(theme: str = "", lang: str = "", wall: str | None = None, **_: str) -> html.Div:
    """The shell of the board; the address bar says theme, language and wall."""
    shown = theme if theme in THEMES else "night" if wall is not None else "day"
    language = lang if lang in LANGUAGES else settings().language
    view = {"theme": shown, "lang": language, "wall": wall is not None}
    stale = {"id": "board-stale", "data-text": say("stale", language, minutes="{minutes}")}
    return html.Div(
        [
            dcc.Store(id="board-view", data=view),
            dcc.Store(id="board-seen"),
            dcc.Interval(id="board-tick", interval=TICK_MS),
            html.Div(id="board-body", style={"display": "contents"}),
            html.Span(**stale),
        ],
        className="room wall" if wall is not None else "room",
        **{"data-theme": shown, "lang": language},
    )


@callback(
    Output("board-body", "children"),
    Output("board-seen", "data"),
    Input("board-tick", "n_intervals"),
    Input("board-view", "data"),
    State("board-seen", "data"),
)
def refresh(_: int | None, view: dict[str, Any], seen: list[str] | None) -> tuple[Any, Any]:
    """The board of the current version and minute; nothing when both are as last time."""
    version = current(settings().data)
    now = make_clock(settings().now, settings().now_started)().replace(second=0, microsecond=0)
    moment = [version.id if version else "", now.isoformat(), view["theme"], view["lang"]]
    if seen == moment:
        return no_update, no_update
    if version is None:
        return html.P(say("board.none", view["lang"])), moment
    return body(Scope(version.id, now), view), moment


def body(scope: Scope, view: dict[str, Any]) -> list[Any]:
    """Everything on the board that is drawn from rows."""
    company = read("company", scope).iloc[0]
    now = scope.as_of.astimezone(ZoneInfo(company["tz"] or "UTC")).replace(tzinfo=None)
    language = view["lang"]
    return [
        _header(scope, company, now, view),
        html.Div([*_sales(scope, company["tz"], now, language), _margin(scope, now, language)],
                 className="tiles"),
        html.Div([_hours(scope, company["tz"], now, view),
                  _stores(scope, company["tz"], now, language)], className="middle"),
        html.Div([_empty("visits", language), _empty("commitments", language)],
                 className="bottom"),
    ]  # fmt: skip


def _header(scope: Scope, company: pd.Series, now: datetime, view: dict[str, Any]) -> html.Header:
    other = "day" if view["theme"] == "night" else "night"
    switched = "zh" if view["lang"] == "en" else "en"
    wall = "&wall=" if view["wall"] else ""
    links = [
        html.A(
            say(f"theme.{other}", view["lang"]), href=f"/?theme={other}&lang={view['lang']}{wall}"
        ),
        html.A(
            say("language", view["lang"]), href=f"/?theme={view['theme']}&lang={switched}{wall}"
        ),
    ]
    day = html.Span(now.strftime("%Y-%m-%d"), className="muted")
    data = html.Span(_age(scope, company["tz"], now, view["lang"]), className="muted push")
    return html.Header(
        [html.H1(company["name"]), day, *links, data, html.Time(now.strftime("%H:%M"))]
    )


def _age(scope: Scope, tz: str, now: datetime, language: str) -> str:
    try:
        found = read("last_hour", scope, tz=tz)["known_until"].iloc[0]
    except DataMissing:
        return ""
    shown = DASH if pd.isna(found) else found.strftime("%Y-%m-%d %H:%M")
    return say("board.data", language, time=shown)


def _hour_rows(scope: Scope, tz: str, now: datetime) -> pd.DataFrame:
    midnight = now.replace(hour=0, minute=0)
    hour = now.replace(minute=0)
    return read(
        "net_sales_by_hour", scope, tz=tz, first=midnight, last=hour + timedelta(hours=72),
        known_until=_known_until(scope, tz, now),
    )  # fmt: skip


def _known_until(scope: Scope, tz: str, now: datetime) -> datetime:
    """The local hour up to which shops have reported, today's midnight at the earliest."""
    found = read("last_hour", scope, tz=tz)["known_until"].iloc[0]
    midnight = now.replace(hour=0, minute=0)
    return midnight if pd.isna(found) else max(midnight, found.to_pydatetime())


def _sales(scope: Scope, tz: str, now: datetime, language: str) -> list[html.Section]:
    try:
        rows = _hour_rows(scope, tz, now)
    except DataMissing as missing:
        return [_missing("sales", missing, language), _missing("next", missing, language)]
    known = rows[rows["net_sales_amount"].notna()]
    sales, expected = known["net_sales_amount"].sum(), known["expected_amount"].sum()
    share = ratio(sales, expected)
    difference = percent(share - 1 if share else None, sign=True)
    ahead = rows[rows["local_hour"] >= now.replace(minute=0)]["expected_amount"].sum(min_count=1)
    return [
        board.tile(
            say("board.sales", language), money(sales, settings().currency, language),
            say("board.sales.note", language, difference=difference),
            judge(share, METRIC["sales_since_open"].limits), language,
        ),
        board.tile(
            say("board.next", language), money(ahead, settings().currency, language),
            say("board.next.note", language), "grey", language,
        ),
    ]  # fmt: skip


def _margin(scope: Scope, now: datetime, language: str) -> html.Section:
    first = now.date().replace(day=1)
    try:
        rows = read("gross_margin_by_period", scope, first=first, day=now.date())
    except DataMissing as missing:
        return _missing("margin", missing, language)
    sums = rows.set_index("period")
    rates = {
        period: ratio(row["net_revenue_amount"] - row["product_cost_amount"],
                      row["net_revenue_amount"])
        for period, row in sums.iterrows()
    }  # fmt: skip
    month, before = rates.get("month"), rates.get("before")
    points = month - before if month is not None and before is not None else None
    shown = DASH if points is None else f"{points * 100:+.1f}".replace("-", "−")
    return board.tile(
        say("board.margin", language), percent(month, 1),
        say("board.margin.note", language, difference=shown),
        judge(points, METRIC["gross_margin_mtd"].limits), language,
    )  # fmt: skip


def _hours(scope: Scope, tz: str, now: datetime, view: dict[str, Any]) -> html.Section:
    language = view["lang"]
    title = f"{say('board.hours', language)}, {settings().currency}"
    try:
        rows = _hour_rows(scope, tz, now)
    except DataMissing as missing:
        return board.panel(title, "", _note(missing, language), "chart")
    label = say("board.now", language, time=now.strftime("%H:%M"))
    key = "board.hours.right" if view["theme"] == "night" else "board.hours.right.day"
    chart = board.hours_chart(rows, pd.Timestamp(now), view["theme"], label)
    return board.panel(title, say(key, language), chart, "chart")


def _stores(scope: Scope, tz: str, now: datetime, language: str) -> html.Section:
    title = say("board.stores", language)
    try:
        rows = read(
            "net_sales_by_store", scope, tz=tz, first=now.replace(hour=0, minute=0),
            known_until=_known_until(scope, tz, now),
        )  # fmt: skip
    except DataMissing as missing:
        return board.panel(title, "", _note(missing, language))
    rows["share"] = rows["net_sales_amount"] / rows["expected_amount"]
    rows["at_stake"] = rows["expected_amount"] - rows["net_sales_amount"]
    rows["status"] = [
        judge(row.share, STORE_SALES, row.ticket_count >= STORE_LEAST_CASES)
        for row in rows.itertuples()
    ]
    due = rows[rows["status"].isin(["red", "yellow"])]
    due = due.assign(order=due["status"].map(ORDER)).sort_values(
        ["order", "at_stake"], ascending=[True, False]
    )
    if due.empty:
        few = int((rows["status"] == "grey").sum())
        text = say("board.stores.none", language, few=few, count=len(rows))
        return board.panel(title, "", html.P(text, className="note"))
    currency = settings().currency
    items = [
        board.item(
            row.status, row.name, money(row.at_stake, currency, language),
            say("board.store.note", language, share=percent(row.share)), language,
        )
        for row in due.head(7).itertuples(index=False)
    ]  # fmt: skip
    stake = money(due["at_stake"].sum(), currency, language)
    right = say("board.stores.right", language, count=len(due), amount=stake)
    return board.panel(title, right, html.Div(items))


def _empty(name: str, language: str) -> html.Section:
    note = html.Span(say(f"board.{name}.empty", language), className="note")
    return board.panel(say(f"board.{name}", language), "", note)


def _missing(name: str, missing: DataMissing, language: str) -> html.Section:
    text = say("missing", language, extracts=", ".join(missing.extracts))
    return board.tile(say(f"board.{name}", language), DASH, text, "grey", language)


def _note(missing: DataMissing, language: str) -> html.Span:
    text = say("missing", language, extracts=", ".join(missing.extracts))
    return html.Span(text, className="note")
