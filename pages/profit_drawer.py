"""What happens in the drawer of the profit page: lines, filters, projects, what is tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import ALL, Input, Output, State, callback, ctx, html, no_update

from clock import make_clock
from components.words import problem, say
from domain.commitment import KIND, to_content
from errors import WarRoomError
from pages.drawer import LOCAL_USER
from pages.money import lines, pick, projects, what_if
from pages.money.asked import Asked, asked_of
from pages.money.ground import Ground, ground_of
from pages.money.opened import Opened, opened_of
from pages.money.what_if import Typed
from pages.panels.view import scope_of
from pages.shell import to
from settings import settings
from state import decide, undo

DRAWN: dict[str, Callable[[Ground, Opened], html.Aside]] = {
    "lines": lines.lines,
    "pick": pick.pick,
    "projects": projects.projects,
    "what_if": what_if.panel,
}
_FORM = [
    *(State(f"profit-try-{name}", "value")
      for name in ("price", "discount", "elasticity", "cost-type", "cost", "mix-by")),
    State({"type": "profit-share", "member": ALL}, "value"),
    State({"type": "profit-share", "member": ALL}, "id"),
]  # fmt: skip


@callback(
    Output("profit-drawer", "children"),
    Input("profit-opened", "data"),
    prevent_initial_call=True,
)
def show(query: dict[str, str]) -> Any:
    """The drawer of what the address opens, or nothing."""
    asked = asked_of(**query)
    if not asked.opened:
        return None
    try:
        opened = opened_of(asked.opened, say("profit.problem.open", asked.lang))
        return DRAWN[opened.kind](stand(asked), opened) if opened else None
    except WarRoomError as error:
        return _failed(error, asked)


def stand(asked: Asked) -> Ground:
    """The ground of what is asked; raises what keeps it from standing."""
    scope = None if asked.is_refused else scope_of(asked.unit, asked.as_of)
    if scope is None:
        raise WarRoomError(say("shell.none", asked.lang))
    return ground_of(asked, scope)


def _failed(error: WarRoomError, asked: Asked) -> html.Aside:
    close = to("×", {"open": ""}, "close", title=say("close", asked.lang))
    said = html.P(problem(error, asked.lang), className="note")
    return html.Aside([html.Header([said, close])], className="drawer", role="dialog", tabIndex=-1)


@callback(
    Output("profit-found", "children"),
    Input("profit-search", "value"),
    State("profit-picked", "data"),
    State("profit-asked", "data"),
    prevent_initial_call=True,
)
def search(text: str | None, dimension: str, query: dict[str, str]) -> Any:
    """The members that are called like what was typed."""
    asked = asked_of(**query)
    try:
        return pick.members(stand(asked), dimension, text or "")
    except WarRoomError as error:
        return problem(error, asked.lang)


@callback(
    Output("profit-try-shares", "children"),
    Input("profit-try-mix-by", "value"),
    State("profit-asked", "data"),
    prevent_initial_call=True,
)
def choose_mix(mix_by: str | None, query: dict[str, str]) -> Any:
    """The shares of the dimension's largest members."""
    asked = asked_of(**query)
    try:
        return what_if.shares(stand(asked), mix_by)
    except WarRoomError as error:
        return problem(error, asked.lang)


@callback(
    Output("profit-try-result", "children"),
    *(Input(part.component_id, part.component_property) for part in _FORM),
    State("profit-asked", "data"),
    prevent_initial_call=True,
)
def attempt(*given: Any) -> Any:
    """Margin and units' P&L under what is typed, at once."""
    *form, query = given
    asked = asked_of(**query)
    try:
        return what_if.result(stand(asked), _typed(form))
    except WarRoomError as error:
        return html.P(problem(error, asked.lang), className="sum")


def _typed(form: list[Any]) -> Typed:
    *values, shares, ids = form
    members = {str(one["member"]): share for one, share in zip(ids, shares, strict=True)}
    price, discount, elasticity, cost_type, cost, mix_by = values
    return Typed(price, discount, elasticity, cost_type, cost, mix_by, members)


@callback(
    Output("profit-try-said", "children"),
    Output("profit-try-kept", "children"),
    Input("profit-try-keep", "n_clicks"),
    Input({"type": "profit-undo", "seq": ALL}, "n_clicks"),
    State("profit-try-name", "value"),
    State("profit-try-owner", "value"),
    State("profit-try-due", "value"),
    *_FORM,
    State("profit-asked", "data"),
    prevent_initial_call=True,
)
def keep(
    pressed: int | None, undone: list[int | None], name: Any, owner: Any, due: Any, *given: Any
) -> Any:
    """Keeps what is typed as a commitment, or takes one back; what was typed stays if it fails."""
    *form, query = given
    if not (pressed or any(undone)):
        return no_update, no_update
    asked = asked_of(**query)
    now = make_clock(settings().now, settings().now_started)()
    try:
        ground = stand(asked)
        if isinstance(ctx.triggered_id, dict):
            undo(int(ctx.triggered_id["seq"]), by=LOCAL_USER, now=now)
            return ground.say("profit.try.undone"), what_if.kept(ground)
        made = what_if.commitment(ground, _typed(form), name, owner, due)
        decide(
            KIND, made.name, asked.unit, to_content(made), by=LOCAL_USER,
            reason=ground.say("profit.what_if"), now=now, expected=None,
        )  # fmt: skip
    except WarRoomError as error:
        return problem(error, asked.lang), no_update
    return ground.say("profit.try.done"), what_if.kept(ground)
