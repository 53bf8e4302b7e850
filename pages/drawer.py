"""What happens in the drawer: a number opens, thresholds are tried, saved and taken back."""

from __future__ import annotations

from typing import Any

import numpy as np
from dash import Input, Output, State, callback, ctx, no_update

from clock import make_clock
from components import pieces
from components.charts import history_figure
from components.words import problem, say
from domain.metrics import METRIC
from domain.readings import Reading
from domain.status import Limits
from domain.thresholds import KIND, preview, to_content
from domain.typed import typed_limit
from errors import WarRoomError
from pages.panels.drawer import drawer, reading_of
from pages.panels.hours import metric_of
from pages.panels.hours_table import TARGET, hours_table
from pages.panels.sight import moment
from pages.panels.target import Target, target_of
from pages.panels.view import View, scope_of, view_in
from settings import settings
from state import decide, undo

_FORM = {"share": ".0%", "points": ".1%", "times": ".1f", "hours": ".0f"}
LOCAL_USER = "local"  # the one person of a single machine, until there is sign-in


@callback(
    Output("board-drawer", "children"),
    Input("board-open", "data"),
    State("board-view", "data"),
)
def show(data: dict[str, Any] | None, view_data: dict[str, Any]) -> Any:
    """The drawer of what was opened, or nothing."""
    view = view_in(view_data)
    reader = scope_of(view.unit, view.as_of)
    if not data or reader is None:
        return None
    try:
        if data.get("table") == TARGET["table"]:
            return hours_table(reader, view.lang)
        if data.get("hour") and not data.get("metric"):
            data = {**data, "metric": metric_of(data["hour"], moment(reader)[1])}
        target = target_of(data, reader)
        return drawer(target, target.scope(reader), view.lang, str(data.get("said", "")))
    except WarRoomError as error:
        return pieces.card("", "", pieces.note(problem(error, view.lang)), "drawer")


@callback(
    Output("drawer-preview", "children"),
    Output("drawer-history", "figure"),
    Input("drawer-yellow", "value"),
    Input("drawer-red", "value"),
    State("drawer-of", "data"),
    State("board-view", "data"),
)
def try_limits(yellow: str, red: str, of: dict[str, Any], view_data: dict[str, Any]) -> Any:
    """How often each of the last days would have been yellow or red under what is typed."""
    view = view_in(view_data)
    try:
        target, reading = _opened(of, view)
        limits = _typed(yellow, red, target)
    except WarRoomError as error:
        return problem(error, view.lang), no_update
    if reading is None:
        return say("board.nothing_to_judge", view.lang), no_update
    found = preview(reading.history, reading.readable, limits)
    text = say("drawer.preview", view.lang, **vars(found))
    days = np.arange(-len(reading.history) + 1, 1)
    today = np.datetime64(target.at.date())
    values = np.array([np.nan if v is None else v for v in reading.history])
    form = _FORM[target.judged.unit]
    figure = history_figure(today + days, values, (limits.yellow, limits.red), view.theme, form)
    return text, figure


@callback(
    Output("drawer-message", "children"),
    Output("board-open", "data", allow_duplicate=True),
    Input("drawer-save", "n_clicks"),
    Input("drawer-undo", "n_clicks"),
    State("drawer-yellow", "value"),
    State("drawer-red", "value"),
    State("drawer-reason", "value"),
    State("drawer-of", "data"),
    State("board-view", "data"),
    prevent_initial_call=True,
)
def change(
    save: int | None,
    back: int | None,
    yellow: str,
    red: str,
    reason: str | None,
    of: dict[str, Any],
    view_data: dict[str, Any],
) -> Any:
    """Saves what is typed, or takes the latest change back; what was typed stays if it fails."""
    if not (save or back):
        return no_update, no_update
    view = view_in(view_data)
    now = make_clock(settings().now, settings().now_started)()
    try:
        target, _ = _opened(of, view)
        if ctx.triggered_id == "drawer-undo":
            made = undo(int(of["seen"]), by=LOCAL_USER, now=now)
        else:
            limits = _typed(yellow, red, target)
            made = decide(
                KIND, target.judged.id, of["unit"], to_content(limits),
                by=LOCAL_USER, reason=(reason or "").strip(), now=now, expected=of["seen"],
            )  # fmt: skip
    except WarRoomError as error:
        return problem(error, view.lang), no_update
    said = say("drawer.saved", view.lang)
    return said, {**of["target"], "said": said, "decided": made.seq}


def _opened(of: dict[str, Any], view: View) -> tuple[Target, Reading | None]:
    reader = scope_of(view.unit, view.as_of)
    if reader is None:
        raise WarRoomError(say("board.none", view.lang))
    target = target_of(of["target"], reader)
    return target, reading_of(target, target.scope(reader))


def _typed(yellow: str, red: str, target: Target) -> Limits:
    metric = METRIC[target.judged.id]
    return Limits(
        typed_limit(yellow or "", metric.unit),
        typed_limit(red or "", metric.unit),
        metric.limits.is_low_bad,
    )
